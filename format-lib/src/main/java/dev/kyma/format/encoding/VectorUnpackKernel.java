package dev.kyma.format.encoding;

import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Unpacking by the Vector API, several lanes at a time. */
final class VectorUnpackKernel implements UnpackKernel {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));
  private static final int LANES = 16;
  private static final int PER_LANE = BitPacking.VECTOR / LANES;

  /** Whether the processor has vectors that divide the lanes evenly. */
  static boolean isSupported() {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
        && SPECIES.length() >= 2
        && LANES % SPECIES.length() == 0;
  }

  private static LongVector load(byte[] words, int at) {
    return ByteVector.fromArray(BYTES, words, at).reinterpretAsLongs();
  }

  @Override
  public void unpack(
      byte[] in, int at, int width, long base, long factor, long[] out, int outFrom) {
    if (width == 0) {
      Arrays.fill(out, outFrom, outFrom + BitPacking.VECTOR, base);
      return;
    }
    long mask = width == 64 ? -1L : (1L << width) - 1;
    boolean scaled = factor != 1;
    int step = SPECIES.length();
    for (int k = 0; k < PER_LANE; k++) {
      int bit = k * width;
      int word = at + (bit >>> 6) * (8 * LANES);
      int shift = bit & 63;
      int to = outFrom + k * LANES;
      boolean split = shift + width > 64;
      for (int lane = 0; lane < LANES; lane += step) {
        LongVector value = load(in, word + 8 * lane).lanewise(VectorOperators.LSHR, shift);
        if (split) {
          LongVector high = load(in, word + 8 * (LANES + lane));
          value = value.or(high.lanewise(VectorOperators.LSHL, 64 - shift));
        }
        value = value.and(mask);
        if (scaled) {
          value = value.mul(factor);
        }
        value.add(base).intoArray(out, to + lane);
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
    int step = SPECIES.length();
    for (int k = 0; k < PER_LANE; k++) {
      int bit = k * width;
      int word = at + (bit >>> 6) * (8 * LANES);
      int shift = bit & 63;
      int to = outFrom + k * LANES;
      boolean split = shift + width > 64;
      for (int lane = 0; lane < LANES; lane += step) {
        LongVector value = load(in, word + 8 * lane).lanewise(VectorOperators.LSHR, shift);
        if (split) {
          LongVector high = load(in, word + 8 * (LANES + lane));
          value = value.or(high.lanewise(VectorOperators.LSHL, 64 - shift));
        }
        IntVector narrow = (IntVector) value.and(mask).convertShape(VectorOperators.L2I, INTS, 0);
        narrow.mul((int) factor).add((int) base).intoArray(out, to + lane);
      }
    }
  }
}
