package dev.kyma.query.calcite.function;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.LogicalType.Kind;
import dev.kyma.query.calcite.function.DialectFunction.Builder;
import dev.kyma.query.calcite.type.SqlTypes;
import dev.kyma.query.core.plan.Function;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/** Functions of numbers. */
final class MathFunctions {
  private MathFunctions() {}

  /** A function of FLOAT64 numbers. */
  static Builder ofFloats(Function function, int count) {
    return (rex, arguments) -> {
      Expect.count(arguments, count);
      return rex.call(
          function,
          LogicalType.FLOAT64,
          arguments.stream().map(rex::float64).toArray(RexNode[]::new));
    };
  }

  /** A function of one number that keeps its type. */
  static Builder keepingType(Function function) {
    return (rex, arguments) -> {
      Expect.count(arguments, 1);
      RexNode number = Arithmetic.number(rex, arguments.getFirst());
      return rex.call(function, SqlTypes.logical(number.getType()), number);
    };
  }

  /** A function to whole numbers: of integers the argument itself. */
  static Builder toWhole(Function function) {
    return (rex, arguments) -> {
      Expect.count(arguments, 1);
      RexNode number = Arithmetic.number(rex, arguments.getFirst());
      LogicalType type = SqlTypes.logical(number.getType());
      if (type.isInteger()) {
        return number;
      }
      LogicalType result = type.kind() == Kind.DECIMAL ? whole(type) : LogicalType.FLOAT64;
      return rex.call(function, result, rex.cast(number, wider(type)));
    };
  }

  /** ROUND and TRUNC. */
  static Builder rounding(Function function) {
    return (rex, arguments) -> {
      Expect.between(arguments, 1, 2);
      RexNode number = Arithmetic.number(rex, arguments.getFirst());
      LogicalType type = SqlTypes.logical(number.getType());
      if (arguments.size() == 1) {
        return toWhole(function).build(rex, arguments);
      }
      RexNode digits = rex.implicit(arguments.get(1), LogicalType.INT32);
      if (SqlTypes.isFloat(type)) {
        throw Rex.mismatch("digits can only be given for a DECIMAL; cast the argument");
      }
      LogicalType decimal = SqlTypes.asDecimal(type);
      int scale =
          Rex.constantNumber(arguments.get(1))
              .map(BigDecimal::intValue)
              .map(asked -> Math.max(0, Math.min(asked, decimal.scale())))
              .orElse(decimal.scale());
      // One more whole digit: 9.99 rounds to 10.0.
      int precision =
          Math.min(
              LogicalType.MAX_DECIMAL_PRECISION, decimal.precision() - decimal.scale() + 1 + scale);
      return rex.call(
          function, LogicalType.decimal(precision, scale), rex.cast(number, decimal), digits);
    };
  }

  /** Bitwise functions of integers. */
  static Builder bitwise(Function function) {
    return (rex, arguments) -> {
      Expect.count(arguments, 2);
      List<RexNode> same = rex.same(arguments);
      LogicalType type = SqlTypes.logical(same.getFirst().getType());
      if (!type.isInteger()) {
        throw Rex.mismatch("");
      }
      return rex.call(function, type, same.toArray(RexNode[]::new));
    };
  }

  static RexNode power(Rex rex, List<RexNode> arguments) {
    return ofFloats(Function.POWER, 2).build(rex, arguments);
  }

  static RexNode log(Rex rex, List<RexNode> arguments) {
    Expect.between(arguments, 1, 2);
    return ofFloats(arguments.size() == 1 ? Function.LOG10 : Function.LOG, arguments.size())
        .build(rex, arguments);
  }

  /** Distances of two vectors of one length; text is read as a vector of the other's length. */
  static Builder distance(Function function) {
    return (rex, arguments) -> {
      Expect.count(arguments, 2);
      RelDataTypes types = RelDataTypes.of(arguments);
      List<RexNode> both = new ArrayList<>();
      for (RexNode argument : arguments) {
        boolean vector = SqlTypes.is(argument.getType(), Kind.VECTOR);
        if (vector && !SqlTypes.logical(argument.getType()).equals(types.vector())) {
          throw Rex.mismatch(
              "the vectors have "
                  + types.vector().precision()
                  + " and "
                  + SqlTypes.logical(argument.getType()).precision()
                  + " elements");
        }
        both.add(vector ? argument : rex.cast(argument, types.vector()));
      }
      return rex.call(function, LogicalType.FLOAT64, both.toArray(RexNode[]::new));
    };
  }

  /** The first vector type among some arguments. */
  private record RelDataTypes(LogicalType vector) {
    static RelDataTypes of(List<RexNode> arguments) {
      return arguments.stream()
          .map(RexNode::getType)
          .filter(type -> SqlTypes.is(type, Kind.VECTOR))
          .findFirst()
          .map(type -> new RelDataTypes(SqlTypes.logical(type)))
          .orElseThrow(() -> Rex.mismatch("one argument must be a VECTOR"));
    }
  }

  private static LogicalType wider(LogicalType type) {
    return type.kind() == Kind.FLOAT32 ? LogicalType.FLOAT64 : type;
  }

  private static LogicalType whole(LogicalType decimal) {
    return LogicalType.decimal(
        Math.min(LogicalType.MAX_DECIMAL_PRECISION, decimal.precision() - decimal.scale() + 1), 0);
  }
}
