package dev.kyma.ingest.core.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Finds where a JSON number ends and which type holds it exactly.
 *
 * <p>A decimal of at most 15 significant digits whose power of ten is exact comes out of one
 * multiplication or division correctly rounded (Clinger 1990) and reads back as itself; longer ones
 * are compared with the shortest text of their double.
 */
final class JsonNumberScanner {
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final int MAX_SHORTEST_DIGITS = 17;
  private static final int MAX_DECIMAL_DIGITS = 38;
  private static final int EXPONENT_BOUND = 100_000;

  private final byte[] data;
  private final int end;
  private ValueKind kind = ValueKind.INT64;
  private long bits;

  JsonNumberScanner(byte[] data, int end) {
    this.data = data;
    this.end = end;
  }

  ValueKind kind() {
    return kind;
  }

  long bits() {
    return bits;
  }

  int scan(int from) throws MalformedJsonException {
    int p = from;
    boolean negative = at(p) == '-';
    if (negative) {
      p++;
    }
    long mantissa = 0;
    // Significant digits seen so far, and how many zeros stand at their end.
    int digits = 0;
    int zeros = 0;
    if (at(p) == '0') {
      p++;
    } else if (isDigit(at(p))) {
      for (int c = at(p); isDigit(c); c = at(++p)) {
        digits++;
        zeros = c == '0' ? zeros + 1 : 0;
        if (digits <= 18) {
          mantissa = mantissa * 10 + (c - '0');
        }
      }
    } else {
      throw new MalformedJsonException(from, "a value was expected");
    }
    int c = at(p);
    if (c != '.' && c != 'e' && c != 'E') {
      if (isDigit(c)) {
        throw new MalformedJsonException(from, "a number starts with a zero");
      }
      whole(from, p, negative, mantissa, digits);
      return p;
    }
    int scale = 0;
    if (c == '.') {
      p++;
      if (!isDigit(at(p))) {
        throw new MalformedJsonException(p, "a digit was expected");
      }
      for (c = at(p); isDigit(c); c = at(++p)) {
        scale++;
        if (digits > 0 || c != '0') {
          digits++;
          zeros = c == '0' ? zeros + 1 : 0;
          if (digits <= 18) {
            mantissa = mantissa * 10 + (c - '0');
          }
        }
      }
    }
    int exponent = 0;
    if (c == 'e' || c == 'E') {
      p++;
      boolean down = at(p) == '-';
      if (down || at(p) == '+') {
        p++;
      }
      if (!isDigit(at(p))) {
        throw new MalformedJsonException(p, "a digit was expected");
      }
      for (c = at(p); isDigit(c); c = at(++p)) {
        exponent = Math.min(EXPONENT_BOUND, exponent * 10 + (c - '0'));
      }
      exponent = down ? -exponent : exponent;
    }
    fractional(from, p, negative, mantissa, digits, zeros, exponent, scale);
    return p;
  }

  private void whole(int from, int to, boolean negative, long mantissa, int digits) {
    kind = ValueKind.INT64;
    if (digits <= 18) {
      bits = negative ? -mantissa : mantissa;
    } else if (digits == 19) {
      try {
        bits = Long.parseLong(text(from, to));
      } catch (NumberFormatException beyond64Bits) {
        kind = ValueKind.DECIMAL;
      }
    } else {
      kind = digits <= MAX_DECIMAL_DIGITS ? ValueKind.DECIMAL : ValueKind.BIG_NUMBER;
    }
  }

  private void fractional(
      int from,
      int to,
      boolean negative,
      long mantissa,
      int digits,
      int zeros,
      int exponent,
      int scale) {
    int power = exponent - scale;
    if (digits <= 15 && power >= -22 && power <= 22) {
      double value = power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
      kind = ValueKind.DOUBLE;
      bits = Double.doubleToRawLongBits(negative ? -value : value);
      return;
    }
    int significant = digits - zeros;
    if (significant == 0) {
      kind = ValueKind.DOUBLE;
      bits = Double.doubleToRawLongBits(negative ? -0.0 : 0.0);
      return;
    }
    if (significant <= MAX_SHORTEST_DIGITS && Math.abs(exponent) < 400) {
      String text = text(from, to);
      double value = Double.parseDouble(text);
      if (!Double.isInfinite(value)
          && new BigDecimal(text).compareTo(new BigDecimal(Double.toString(value))) == 0) {
        kind = ValueKind.DOUBLE;
        bits = Double.doubleToRawLongBits(value);
        return;
      }
    }
    // Digits before and after the point once the exponent is applied and end zeros are dropped.
    long after = Math.max(0, (long) scale - exponent - zeros);
    long before = Math.max(0, (long) digits - scale + exponent);
    kind = before + after <= MAX_DECIMAL_DIGITS ? ValueKind.DECIMAL : ValueKind.BIG_NUMBER;
  }

  private String text(int from, int to) {
    return new String(data, from, to - from, StandardCharsets.US_ASCII);
  }

  private int at(int p) {
    return p < end ? data[p] & 255 : -1;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
