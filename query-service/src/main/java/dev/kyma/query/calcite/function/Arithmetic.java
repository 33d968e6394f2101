package dev.kyma.query.calcite.function;

import static dev.kyma.query.calcite.function.Rex.mismatch;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.LogicalType.Kind;
import dev.kyma.query.calcite.type.SqlTypes;
import dev.kyma.query.core.plan.Function;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/** {@code + - * / %} over numbers, times and intervals. */
final class Arithmetic {
  private static final int MAX = LogicalType.MAX_DECIMAL_PRECISION;

  /** Digits after the point that a quotient has at least, as Postgres has. */
  private static final int QUOTIENT_SCALE = 16;

  private Arithmetic() {}

  static RexNode plus(Rex rex, List<RexNode> arguments) {
    if (arguments.size() == 1) {
      return arguments.getFirst();
    }
    RexNode left = arguments.get(0);
    RexNode right = arguments.get(1);
    if (isTime(right.getType()) && !isTime(left.getType())) {
      return plus(rex, List.of(right, left));
    }
    if (isTime(left.getType()) || isInterval(right.getType()) && !isInterval(left.getType())) {
      return shift(rex, left, right, false);
    }
    return isInterval(left.getType())
        ? intervals(rex, Function.ADD, left, right)
        : numbers(rex, Function.ADD, left, right);
  }

  static RexNode minus(Rex rex, List<RexNode> arguments) {
    if (arguments.size() == 1) {
      return negate(rex, arguments.getFirst());
    }
    RexNode left = arguments.get(0);
    RexNode right = arguments.get(1);
    RelDataType leftType = left.getType();
    RelDataType rightType = right.getType();
    if (isTime(leftType) && isTime(rightType)
        || isTime(rightType) && SqlTypes.isUnknown(leftType)) {
      boolean dates = SqlTypes.is(leftType, Kind.DATE) && SqlTypes.is(rightType, Kind.DATE);
      if (dates) {
        return rex.call(Function.DAYS_BETWEEN, LogicalType.INT32, left, right);
      }
      List<RexNode> both = List.of(rex.timestamp(left), rex.timestamp(right));
      return rex.call(Function.NANOS_BETWEEN, rex.nanos(Rex.anyNullable(both)), both);
    }
    if (isTime(leftType) || isInterval(rightType) && !isInterval(leftType)) {
      return shift(rex, left, right, true);
    }
    return isInterval(leftType)
        ? intervals(rex, Function.SUBTRACT, left, right)
        : numbers(rex, Function.SUBTRACT, left, right);
  }

  static RexNode times(Rex rex, List<RexNode> arguments) {
    RexNode left = arguments.get(0);
    RexNode right = arguments.get(1);
    if (isInterval(right.getType())) {
      return times(rex, List.of(right, left));
    }
    if (isInterval(left.getType())) {
      return scaled(rex, Function.MULTIPLY, left, right);
    }
    return numbers(rex, Function.MULTIPLY, left, right);
  }

  static RexNode divide(Rex rex, List<RexNode> arguments) {
    RexNode left = arguments.get(0);
    RexNode right = arguments.get(1);
    return isInterval(left.getType())
        ? scaled(rex, Function.DIVIDE, left, right)
        : numbers(rex, Function.DIVIDE, left, right);
  }

  static RexNode modulo(Rex rex, List<RexNode> arguments) {
    return numbers(rex, Function.MODULO, arguments.get(0), arguments.get(1));
  }

  static RexNode negate(Rex rex, RexNode node) {
    RelDataType type = node.getType();
    if (isInterval(type)) {
      return rex.call(Function.NEGATE, type, List.of(node));
    }
    RexNode number = number(rex, node);
    return rex.call(Function.NEGATE, SqlTypes.logical(number.getType()), number);
  }

  /** A number as it is, dynamic values and literals of unknown type as FLOAT64. */
  static RexNode number(Rex rex, RexNode node) {
    if (SqlTypes.isNumeric(node.getType())) {
      return node;
    }
    return rex.float64(node);
  }

  /** A time moved by an interval or, for dates, by days. */
  private static RexNode shift(Rex rex, RexNode time, RexNode by, boolean backwards) {
    RelDataType type = by.getType();
    if (SqlTypes.is(time.getType(), Kind.DATE)
        && SqlTypes.isNumeric(type)
        && SqlTypes.logical(type).isInteger()) {
      RexNode days = rex.int64(by);
      return rex.call(
          Function.ADD_DAYS, LogicalType.DATE, time, backwards ? negate(rex, days) : days);
    }
    RexNode interval = by;
    if (SqlTypes.isUnknown(type)) {
      String text = Rex.constantText(by).orElseThrow(() -> mismatch(""));
      interval = Intervals.ofText(rex, text);
    } else if (!isInterval(type)) {
      throw mismatch("");
    }
    Function function =
        SqlTypes.isNanos(interval.getType()) ? Function.ADD_NANOS : Function.ADD_MONTHS;
    return rex.call(
        function,
        LogicalType.TIMESTAMP,
        rex.timestamp(time),
        backwards ? negate(rex, interval) : interval);
  }

  private static RexNode intervals(Rex rex, Function function, RexNode left, RexNode right) {
    RexNode other = right;
    if (SqlTypes.isUnknown(right.getType())) {
      other = Intervals.ofText(rex, Rex.constantText(right).orElseThrow(() -> mismatch("")));
    }
    if (other.getType().getSqlTypeName() != left.getType().getSqlTypeName()) {
      throw mismatch("intervals of months and of days cannot be mixed");
    }
    List<RexNode> both = List.of(left, other);
    return rex.call(function, rex.sameType(both, Rex.anyNullable(both)), both);
  }

  /** An interval times or divided by a number. */
  private static RexNode scaled(Rex rex, Function function, RexNode interval, RexNode by) {
    RexNode number = number(rex, by);
    boolean nullable = interval.getType().isNullable() || number.getType().isNullable();
    RelDataType type =
        rex.builder().getTypeFactory().createTypeWithNullability(interval.getType(), nullable);
    if (SqlTypes.logical(number.getType()).isInteger()) {
      return rex.call(function, type, List.of(interval, rex.int64(number)));
    }
    RexNode real =
        rex.call(
            function,
            LogicalType.FLOAT64,
            rex.builder()
                .makeAbstractCast(
                    rex.type(LogicalType.FLOAT64, interval.getType().isNullable()),
                    interval,
                    false),
            rex.float64(number));
    return rex.builder().makeAbstractCast(type, real, false);
  }

  private static RexNode numbers(Rex rex, Function function, RexNode left, RexNode right) {
    RexNode a = left;
    RexNode b = right;
    if (SqlTypes.isUnknown(a.getType()) && SqlTypes.isNumeric(b.getType())) {
      a = rex.cast(a, SqlTypes.logical(b.getType()));
    } else if (SqlTypes.isUnknown(b.getType()) && SqlTypes.isNumeric(a.getType())) {
      b = rex.cast(b, SqlTypes.logical(a.getType()));
    }
    a = number(rex, a);
    b = number(rex, b);
    LogicalType leftType = SqlTypes.logical(a.getType());
    LogicalType rightType = SqlTypes.logical(b.getType());
    LogicalType common = SqlTypes.numeric(leftType, rightType);
    if (SqlTypes.isFloat(common)) {
      return rex.call(
          function,
          LogicalType.FLOAT64,
          rex.cast(a, LogicalType.FLOAT64),
          rex.cast(b, LogicalType.FLOAT64));
    }
    if (common.isInteger()) {
      return rex.call(function, common, rex.cast(a, common), rex.cast(b, common));
    }
    LogicalType x = SqlTypes.asDecimal(leftType);
    LogicalType y = SqlTypes.asDecimal(rightType);
    return switch (function) {
      case MULTIPLY -> rex.call(function, product(x, y), rex.cast(a, x), rex.cast(b, y));
      case DIVIDE -> rex.call(function, quotient(x, y), rex.cast(a, x), rex.cast(b, y));
      case MODULO -> rex.call(function, common, rex.cast(a, common), rex.cast(b, common));
      default -> {
        LogicalType sum = sum(x, y);
        yield rex.call(function, sum, rex.cast(a, sum), rex.cast(b, sum));
      }
    };
  }

  private static LogicalType sum(LogicalType x, LogicalType y) {
    int scale = Math.max(x.scale(), y.scale());
    int whole = Math.max(x.precision() - x.scale(), y.precision() - y.scale()) + 1;
    return LogicalType.decimal(Math.min(MAX, whole + scale), scale);
  }

  /** Exact while 38 digits last; then whole digits go before those after the point. */
  private static LogicalType product(LogicalType x, LogicalType y) {
    int scale = x.scale() + y.scale();
    int precision = x.precision() + y.precision();
    if (precision > MAX) {
      int whole = precision - scale;
      int most = Math.max(x.scale(), y.scale());
      scale = Math.min(scale, Math.max(MAX - whole, most));
      precision = MAX;
    }
    return LogicalType.decimal(Math.max(precision, Math.max(1, scale)), scale);
  }

  private static LogicalType quotient(LogicalType x, LogicalType y) {
    int scale = Math.max(QUOTIENT_SCALE, Math.max(x.scale(), y.scale()));
    return LogicalType.decimal(MAX, Math.min(scale, MAX));
  }

  private static boolean isTime(RelDataType type) {
    return SqlTypes.is(type, Kind.DATE) || SqlTypes.is(type, Kind.TIMESTAMP);
  }

  static boolean isInterval(RelDataType type) {
    return SqlTypes.isNanos(type) || SqlTypes.isMonths(type);
  }
}
