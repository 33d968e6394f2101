package dev.kyma.format.encoding;

/**
 * JSON numbers as a whole number and how many of its digits follow the point, where that gives back
 * the same text.
 */
final class DecimalText {
  /** Said of texts that do not come back. */
  static final long NONE = Long.MIN_VALUE;

  private static final int MAX_DIGITS = 18;

  private long unscaled;
  private int scale;

  /** Reads a text; false when it would not come back. */
  boolean read(byte[] data, int from, int to) {
    int at = from;
    boolean negative = at < to && data[at] == '-';
    at += negative ? 1 : 0;
    int first = at;
    long value = 0;
    int point = -1;
    for (; at < to; at++) {
      int digit = data[at] - '0';
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
      } else if (data[at] == '.' && point < 0) {
        point = at;
      } else {
        return false;
      }
      if (at - first > MAX_DIGITS) {
        return false;
      }
    }
    int whole = (point < 0 ? to : point) - first;
    if (whole < 1
        || whole > 1 && data[first] == '0'
        || point == to - 1
        || negative && value == 0
        || to - first - (point < 0 ? 0 : 1) > MAX_DIGITS) {
      return false;
    }
    unscaled = negative ? -value : value;
    scale = point < 0 ? 0 : to - point - 1;
    return true;
  }

  long unscaled() {
    return unscaled;
  }

  int scale() {
    return scale;
  }

  /** Appends the text of a number. */
  static void write(long unscaled, int scale, ByteSink sink) {
    long value = unscaled;
    if (value < 0) {
      sink.u8('-');
      value = -value;
    }
    int digits = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      digits++;
    }
    digits = Math.max(digits, scale + 1);
    int length = digits + (scale > 0 ? 1 : 0);
    int at = sink.reserve(length);
    byte[] out = sink.array();
    int to = at + length - 1;
    for (int i = 0; i < digits; i++) {
      if (scale > 0 && i == scale) {
        out[to--] = '.';
      }
      out[to--] = (byte) ('0' + Math.abs(value % 10));
      value /= 10;
    }
  }
}
