package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.ByteSink;
import java.nio.charset.StandardCharsets;

/** Writes values as the texts they were read from. Stateless. */
final class TextDigits {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_DIGITS = 19;

  private TextDigits() {}

  /** Writes two lower-case digits for each byte. */
  static void hex(byte[] in, int from, int count, byte[] out, int outFrom) {
    for (int i = from, to = outFrom; i < from + count; i++, to += 2) {
      out[to] = HEX[in[i] >>> 4 & 15];
      out[to + 1] = HEX[in[i] & 15];
    }
  }

  /** Appends an identifier: 8 or 16 bytes as digits, or 16 as a UUID. */
  static void identifier(byte[] in, int from, SlotKind kind, ByteSink out) {
    if (kind != SlotKind.UUID) {
      int count = kind.identifierBytes();
      int at = out.reserve(2 * count);
      hex(in, from, count, out.array(), at);
      return;
    }
    int at = out.reserve(36);
    byte[] bytes = out.array();
    hex(in, from, 4, bytes, at);
    hex(in, from + 4, 2, bytes, at + 9);
    hex(in, from + 6, 2, bytes, at + 14);
    hex(in, from + 8, 2, bytes, at + 19);
    hex(in, from + 10, 6, bytes, at + 24);
    bytes[at + 8] = '-';
    bytes[at + 13] = '-';
    bytes[at + 18] = '-';
    bytes[at + 23] = '-';
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private static void put(long value, byte[] out, int from, int to) {
    long rest = value;
    for (int i = to - 1; i >= from; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** Appends a number; false when it is negative. */
  static boolean number(long value, ByteSink out) {
    if (value < 0) {
      return false;
    }
    int digits = digits(value);
    int at = out.reserve(digits);
    put(value, out.array(), at, at + digits);
    return true;
  }

  /** Appends a number in so many digits; false when it has more. */
  static boolean padded(long value, int width, ByteSink out) {
    if (value < 0 || width > MAX_DIGITS || digits(value) > width) {
      return false;
    }
    int at = out.reserve(width);
    put(value, out.array(), at, at + width);
    return true;
  }

  /**
   * Appends {@code digits << 5 | scale}, the number of digits after the point; false if negative.
   */
  static boolean decimal(long value, ByteSink out) {
    int scale = (int) value & 31;
    long unscaled = value >>> 5;
    if (value < 0 || scale == 0) {
      return value >= 0 && number(unscaled, out);
    }
    int digits = Math.max(digits(unscaled), scale + 1);
    int at = out.reserve(digits + 1);
    byte[] bytes = out.array();
    put(unscaled, bytes, at, at + digits);
    System.arraycopy(bytes, at + digits - scale, bytes, at + digits - scale + 1, scale);
    bytes[at + digits - scale] = '.';
    return true;
  }

  /** Appends an IPv4 address; false when it is none. */
  static boolean address(long value, ByteSink out) {
    if (value < 0 || value > 0xFFFF_FFFFL) {
      return false;
    }
    for (int shift = 24; shift >= 0; shift -= 8) {
      number(value >>> shift & 0xFF, out);
      if (shift > 0) {
        out.u8('.');
      }
    }
    return true;
  }
}
