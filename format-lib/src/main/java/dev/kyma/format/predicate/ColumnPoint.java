package dev.kyma.format.predicate;

import dev.kyma.format.type.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Where a constant lies among the values a column can hold.
 *
 * <p>The values of every numeric and temporal type are mapped to whole numbers in their order:
 * integers and temporal values to themselves, decimals to their unscaled integers, floating-point
 * numbers to {@link #key(double)}. A constant of another such type, say 1.5 for an integer column,
 * lies between two of them.
 *
 * @param floor the greatest whole number that is not above the constant
 * @param exact whether the constant is that number
 */
public record ColumnPoint(BigInteger floor, boolean exact) {
  // Beyond everything 128 bits can hold.
  private static final BigInteger INFINITY = BigInteger.ONE.shiftLeft(200);
  private static final BigDecimal NANOS_PER_DAY = BigDecimal.valueOf(86_400_000_000_000L);

  /** Whether the values of a type lie on such a line. */
  public static boolean hasLine(LogicalType type) {
    return switch (type.physical()) {
      case LONG, DOUBLE, INT128 -> true;
      case BYTES, FLOATS -> false;
    };
  }

  /**
   * Where a constant lies among the values of a type.
   *
   * @throws IllegalArgumentException if values of the two types cannot be compared
   */
  public static ColumnPoint of(LogicalType column, Constant constant) {
    if (!comparable(column, constant.type())) {
      throw new IllegalArgumentException(column + " compared with " + constant);
    }
    return switch (column.physical()) {
      case LONG, INT128 -> {
        if (constant instanceof Constant.OfDouble(_, double value) && !Double.isFinite(value)) {
          boolean below = value == Double.NEGATIVE_INFINITY;
          yield new ColumnPoint(below ? INFINITY.negate() : INFINITY, false);
        }
        BigDecimal scaled = exact(constant).movePointRight(column.scale());
        if (column.kind() == LogicalType.Kind.TIMESTAMP
            && constant.type().kind() == LogicalType.Kind.DATE) {
          scaled = scaled.multiply(NANOS_PER_DAY);
        } else if (column.kind() == LogicalType.Kind.DATE
            && constant.type().kind() == LogicalType.Kind.TIMESTAMP) {
          BigInteger[] parts =
              scaled.toBigInteger().divideAndRemainder(NANOS_PER_DAY.toBigInteger());
          boolean whole = parts[1].signum() == 0;
          yield new ColumnPoint(
              parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0], whole);
        }
        BigInteger floor = scaled.setScale(0, RoundingMode.FLOOR).toBigInteger();
        yield new ColumnPoint(floor, scaled.compareTo(new BigDecimal(floor)) == 0);
      }
      case DOUBLE -> {
        if (constant instanceof Constant.OfDouble(_, double value)) {
          yield new ColumnPoint(BigInteger.valueOf(key(value)), true);
        }
        BigDecimal value = exact(constant);
        double nearest = value.doubleValue();
        int side = new BigDecimal(nearest).compareTo(value);
        long key = side > 0 ? key(nearest) - 1 : key(nearest);
        yield new ColumnPoint(BigInteger.valueOf(key), side == 0);
      }
      case BYTES, FLOATS -> throw new IllegalArgumentException(column + " has no line");
    };
  }

  /**
   * The place of a floating-point number in the order of all: -0.0 equals 0.0, and NaN equals NaN
   * and is greater than everything else.
   */
  public static long key(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits ^ bits >> 63 & Long.MAX_VALUE;
  }

  private static boolean comparable(LogicalType column, LogicalType constant) {
    if (column.isNumeric()) {
      return constant.isNumeric();
    }
    return column.kind() == constant.kind()
        || column.kind() == LogicalType.Kind.TIMESTAMP && constant.kind() == LogicalType.Kind.DATE
        || column.kind() == LogicalType.Kind.DATE && constant.kind() == LogicalType.Kind.TIMESTAMP;
  }

  private static BigDecimal exact(Constant constant) {
    return switch (constant) {
      case Constant.OfLong(LogicalType type, long value) -> BigDecimal.valueOf(value, type.scale());
      case Constant.OfInt128(LogicalType type, BigInteger value) ->
          new BigDecimal(value, type.scale());
      case Constant.OfDouble(_, double value) -> new BigDecimal(value);
      case Constant.OfBytes bytes -> throw new IllegalArgumentException(bytes.toString());
    };
  }
}
