package dev.kyma.ingest.core.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks bytes to be UTF-8 as the Unicode standard defines it. */
public final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NOT_ASCII = 0x8080808080808080L;

  private Utf8() {}

  /** Where the first byte stands that is part of no valid sequence, or -1. */
  public static int firstInvalid(byte[] data, int from, int to) {
    int p = from;
    while (p < to) {
      if (p + 8 <= to && ((long) LONGS.get(data, p) & NOT_ASCII) == 0) {
        p += 8;
        continue;
      }
      int b = data[p];
      if (b >= 0) {
        p++;
        continue;
      }
      int length = sequence(data, p, to);
      if (length == 0) {
        return p;
      }
      p += length;
    }
    return -1;
  }

  public static boolean isValid(byte[] data, int from, int to) {
    return firstInvalid(data, from, to) < 0;
  }

  private static int sequence(byte[] data, int p, int to) {
    int b = data[p] & 255;
    if (b >= 0xC2 && b <= 0xDF) {
      return p + 1 < to && next(data[p + 1]) ? 2 : 0;
    }
    if (b >= 0xE0 && b <= 0xEF) {
      if (p + 2 >= to || !next(data[p + 1]) || !next(data[p + 2])) {
        return 0;
      }
      int second = data[p + 1] & 255;
      boolean overlong = b == 0xE0 && second < 0xA0;
      boolean surrogate = b == 0xED && second >= 0xA0;
      return overlong || surrogate ? 0 : 3;
    }
    if (b >= 0xF0 && b <= 0xF4) {
      if (p + 3 >= to || !next(data[p + 1]) || !next(data[p + 2]) || !next(data[p + 3])) {
        return 0;
      }
      int second = data[p + 1] & 255;
      boolean overlong = b == 0xF0 && second < 0x90;
      boolean beyond = b == 0xF4 && second >= 0x90;
      return overlong || beyond ? 0 : 4;
    }
    return 0;
  }

  private static boolean next(byte b) {
    return (b & 0xC0) == 0x80;
  }
}
