package dev.kyma.query.core.expr;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.Selection;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arithmetic that never answers a wrapped or infinite number. Stateless. */
final class Arithmetic {
  private Arithmetic() {}

  static Evaluator evaluator(Expr.Call call, Instant now) {
    LogicalType type = call.type();
    Function function = call.function();
    if (function == Function.NEGATE) {
      return Expressions.scalar(call, now, (row, result) -> negate(row, result));
    }
    boolean fast =
        function == Function.ADD || function == Function.SUBTRACT || function == Function.MULTIPLY;
    List<Evaluator> arguments = Expressions.evaluators(call.arguments(), now);
    if (fast && type.isInteger() && allIntegers(call)) {
      return (batch, selection) ->
          integers(
              function,
              type,
              (LongVector) arguments.get(0).evaluate(batch, selection),
              (LongVector) arguments.get(1).evaluate(batch, selection),
              selection);
    }
    if ((fast || function == Function.DIVIDE)
        && type.physical() == LogicalType.Physical.DOUBLE
        && allFloats(call)) {
      return (batch, selection) ->
          floats(
              function,
              type,
              (DoubleVector) arguments.get(0).evaluate(batch, selection),
              (DoubleVector) arguments.get(1).evaluate(batch, selection),
              selection);
    }
    return Expressions.scalar(call, now, rowFunction(function));
  }

  private static boolean allIntegers(Expr.Call call) {
    return call.arguments().stream().allMatch(argument -> argument.type().isInteger());
  }

  private static boolean allFloats(Expr.Call call) {
    return call.arguments().stream()
        .allMatch(argument -> argument.type().physical() == LogicalType.Physical.DOUBLE);
  }

  static long @Nullable [] nulls(ColumnVector a, ColumnVector b, int size) {
    if (!a.mayHaveNulls() && !b.mayHaveNulls()) {
      return null;
    }
    long[] nulls = new long[Bits.words(size)];
    for (int row = 0; row < size; row++) {
      if (a.isNull(row) || b.isNull(row)) {
        Bits.set(nulls, row);
      }
    }
    return nulls;
  }

  private static boolean isWanted(Selection selection, long @Nullable [] nulls, int row) {
    return selection.contains(row) && (nulls == null || !Bits.get(nulls, row));
  }

  /** Computes all rows at full speed and looks closer only where some row overflowed. */
  private static LongVector integers(
      Function function, LogicalType type, LongVector left, LongVector right, Selection selection) {
    int size = left.size();
    long[] a = left.values();
    long[] b = right.values();
    long[] values = new long[size];
    long[] nulls = nulls(left, right, size);
    long overflow = 0;
    switch (function) {
      case ADD -> {
        for (int i = 0; i < size; i++) {
          long sum = a[i] + b[i];
          overflow |= (a[i] ^ sum) & (b[i] ^ sum);
          values[i] = sum;
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < size; i++) {
          long difference = a[i] - b[i];
          overflow |= (a[i] ^ b[i]) & (a[i] ^ difference);
          values[i] = difference;
        }
      }
      default -> {
        for (int i = 0; i < size; i++) {
          long product = a[i] * b[i];
          overflow |= Math.multiplyHigh(a[i], b[i]) == product >> 63 ? 0 : -1;
          values[i] = product;
        }
      }
    }
    boolean narrow = type.kind() != LogicalType.Kind.INT64;
    if (overflow < 0 || narrow) {
      for (int i = 0; i < size; i++) {
        if (isWanted(selection, nulls, i)) {
          exact(function, a[i], b[i]);
          Result.inRange(type, values[i]);
        }
      }
    }
    return new LongVector(type, size, values, nulls);
  }

  private static long exact(Function function, long a, long b) {
    try {
      return switch (function) {
        case ADD -> Math.addExact(a, b);
        case SUBTRACT -> Math.subtractExact(a, b);
        default -> Math.multiplyExact(a, b);
      };
    } catch (ArithmeticException e) {
      throw Result.outOfRange(LogicalType.INT64);
    }
  }

  private static DoubleVector floats(
      Function function,
      LogicalType type,
      DoubleVector left,
      DoubleVector right,
      Selection selection) {
    int size = left.size();
    double[] a = left.values();
    double[] b = right.values();
    double[] values = new double[size];
    long[] nulls = nulls(left, right, size);
    boolean suspicious = false;
    switch (function) {
      case ADD -> {
        for (int i = 0; i < size; i++) {
          values[i] = a[i] + b[i];
          suspicious |= Double.isInfinite(values[i]);
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < size; i++) {
          values[i] = a[i] - b[i];
          suspicious |= Double.isInfinite(values[i]);
        }
      }
      case MULTIPLY -> {
        for (int i = 0; i < size; i++) {
          values[i] = a[i] * b[i];
          suspicious |= Double.isInfinite(values[i]);
        }
      }
      default -> {
        for (int i = 0; i < size; i++) {
          values[i] = a[i] / b[i];
          suspicious |= b[i] == 0 || Double.isInfinite(values[i]);
        }
      }
    }
    if (suspicious) {
      for (int i = 0; i < size; i++) {
        if (isWanted(selection, nulls, i)) {
          checkFloat(function, a[i], b[i], values[i]);
        }
      }
    }
    if (type.kind() == LogicalType.Kind.FLOAT32) {
      for (int i = 0; i < size; i++) {
        values[i] = (float) values[i];
      }
    }
    return new DoubleVector(type, size, values, nulls);
  }

  private static void checkFloat(Function function, double a, double b, double value) {
    if (function == Function.DIVIDE && b == 0 && !Double.isNaN(a)) {
      throw divisionByZero();
    }
    if (Double.isInfinite(value) && !Double.isInfinite(a) && !Double.isInfinite(b)) {
      throw Result.outOfRange(LogicalType.FLOAT64);
    }
  }

  static QueryException divisionByZero() {
    return QueryException.invalidValue("division by zero");
  }

  private static void negate(Row row, Result result) {
    if (result.type().physical() == LogicalType.Physical.DOUBLE) {
      result.number(-row.number(0));
    } else if (result.type().isInteger()) {
      if (row.integer(0) == Long.MIN_VALUE) {
        throw Result.outOfRange(result.type());
      }
      result.checked(-row.integer(0));
    } else {
      result.decimal(row.decimal(0).negate());
    }
  }

  private static RowFunction rowFunction(Function function) {
    return switch (function) {
      case BIT_AND -> (row, result) -> result.integer(row.integer(0) & row.integer(1));
      case BIT_OR -> (row, result) -> result.integer(row.integer(0) | row.integer(1));
      case BIT_XOR -> (row, result) -> result.integer(row.integer(0) ^ row.integer(1));
      case MODULO -> Arithmetic::modulo;
      case DIVIDE -> Arithmetic::divide;
      case ADD -> (row, result) -> result.decimal(row.decimal(0).add(row.decimal(1)));
      case SUBTRACT -> (row, result) -> result.decimal(row.decimal(0).subtract(row.decimal(1)));
      case MULTIPLY -> (row, result) -> result.decimal(row.decimal(0).multiply(row.decimal(1)));
      default -> throw new IllegalStateException(function + " is no arithmetic");
    };
  }

  private static void modulo(Row row, Result result) {
    LogicalType type = result.type();
    if (type.physical() == LogicalType.Physical.DOUBLE) {
      if (row.number(1) == 0) {
        throw divisionByZero();
      }
      result.number(row.number(0) % row.number(1));
    } else if (type.isInteger()) {
      if (row.integer(1) == 0) {
        throw divisionByZero();
      }
      result.integer(row.integer(0) % row.integer(1));
    } else {
      BigDecimal divisor = row.decimal(1);
      if (divisor.signum() == 0) {
        throw divisionByZero();
      }
      result.decimal(row.decimal(0).remainder(divisor));
    }
  }

  private static void divide(Row row, Result result) {
    LogicalType type = result.type();
    if (type.physical() == LogicalType.Physical.DOUBLE) {
      double value = row.number(0) / row.number(1);
      checkFloat(Function.DIVIDE, row.number(0), row.number(1), value);
      result.number(value);
    } else if (type.isInteger()) {
      if (row.integer(1) == 0) {
        throw divisionByZero();
      }
      if (row.integer(0) == Long.MIN_VALUE && row.integer(1) == -1) {
        throw Result.outOfRange(type);
      }
      result.checked(row.integer(0) / row.integer(1));
    } else {
      BigDecimal divisor = row.decimal(1);
      if (divisor.signum() == 0) {
        throw divisionByZero();
      }
      result.decimal(row.decimal(0).divide(divisor, type.scale(), RoundingMode.HALF_UP));
    }
  }
}
