package dev.kyma.ingest.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of JSON text in UTF-8. Not safe for use by several threads.
 *
 * <p>Knows nothing of structure: callers write commas and brackets. Doubles keep their identity as
 * such ({@code 10.0}, not {@code 10}); what JSON has no number for is written as a string.
 */
public final class JsonText {
  static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(StandardCharsets.US_ASCII);
  private static final double MAX_PLAIN_WHOLE = 1e15;

  private byte[] data = new byte[512];
  private int length;

  /** The buffer itself; valid up to {@link #length()} and until the next write. */
  public byte[] array() {
    return data;
  }

  public int length() {
    return length;
  }

  /** Forgets everything from a length on. */
  public void truncate(int newLength) {
    length = newLength;
  }

  public JsonText raw(int c) {
    reserve(1);
    data[length++] = (byte) c;
    return this;
  }

  public JsonText raw(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, data, length, to - from);
    length += to - from;
    return this;
  }

  /** Plain ASCII text that needs no escape. */
  @SuppressWarnings("deprecation") // the documented truncation to one byte is right for ASCII
  public JsonText ascii(String text) {
    reserve(text.length());
    text.getBytes(0, text.length(), data, length);
    length += text.length();
    return this;
  }

  /** A quoted string of valid UTF-8 bytes. */
  public JsonText string(byte[] source, int from, int to) {
    reserve(to - from + 2);
    byte[] out = data;
    int at = length;
    out[at++] = '"';
    int i = from;
    while (i < to) {
      byte b = source[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < 0x20)) {
        break;
      }
      out[at++] = b;
      i++;
    }
    length = at;
    for (; i < to; i++) {
      escaped(source[i]);
    }
    return raw('"');
  }

  private void escaped(byte b) {
    switch (b) {
      case '"', '\\' -> raw('\\').raw(b);
      case '\n' -> raw('\\').raw('n');
      case '\r' -> raw('\\').raw('r');
      case '\t' -> raw('\\').raw('t');
      default -> {
        if (b >= 0 && b < 0x20) {
          ascii("\\u00").raw(HEX[b >> 4]).raw(HEX[b & 15]);
        } else {
          raw(b);
        }
      }
    }
  }

  /** A quoted string. */
  public JsonText string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return string(bytes, 0, bytes.length);
  }

  /** A quoted string of lower-case hexadecimal digits. */
  public JsonText hex(byte[] source, int from, int to) {
    reserve(2 * (to - from) + 2);
    data[length++] = '"';
    for (int i = from; i < to; i++) {
      data[length++] = HEX[source[i] >> 4 & 15];
      data[length++] = HEX[source[i] & 15];
    }
    data[length++] = '"';
    return this;
  }

  /** A quoted base64 string, padded. */
  public JsonText base64(byte[] source, int from, int to) {
    raw('"');
    int i = from;
    for (; i + 2 < to; i += 3) {
      int bits = (source[i] & 255) << 16 | (source[i + 1] & 255) << 8 | source[i + 2] & 255;
      raw(BASE64[bits >> 18]).raw(BASE64[bits >> 12 & 63]);
      raw(BASE64[bits >> 6 & 63]).raw(BASE64[bits & 63]);
    }
    if (i + 1 == to) {
      int bits = source[i] & 255;
      raw(BASE64[bits >> 2]).raw(BASE64[bits << 4 & 63]).raw('=').raw('=');
    } else if (i + 2 == to) {
      int bits = (source[i] & 255) << 8 | source[i + 1] & 255;
      raw(BASE64[bits >> 10]).raw(BASE64[bits >> 4 & 63]).raw(BASE64[bits << 2 & 63]).raw('=');
    }
    return raw('"');
  }

  public JsonText number(long value) {
    if (value == Long.MIN_VALUE) {
      return ascii("-9223372036854775808");
    }
    reserve(20);
    long rest = value;
    if (rest < 0) {
      data[length++] = '-';
      rest = -rest;
    }
    int digits = 1;
    for (long bound = 10; digits < 19 && rest >= bound; bound *= 10) {
      digits++;
    }
    for (int at = length + digits - 1; at >= length; at--) {
      data[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /** A number that reads back as the same double, or the strings NaN, Infinity, -Infinity. */
  public JsonText number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < MAX_PLAIN_WHOLE) {
      if (value == 0 && 1 / value < 0) {
        return ascii("-0.0");
      }
      return number((long) value).raw('.').raw('0');
    }
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return raw('"').ascii(Double.toString(value)).raw('"');
    }
    return ascii(Double.toString(value));
  }

  /** A copy of the text so far. */
  public byte[] toBytes() {
    return Arrays.copyOf(data, length);
  }

  @Override
  public String toString() {
    return new String(data, 0, length, StandardCharsets.UTF_8);
  }

  private void reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > data.length) {
      data =
          Arrays.copyOf(
              data, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, data.length * 2L)));
    }
  }
}
