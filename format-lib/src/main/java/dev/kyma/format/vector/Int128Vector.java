package dev.kyma.format.vector;

import dev.kyma.format.type.LogicalType;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Unscaled decimals of more than 18 digits, as 128-bit two's complement integers.
 *
 * @param type a type stored as {@link LogicalType.Physical#INT128}
 * @param size how many rows there are
 * @param high the upper 64 bits, signed
 * @param low the lower 64 bits, unsigned
 * @param nulls the null bitmap, or null when no row is NULL
 */
@SuppressWarnings("ArrayRecordComponent") // the arrays are the point: kernels read them in place
public record Int128Vector(
    LogicalType type, int size, long[] high, long[] low, long @Nullable [] nulls)
    implements ColumnVector {
  private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

  // Not compact: javac keeps the parameters' annotations only of constructors written in full.
  public Int128Vector(
      LogicalType type, int size, long[] high, long[] low, long @Nullable [] nulls) {
    if (type.physical() != LogicalType.Physical.INT128 || high.length < size || low.length < size) {
      throw new IllegalArgumentException(type + " of " + size);
    }
    this.type = type;
    this.size = size;
    this.high = high;
    this.low = low;
    this.nulls = nulls;
  }

  /** The unscaled value of a row that is not NULL. */
  public BigInteger value(int row) {
    return toBigInteger(high[row], low[row]);
  }

  /** The integer with the given halves. */
  public static BigInteger toBigInteger(long high, long low) {
    BigInteger unsignedLow = BigInteger.valueOf(low);
    return BigInteger.valueOf(high)
        .shiftLeft(64)
        .add(low < 0 ? unsignedLow.add(TWO_64) : unsignedLow);
  }

  /** The upper half of a 128-bit integer. */
  public static long high(BigInteger value) {
    return value.shiftRight(64).longValueExact();
  }

  /** The lower half of a 128-bit integer. */
  public static long low(BigInteger value) {
    return value.longValue();
  }
}
