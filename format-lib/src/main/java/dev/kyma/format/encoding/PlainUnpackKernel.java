package dev.kyma.format.encoding;

import java.util.Arrays;

/** Unpacking by plain loops over longs. */
final class PlainUnpackKernel implements UnpackKernel {
  private static final int LANES = 16;
  private static final int PER_LANE = BitPacking.VECTOR / LANES;

  @Override
  public void unpack(
      byte[] in, int at, int width, long base, long factor, long[] out, int outFrom) {
    if (width == 0) {
      Arrays.fill(out, outFrom, outFrom + BitPacking.VECTOR, base);
      return;
    }
    long mask = width == 64 ? -1L : (1L << width) - 1;
    for (int k = 0; k < PER_LANE; k++) {
      int bit = k * width;
      int word = at + (bit >>> 6) * (8 * LANES);
      int shift = bit & 63;
      int to = outFrom + k * LANES;
      if (shift + width <= 64) {
        for (int lane = 0; lane < LANES; lane++) {
          long value = LittleEndian.getLong(in, word + 8 * lane) >>> shift & mask;
          out[to + lane] = base + value * factor;
        }
      } else {
        int next = word + 8 * LANES;
        int left = 64 - shift;
        for (int lane = 0; lane < LANES; lane++) {
          long value =
              (LittleEndian.getLong(in, word + 8 * lane) >>> shift
                      | LittleEndian.getLong(in, next + 8 * lane) << left)
                  & mask;
          out[to + lane] = base + value * factor;
        }
      }
    }
  }

  @Override
  public void unpack(byte[] in, int at, int width, long base, long factor, int[] out, int outFrom) {
    if (width == 0) {
      Arrays.fill(out, outFrom, outFrom + BitPacking.VECTOR, (int) base);
      return;
    }
    long mask = width == 64 ? -1L : (1L << width) - 1;
    int start = (int) base;
    int step = (int) factor;
    for (int k = 0; k < PER_LANE; k++) {
      int bit = k * width;
      int word = at + (bit >>> 6) * (8 * LANES);
      int shift = bit & 63;
      int to = outFrom + k * LANES;
      if (shift + width <= 64) {
        for (int lane = 0; lane < LANES; lane++) {
          int value = (int) (LittleEndian.getLong(in, word + 8 * lane) >>> shift & mask);
          out[to + lane] = start + value * step;
        }
      } else {
        int next = word + 8 * LANES;
        int left = 64 - shift;
        for (int lane = 0; lane < LANES; lane++) {
          int value =
              (int)
                  ((LittleEndian.getLong(in, word + 8 * lane) >>> shift
                          | LittleEndian.getLong(in, next + 8 * lane) << left)
                      & mask);
          out[to + lane] = start + value * step;
        }
      }
    }
  }
}
