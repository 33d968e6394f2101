package dev.kyma.format.encoding;

/**
 * Writes whole numbers: a constant, frame of reference, or deltas, whichever is smallest.
 *
 * <pre>
 * longs     := u8 0, i64 value                                          constant
 *            | u8 1, i64 factor, table{base, range}, pages              frame of reference
 *            | u8 2, i64 factor, table{least, range, first, step, spread, patches}, pages     deltas
 * pages     := varint first page; one page for every 65,536 values
 * </pre>
 *
 * <p>Per vector of 1,024 values, {@code value = base + factor * packed} with {@code range = (max -
 * base) / factor}, packed in as many bits as {@code range} needs. With deltas {@code value(0) =
 * first} and {@code value(i) = value(i - 1) + step + factor * packed(i)}, packed in as many bits as
 * {@code spread} needs, {@code packed(0) = 0}, except for {@code patches} values, for which {@code
 * u16 place, i64 value(i) - value(i - 1)} follows the packed vector; {@code least} and {@code least
 * + factor * range} bound the vector's values. {@code base}, {@code least}, {@code first} and
 * {@code step} are values, {@code range} and {@code spread} multiples of the factor; arithmetic
 * wraps at 64 bits.
 */
final class LongEncoder {
  static final int CONSTANT = 0;
  static final int FRAME = 1;
  static final int DELTA = 2;

  /** Values in a page, a multiple of the vector. */
  static final int PAGE = 65_536;

  /** Deltas must save this much to be worth the slower decoding, in percent. */
  private static final int DELTA_PAYS = 80;

  private LongEncoder() {}

  /** Writes {@code count} values. */
  static void encode(long[] values, int count, ChunkWriter chunk) {
    long least = count == 0 ? 0 : values[0];
    long greatest = least;
    for (int i = 1; i < count; i++) {
      long value = values[i];
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (least == greatest) {
      chunk.head().u8(CONSTANT);
      chunk.head().i64(least);
      return;
    }
    long factor = greatest - least < 0 ? 1 : commonFactor(values, count, least);
    int vectors = (count + BitPacking.VECTOR - 1) / BitPacking.VECTOR;
    long[] min = new long[vectors];
    long[] range = new long[vectors];
    long[] step = new long[vectors];
    long[] spread = new long[vectors];
    DeltaPatching patching = new DeltaPatching(vectors);
    long frameBits = 0;
    long deltaBits = 0;
    for (int v = 0; v < vectors; v++) {
      int from = v * BitPacking.VECTOR;
      int to = Math.min(count, from + BitPacking.VECTOR);
      long low = values[from];
      long high = low;
      long lowDelta = Long.MAX_VALUE;
      long highDelta = Long.MIN_VALUE;
      for (int i = from + 1; i < to; i++) {
        long value = values[i];
        low = Math.min(low, value);
        high = Math.max(high, value);
        long delta = value - values[i - 1];
        lowDelta = Math.min(lowDelta, delta);
        highDelta = Math.max(highDelta, delta);
      }
      if (to - from == 1) {
        lowDelta = 0;
        highDelta = 0;
      }
      min[v] = low;
      range[v] = Long.divideUnsigned(high - low, factor);
      step[v] = lowDelta;
      spread[v] = Long.divideUnsigned(highDelta - lowDelta, factor);
      frameBits += (long) BitPacking.width(range[v]) * (to - from) + 16;
      deltaBits += patching.plan(values, from, to, factor, v, step, spread) + 64;
    }
    if (deltaBits * 100 < frameBits * DELTA_PAYS) {
      long[] first = new long[vectors];
      for (int v = 0; v < vectors; v++) {
        first[v] = values[v * BitPacking.VECTOR];
      }
      chunk.head().u8(DELTA);
      chunk.head().i64(factor);
      long[] patches = patching.counts();
      PackedTable.write(
          chunk.head(), new long[][] {min, range, first, step, spread, patches}, vectors);
      writeDeltas(values, count, factor, step, spread, chunk);
    } else {
      chunk.head().u8(FRAME);
      chunk.head().i64(factor);
      PackedTable.write(chunk.head(), new long[][] {min, range}, vectors);
      writeFrames(values, count, factor, min, range, chunk);
    }
  }

  private static void writeFrames(
      long[] values, int count, long factor, long[] base, long[] range, ChunkWriter chunk) {
    long[] packed = new long[BitPacking.VECTOR];
    ByteSink page = new ByteSink(1 << 16);
    chunk.head().varint(chunk.pages().size());
    for (int v = 0; v < base.length; v++) {
      int from = v * BitPacking.VECTOR;
      int size = Math.min(BitPacking.VECTOR, count - from);
      for (int i = 0; i < size; i++) {
        packed[i] = values[from + i] - base[v];
      }
      divide(packed, size, factor);
      BitPacking.pack(packed, size, BitPacking.width(range[v]), page);
      page = endPage(page, from + size, count, chunk);
    }
  }

  private static void writeDeltas(
      long[] values, int count, long factor, long[] step, long[] spread, ChunkWriter chunk) {
    long[] packed = new long[BitPacking.VECTOR];
    ByteSink page = new ByteSink(1 << 16);
    chunk.head().varint(chunk.pages().size());
    for (int v = 0; v < step.length; v++) {
      int from = v * BitPacking.VECTOR;
      int size = Math.min(BitPacking.VECTOR, count - from);
      packed[0] = 0;
      ByteSink patches = new ByteSink(64);
      for (int i = 1; i < size; i++) {
        long delta = values[from + i] - values[from + i - 1];
        packed[i] = delta - step[v];
        if (Long.compareUnsigned(packed[i], spread[v] * factor) > 0) {
          packed[i] = 0;
          patches.u16(i);
          patches.i64(delta);
        }
      }
      divide(packed, size, factor);
      BitPacking.pack(packed, size, BitPacking.width(spread[v]), page);
      page.bytes(patches.array(), 0, patches.size());
      page = endPage(page, from + size, count, chunk);
    }
  }

  private static void divide(long[] packed, int size, long factor) {
    if (factor != 1) {
      for (int i = 0; i < size; i++) {
        packed[i] = Long.divideUnsigned(packed[i], factor);
      }
    }
  }

  /** Ends the page when it is full or its last vector was the last. */
  private static ByteSink endPage(ByteSink page, int end, int count, ChunkWriter chunk) {
    if (end == count || end % PAGE == 0) {
      chunk.page(page);
      return new ByteSink(1 << 16);
    }
    return page;
  }

  /** The greatest number that divides every value's distance from the least one. */
  private static long commonFactor(long[] values, int count, long least) {
    long factor = 0;
    for (int i = 0; i < count; i++) {
      long distance = values[i] - least;
      if (factor == 0) {
        factor = distance;
      } else if (distance % factor != 0) {
        factor = greatestCommonDivisor(factor, distance % factor);
      }
      if (factor == 1) {
        return 1;
      }
    }
    return factor;
  }

  private static long greatestCommonDivisor(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return x;
  }
}
