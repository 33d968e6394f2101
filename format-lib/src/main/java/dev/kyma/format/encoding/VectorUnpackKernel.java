package dev.kyma.format.encoding;

import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Unpacking by the Vector API, several lanes at a time.
 *
 * <p>Goes word by word through two registers' worth of lanes, so that a word is loaded once and the
 * shift changes outside the data: what is left a number is a shift, a mask, an addition and the
 * store, and the store is what the time goes into.
 */
final class VectorUnpackKernel implements UnpackKernel {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));
  private static final int LANES = 16;
  private static final int STEP = SPECIES.length();

  /** From one word of a lane to its next, in bytes. */
  private static final int NEXT = 8 * LANES;

  /** Whether the processor has vectors two of which divide the lanes evenly. */
  static boolean isSupported() {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
        && STEP >= 2
        && LANES % (2 * STEP) == 0;
  }

  private static LongVector load(byte[] words, int at) {
    return ByteVector.fromArray(BYTES, words, at).reinterpretAsLongs();
  }

  /** The number that begins at {@code shift} of one word and ends in the next. */
  private static LongVector across(LongVector word, LongVector next, int shift) {
    return word.lanewise(VectorOperators.LSHR, shift)
        .or(next.lanewise(VectorOperators.LSHL, 64 - shift));
  }

  @Override
  public void unpack(
      byte[] in, int at, int width, long base, long factor, long[] out, int outFrom) {
    if (width == 0) {
      Arrays.fill(out, outFrom, outFrom + BitPacking.VECTOR, base);
    } else if (factor == 1) {
      unpack(in, at, width, base, out, outFrom);
    } else {
      scaled(in, at, width, base, factor, out, outFrom);
    }
  }

  private static void unpack(byte[] in, int at, int width, long base, long[] out, int outFrom) {
    LongVector mask = LongVector.broadcast(SPECIES, -1L >>> (64 - width));
    LongVector start = LongVector.broadcast(SPECIES, base);
    for (int lane = 0; lane < LANES; lane += 2 * STEP) {
      int to = outFrom + lane;
      int word = at + 8 * lane;
      int last = word + (width - 1) * NEXT;
      int shift = 0;
      LongVector left = load(in, word);
      LongVector right = load(in, word + 8 * STEP);
      while (true) {
        while (shift + width <= 64) {
          left.lanewise(VectorOperators.LSHR, shift).and(mask).add(start).intoArray(out, to);
          right
              .lanewise(VectorOperators.LSHR, shift)
              .and(mask)
              .add(start)
              .intoArray(out, to + STEP);
          shift += width;
          to += LANES;
        }
        if (word == last) {
          break;
        }
        word += NEXT;
        LongVector nextLeft = load(in, word);
        LongVector nextRight = load(in, word + 8 * STEP);
        if (shift < 64) {
          across(left, nextLeft, shift).and(mask).add(start).intoArray(out, to);
          across(right, nextRight, shift).and(mask).add(start).intoArray(out, to + STEP);
          shift += width;
          to += LANES;
        }
        shift -= 64;
        left = nextLeft;
        right = nextRight;
      }
    }
  }

  private static void scaled(
      byte[] in, int at, int width, long base, long factor, long[] out, int outFrom) {
    LongVector mask = LongVector.broadcast(SPECIES, -1L >>> (64 - width));
    LongVector start = LongVector.broadcast(SPECIES, base);
    LongVector times = LongVector.broadcast(SPECIES, factor);
    for (int lane = 0; lane < LANES; lane += 2 * STEP) {
      int to = outFrom + lane;
      int word = at + 8 * lane;
      int last = word + (width - 1) * NEXT;
      int shift = 0;
      LongVector left = load(in, word);
      LongVector right = load(in, word + 8 * STEP);
      while (true) {
        while (shift + width <= 64) {
          left.lanewise(VectorOperators.LSHR, shift)
              .and(mask)
              .mul(times)
              .add(start)
              .intoArray(out, to);
          right
              .lanewise(VectorOperators.LSHR, shift)
              .and(mask)
              .mul(times)
              .add(start)
              .intoArray(out, to + STEP);
          shift += width;
          to += LANES;
        }
        if (word == last) {
          break;
        }
        word += NEXT;
        LongVector nextLeft = load(in, word);
        LongVector nextRight = load(in, word + 8 * STEP);
        if (shift < 64) {
          across(left, nextLeft, shift).and(mask).mul(times).add(start).intoArray(out, to);
          across(right, nextRight, shift).and(mask).mul(times).add(start).intoArray(out, to + STEP);
          shift += width;
          to += LANES;
        }
        shift -= 64;
        left = nextLeft;
        right = nextRight;
      }
    }
  }

  @Override
  public void unpack(byte[] in, int at, int width, long base, long factor, int[] out, int outFrom) {
    if (width == 0) {
      Arrays.fill(out, outFrom, outFrom + BitPacking.VECTOR, (int) base);
      return;
    }
    LongVector mask = LongVector.broadcast(SPECIES, -1L >>> (64 - width));
    IntVector start = IntVector.broadcast(INTS, (int) base);
    IntVector times = IntVector.broadcast(INTS, (int) factor);
    for (int lane = 0; lane < LANES; lane += 2 * STEP) {
      int to = outFrom + lane;
      int word = at + 8 * lane;
      int last = word + (width - 1) * NEXT;
      int shift = 0;
      LongVector left = load(in, word);
      LongVector right = load(in, word + 8 * STEP);
      while (true) {
        while (shift + width <= 64) {
          narrow(left.lanewise(VectorOperators.LSHR, shift).and(mask), times, start, out, to);
          narrow(
              right.lanewise(VectorOperators.LSHR, shift).and(mask), times, start, out, to + STEP);
          shift += width;
          to += LANES;
        }
        if (word == last) {
          break;
        }
        word += NEXT;
        LongVector nextLeft = load(in, word);
        LongVector nextRight = load(in, word + 8 * STEP);
        if (shift < 64) {
          narrow(across(left, nextLeft, shift).and(mask), times, start, out, to);
          narrow(across(right, nextRight, shift).and(mask), times, start, out, to + STEP);
          shift += width;
          to += LANES;
        }
        shift -= 64;
        left = nextLeft;
        right = nextRight;
      }
    }
  }

  private static void narrow(
      LongVector value, IntVector times, IntVector start, int[] out, int to) {
    IntVector narrow = (IntVector) value.convertShape(VectorOperators.L2I, INTS, 0);
    narrow.mul(times).add(start).intoArray(out, to);
  }
}
