package dev.kyma.format.encoding;

/**
 * Packs unsigned numbers of 0 to 64 bits.
 *
 * <p>A whole vector of 1,024 numbers is laid out in 16 lanes of 64-bit words, so that neighbouring
 * numbers lie in neighbouring words at the same bit: number {@code i} belongs to lane {@code i %
 * 16} and is the {@code i / 16}-th there; word {@code j} of lane {@code l} is word {@code 16 j + l}
 * of the vector. {@code width} words a lane, {@code 128 width} bytes in all. A shorter run is laid
 * out number after number, least bits first, in {@code ceil(count width / 8)} bytes.
 *
 * <p>Stateless.
 */
public final class BitPacking {
  /** Numbers in a vector. */
  public static final int VECTOR = 1024;

  private static final int LANES = 16;
  private static final int PER_LANE = VECTOR / LANES;

  private BitPacking() {}

  /** How many bits the unsigned number needs. */
  public static int width(long value) {
    return 64 - Long.numberOfLeadingZeros(value);
  }

  /** How many bytes {@code count} numbers take. */
  public static int bytes(int count, int width) {
    return count == VECTOR ? 128 * width : (int) (((long) count * width + 7) >>> 3);
  }

  /** Appends {@code count} numbers; higher bits than {@code width} must be zero. */
  public static void pack(long[] in, int count, int width, ByteSink sink) {
    if (width == 0) {
      return;
    }
    int size = bytes(count, width);
    int at = sink.reserve(size);
    if (count == VECTOR) {
      packVector(in, width, sink.array(), at);
    } else {
      packRun(in, count, width, sink.array(), at);
    }
  }

  private static void packVector(long[] in, int width, byte[] out, int at) {
    long[] words = new long[LANES * width];
    for (int k = 0; k < PER_LANE; k++) {
      int bit = k * width;
      int word = (bit >>> 6) * LANES;
      int shift = bit & 63;
      int from = k * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        words[word + lane] |= in[from + lane] << shift;
      }
      if (shift + width > 64) {
        for (int lane = 0; lane < LANES; lane++) {
          words[word + LANES + lane] |= in[from + lane] >>> (64 - shift);
        }
      }
    }
    for (int i = 0; i < words.length; i++) {
      LittleEndian.putLong(out, at + 8 * i, words[i]);
    }
  }

  private static void packRun(long[] in, int count, int width, byte[] out, int at) {
    long bit = 0;
    for (int i = 0; i < count; i++, bit += width) {
      long value = in[i];
      int left = width;
      int place = at + (int) (bit >>> 3);
      int shift = (int) (bit & 7);
      while (left > 0) {
        out[place] |= (byte) (value << shift);
        int taken = Math.min(left, 8 - shift);
        value >>>= taken;
        left -= taken;
        shift = 0;
        place++;
      }
    }
  }

  /** Number {@code i} of a run that is shorter than a vector; {@code in} ends at {@code end}. */
  public static long getFromRun(byte[] in, int at, int end, int width, int i) {
    if (width == 0) {
      return 0;
    }
    long bit = (long) i * width;
    int place = at + (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    long mask = width == 64 ? -1L : (1L << width) - 1;
    if (place + 9 <= end) {
      long value = LittleEndian.getLong(in, place) >>> shift;
      if (shift + width > 64) {
        value |= (long) in[place + 8] << (64 - shift);
      }
      return value & mask;
    }
    long value = 0;
    for (int got = -shift, b = place; got < width; got += 8, b++) {
      long next = in[b] & 0xFFL;
      value |= got < 0 ? next >>> -got : next << got;
    }
    return value & mask;
  }

  /** Number {@code i} of a whole vector. */
  static long getFromVector(byte[] in, int at, int width, int i) {
    if (width == 0) {
      return 0;
    }
    int lane = i & (LANES - 1);
    int bit = (i / LANES) * width;
    int word = (bit >>> 6) * LANES + lane;
    int shift = bit & 63;
    long value = LittleEndian.getLong(in, at + 8 * word) >>> shift;
    if (shift + width > 64) {
      value |= LittleEndian.getLong(in, at + 8 * (word + LANES)) << (64 - shift);
    }
    return width == 64 ? value : value & ((1L << width) - 1);
  }
}
