package dev.kyma.query.core.exec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hash functions of this package's tables. */
final class Hashes {
  private static final long K = 0x9E3779B97F4A7C15L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Hashes() {}

  static int of(long value) {
    long h = value * K;
    h ^= h >>> 32;
    h *= 0xD6E8FEB86659FD93L;
    return (int) (h ^ h >>> 32);
  }

  static int of(byte[] data, int from, int to) {
    long h = (to - from) * K;
    for (int i = from; i < to; i += 8) {
      h = (h ^ word(data, i, to - i)) * K;
      h ^= h >>> 29;
    }
    h ^= h >>> 32;
    h *= 0xD6E8FEB86659FD93L;
    return (int) (h ^ h >>> 32);
  }

  /** The next up to eight of {@code left} bytes as a number, zeros where there are fewer. */
  static long word(byte[] data, int from, int left) {
    if (left >= 8) {
      return (long) LONGS.get(data, from);
    }
    if (from + 8 <= data.length) {
      return left <= 0 ? 0 : (long) LONGS.get(data, from) & -1L >>> 64 - 8 * left;
    }
    long word = 0;
    for (int i = 0; i < left; i++) {
      word |= (data[from + i] & 0xFFL) << 8 * i;
    }
    return word;
  }
}
