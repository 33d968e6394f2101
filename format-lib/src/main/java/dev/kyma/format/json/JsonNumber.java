package dev.kyma.format.json;

import dev.kyma.format.vector.Int128Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The value of one JSON number, read exactly.
 *
 * <p>A number is taken for what it is, not for how it is written: {@code 1}, {@code 1.0} and {@code
 * 10e-1} are the same integer. Used by one thread and reused.
 */
public final class JsonNumber {
  /** The digits a number may need before and after the point to be taken as an exact decimal. */
  private static final int MAX_EXACT_EXPONENT = 400;

  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long[] LONG_POWERS_OF_TEN = new long[19];

  static {
    long power = 1;
    for (int i = 0; i < LONG_POWERS_OF_TEN.length; i++) {
      LONG_POWERS_OF_TEN[i] = power;
      power *= 10;
    }
  }

  private byte[] data = new byte[0];
  private int from;
  private int to;
  private boolean negative;
  // The digits without sign and point, when they fit, and the power of ten they count.
  private long digits;
  private int exponent;
  private boolean small;
  private long longValue;
  private long highValue;

  /** Starts on the number at {@code [from, to)}, which {@link JsonScanner} has found to be one. */
  public void reset(byte[] text, int begin, int end) {
    data = text;
    from = begin;
    to = end;
    digits = 0;
    exponent = 0;
    small = true;
    int at = begin;
    negative = data[at] == '-';
    if (negative) {
      at++;
    }
    int significant = 0;
    boolean fraction = false;
    for (; at < end; at++) {
      byte next = data[at];
      if (next == '.') {
        fraction = true;
      } else if (next >= '0' && next <= '9') {
        if (significant > 0 || next != '0') {
          significant++;
        }
        if (significant < 19 || significant == 19 && digits < Long.MAX_VALUE / 10) {
          digits = digits * 10 + next - '0';
        } else {
          small = false;
        }
        if (fraction) {
          exponent--;
        }
      } else {
        small &= readExponent(at + 1);
        break;
      }
    }
  }

  private boolean readExponent(int begin) {
    int at = begin;
    boolean down = data[at] == '-';
    if (down || data[at] == '+') {
      at++;
    }
    int value = 0;
    for (; at < to; at++) {
      value = value * 10 + data[at] - '0';
      if (value > 100_000) {
        return false;
      }
    }
    exponent += down ? -value : value;
    return true;
  }

  /** Whether the number is a whole one of 64 bits; {@link #longValue()} is it then. */
  public boolean isLong() {
    return isScaled(0);
  }

  /**
   * Whether the number times 10^{@code scale} is a whole one of 64 bits; {@link #longValue()} is
   * that product then.
   */
  public boolean isScaled(int scale) {
    if (small) {
      int shift = exponent + scale;
      long value = digits;
      if (value == 0 || shift == 0) {
        longValue = negative ? -value : value;
        return true;
      }
      if (shift > 0 && shift < 19 && value <= Long.MAX_VALUE / LONG_POWERS_OF_TEN[shift]) {
        value *= LONG_POWERS_OF_TEN[shift];
        longValue = negative ? -value : value;
        return true;
      }
      if (shift < 0) {
        if (shift <= -19 || value % LONG_POWERS_OF_TEN[-shift] != 0) {
          return false;
        }
        value /= LONG_POWERS_OF_TEN[-shift];
        longValue = negative ? -value : value;
        return true;
      }
    }
    BigInteger exact = exact(scale);
    if (exact == null || exact.bitLength() > 63) {
      return false;
    }
    longValue = exact.longValue();
    return true;
  }

  /**
   * Whether the number times 10^{@code scale} is a whole one of at most {@code precision} digits;
   * {@link #highValue()} and {@link #longValue()} are its halves then.
   */
  public boolean isScaled128(int precision, int scale) {
    BigInteger exact = exact(scale);
    if (exact == null || exact.abs().compareTo(BigInteger.TEN.pow(precision)) >= 0) {
      return false;
    }
    highValue = Int128Vector.high(exact);
    longValue = Int128Vector.low(exact);
    return true;
  }

  /** The whole number found last, or the lower half of a wide one. */
  public long longValue() {
    return longValue;
  }

  /** The upper half of the wide number found last. */
  public long highValue() {
    return highValue;
  }

  /** The nearest double; infinite when the number is too large for one. */
  public double doubleValue() {
    // Both factors are exact doubles, so the one rounding of the product is the right one.
    if (small && digits < 1L << 53 && exponent >= -22 && exponent <= 22) {
      double value =
          exponent < 0 ? digits / POWERS_OF_TEN[-exponent] : digits * POWERS_OF_TEN[exponent];
      return negative ? -value : value;
    }
    return Double.parseDouble(new String(data, from, to - from, StandardCharsets.ISO_8859_1));
  }

  /** How many decimal digits a whole number has, 0 for zero. */
  static int digits(long value) {
    if (value == Long.MIN_VALUE) {
      return 19;
    }
    long rest = Math.abs(value);
    int count = 0;
    while (count < LONG_POWERS_OF_TEN.length && rest >= LONG_POWERS_OF_TEN[count]) {
      count++;
    }
    return count;
  }

  private @Nullable BigInteger exact(int scale) {
    if (small && digits == 0) {
      return BigInteger.ZERO;
    }
    if (to - from > MAX_EXACT_EXPONENT || Math.abs((long) exponent) > MAX_EXACT_EXPONENT) {
      return null;
    }
    BigDecimal value;
    try {
      value = new BigDecimal(new String(data, from, to - from, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException e) {
      return null;
    }
    value = value.stripTrailingZeros();
    long zeros = (long) value.scale() - scale;
    if (zeros > 0 || zeros < -MAX_EXACT_EXPONENT) {
      return value.signum() == 0 ? BigInteger.ZERO : null;
    }
    return value.movePointRight(scale).toBigIntegerExact();
  }
}
