package dev.kyma.format.encoding;

import java.util.Arrays;

/**
 * Decides vector by vector whether deltas are packed whole, or narrower around their median with
 * the few that do not fit written out as patches. Used by one thread.
 */
final class DeltaPatching {
  /** Bytes of a patch. */
  static final int PATCH_BYTES = 10;

  private static final int SAMPLES = 33;

  private final long[] counts;
  private final long[] sample = new long[SAMPLES];
  private final int[] widths = new int[65];
  private final long[] greatest = new long[65];

  DeltaPatching(int vectors) {
    counts = new long[vectors];
  }

  /** How many patches each vector has. */
  long[] counts() {
    return counts;
  }

  /**
   * Decides for the values {@code [from, to)}, vector {@code v}.
   *
   * @param step the least delta; becomes the one to count from
   * @param spread how far deltas reach above it, in multiples of the factor; becomes how far those
   *     without patches do
   * @return how many bits the vector takes
   */
  long plan(long[] values, int from, int to, long factor, int v, long[] step, long[] spread) {
    int size = to - from;
    long whole = (long) BitPacking.width(spread[v]) * size;
    if (size < SAMPLES || spread[v] == 0) {
      return whole;
    }
    int stride = (size - 1) / SAMPLES;
    for (int i = 0; i < SAMPLES; i++) {
      int at = from + 1 + i * stride;
      sample[i] = values[at] - values[at - 1];
    }
    Arrays.sort(sample);
    // Around the median, but not so close that half of all deltas fall below it.
    long base = sample[SAMPLES / 2] == sample[SAMPLES / 4] ? sample[SAMPLES / 4] : sample[0];
    Arrays.fill(widths, 0);
    Arrays.fill(greatest, 0);
    for (int i = from + 1; i < to; i++) {
      long packed = values[i] - values[i - 1] - base;
      int width = BitPacking.width(packed);
      widths[width]++;
      if (Long.compareUnsigned(packed, greatest[width]) > 0) {
        greatest[width] = packed;
      }
    }
    int patched = 0;
    long best = whole;
    for (int width = 64; width >= 0; width--) {
      if (patched * 8L * PATCH_BYTES >= best) {
        break;
      }
      long reach = Long.divideUnsigned(reach(width), factor);
      long bits = (long) BitPacking.width(reach) * size + patched * 8L * PATCH_BYTES;
      if (bits < best) {
        best = bits;
        step[v] = base;
        spread[v] = reach;
        counts[v] = patched;
      }
      patched += widths[width];
    }
    return best;
  }

  /** The greatest packed number of at most {@code width} bits. */
  private long reach(int width) {
    for (int w = width; w > 0; w--) {
      if (widths[w] > 0) {
        return greatest[w];
      }
    }
    return 0;
  }
}
