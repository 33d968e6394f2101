package dev.kyma.query.core.expr;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** Functions of numbers and of vectors. Stateless. */
final class MathFunctions {
  private MathFunctions() {}

  static Evaluator evaluator(Expr.Call call, Instant now) {
    if (call.function() == Function.RANDOM) {
      SplittableRandom random = new SplittableRandom();
      return Expressions.scalar(
          call.type(),
          call.arguments(),
          now,
          (row, result) -> result.number(random.nextDouble()),
          ScalarEvaluator.Nulls.SEEN);
    }
    return Expressions.scalar(call, now, function(call.function()));
  }

  private static RowFunction function(Function function) {
    return switch (function) {
      case ABS -> MathFunctions::abs;
      case SIGN -> MathFunctions::sign;
      case CEIL -> (row, result) -> whole(row, result, RoundingMode.CEILING);
      case FLOOR -> (row, result) -> whole(row, result, RoundingMode.FLOOR);
      case ROUND -> (row, result) -> whole(row, result, RoundingMode.HALF_UP);
      case TRUNCATE -> (row, result) -> whole(row, result, RoundingMode.DOWN);
      case SQRT -> checked("square root of a negative number", x -> x < 0, Math::sqrt);
      case CBRT -> plain(Math::cbrt);
      case EXP -> plain(Math::exp);
      case LN -> checked("logarithm of a number not above zero", x -> x <= 0, Math::log);
      case LOG10 -> checked("logarithm of a number not above zero", x -> x <= 0, Math::log10);
      case LOG -> MathFunctions::logarithm;
      case POWER -> MathFunctions::power;
      case SIN -> checked("sine of infinity", Double::isInfinite, Math::sin);
      case COS -> checked("cosine of infinity", Double::isInfinite, Math::cos);
      case TAN -> checked("tangent of infinity", Double::isInfinite, Math::tan);
      case COT -> plain(x -> 1 / Math.tan(x));
      case ASIN -> checked("arc sine outside -1 to 1", x -> x < -1 || x > 1, Math::asin);
      case ACOS -> checked("arc cosine outside -1 to 1", x -> x < -1 || x > 1, Math::acos);
      case ATAN -> plain(Math::atan);
      case ATAN2 -> (row, result) -> result.number(Math.atan2(row.number(0), row.number(1)));
      case DEGREES -> plain(Math::toDegrees);
      case RADIANS -> plain(Math::toRadians);
      case COSINE_DISTANCE, L2_DISTANCE, INNER_PRODUCT ->
          (row, result) -> result.number(distance(function, row));
      default -> throw new IllegalStateException(function + " is no function of numbers");
    };
  }

  /** Whether a number has no value under a function. */
  private interface Test {
    boolean test(double x);
  }

  private static RowFunction checked(String fault, Test invalid, DoubleUnaryOperator operator) {
    return (row, result) -> {
      double x = row.number(0);
      if (invalid.test(x)) {
        throw QueryException.invalidValue(fault);
      }
      result.number(operator.applyAsDouble(x));
    };
  }

  private static RowFunction plain(DoubleUnaryOperator operator) {
    return (row, result) -> {
      double x = row.number(0);
      double value = operator.applyAsDouble(x);
      if (Double.isInfinite(value) && !Double.isInfinite(x)) {
        throw Result.outOfRange(LogicalType.FLOAT64);
      }
      result.number(value);
    };
  }

  private static void abs(Row row, Result result) {
    if (result.type().physical() == LogicalType.Physical.DOUBLE) {
      result.number(Math.abs(row.number(0)));
    } else {
      result.decimal(row.decimal(0).abs());
    }
  }

  private static void sign(Row row, Result result) {
    if (result.type().physical() == LogicalType.Physical.DOUBLE) {
      result.number(Math.signum(row.number(0)));
    } else {
      result.decimal(BigDecimal.valueOf(row.decimal(0).signum()));
    }
  }

  private static void whole(Row row, Result result, RoundingMode rounding) {
    if (result.type().physical() != LogicalType.Physical.DOUBLE) {
      int digits = row.count() > 1 ? (int) row.integer(1) : 0;
      result.decimal(row.decimal(0).setScale(digits, rounding));
      return;
    }
    double x = row.number(0);
    result.number(
        switch (rounding) {
          case CEILING -> Math.ceil(x);
          case FLOOR -> Math.floor(x);
          case DOWN -> x < 0 ? Math.ceil(x) : Math.floor(x);
          case HALF_UP, HALF_EVEN, HALF_DOWN, UP, UNNECESSARY -> Math.rint(x);
        });
  }

  private static void logarithm(Row row, Result result) {
    if (row.number(0) <= 0 || row.number(1) <= 0) {
      throw QueryException.invalidValue("logarithm of a number not above zero");
    }
    if (row.number(0) == 1) {
      throw Arithmetic.divisionByZero();
    }
    result.number(Math.log(row.number(1)) / Math.log(row.number(0)));
  }

  private static void power(Row row, Result result) {
    double base = row.number(0);
    double exponent = row.number(1);
    if (base == 0 && exponent < 0) {
      throw QueryException.invalidValue("zero raised to a negative power is undefined");
    }
    if (base < 0 && exponent != Math.rint(exponent)) {
      throw QueryException.invalidValue(
          "a negative number raised to a power that is not whole is undefined");
    }
    double value = Math.pow(base, exponent);
    if (Double.isInfinite(value) && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
      throw Result.outOfRange(LogicalType.FLOAT64);
    }
    // As in Postgres, 1 to any power and anything to the power of 0 are 1, NaN too.
    result.number(base == 1 || exponent == 0 ? 1 : value);
  }

  private static double distance(Function function, Row row) {
    FloatsVector a = row.vector(0);
    FloatsVector b = row.vector(1);
    int dimension = a.dimension();
    if (dimension != b.dimension()) {
      throw QueryException.invalidValue(
          "vectors of dimensions " + dimension + " and " + b.dimension() + " cannot be compared");
    }
    int start = row.place() * dimension;
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    double squaresDifference = 0;
    for (int i = 0; i < dimension; i++) {
      double x = a.values()[start + i];
      double y = b.values()[start + i];
      product += x * y;
      squaresA += x * x;
      squaresB += y * y;
      squaresDifference += (x - y) * (x - y);
    }
    return switch (function) {
      case COSINE_DISTANCE -> 1 - product / Math.sqrt(squaresA * squaresB);
      case L2_DISTANCE -> Math.sqrt(squaresDifference);
      default -> product;
    };
  }
}
