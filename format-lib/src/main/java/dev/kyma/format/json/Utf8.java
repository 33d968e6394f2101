package dev.kyma.format.json;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks and replaces what is not UTF-8. Stateless. */
public final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private Utf8() {}

  /** The place of the first byte that begins no code point, or {@code to} when all is well. */
  public static int firstInvalid(byte[] data, int from, int to) {
    int at = from;
    while (at < to) {
      if (at + 8 <= to && ((long) LONGS.get(data, at) & HIGH_BITS) == 0) {
        at += 8;
      } else if (data[at] >= 0) {
        at++;
      } else {
        int length = sequence(data, at, to);
        if (length == 0) {
          return at;
        }
        at += length;
      }
    }
    return to;
  }

  /**
   * The bytes with everything that is not UTF-8 replaced by U+FFFD; the array itself if none is.
   */
  public static byte[] repaired(byte[] data) {
    int bad = firstInvalid(data, 0, data.length);
    if (bad == data.length) {
      return data;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + 16);
    int at = 0;
    while (bad < data.length) {
      out.write(data, at, bad - at);
      out.writeBytes(REPLACEMENT);
      at = bad + 1;
      bad = firstInvalid(data, at, data.length);
    }
    out.write(data, at, data.length - at);
    return out.toByteArray();
  }

  /**
   * The length of the well-formed sequence of two to four bytes at a place, or 0. Overlong forms,
   * surrogates and values above U+10FFFF are not well-formed.
   */
  static int sequence(byte[] data, int at, int to) {
    int lead = data[at] & 0xFF;
    int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > to) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((data[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = data[at + 1] & 0xFF;
    boolean wrong =
        lead == 0xE0 && second < 0xA0
            || lead == 0xED && second > 0x9F
            || lead == 0xF0 && second < 0x90
            || lead == 0xF4 && second > 0x8F;
    return wrong ? 0 : length;
  }
}
