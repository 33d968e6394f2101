package dev.kyma.format.encoding;

import dev.kyma.format.vector.Bits;
import org.jspecify.annotations.Nullable;

/**
 * Writes floating-point numbers: as decimals where nearly all are short ones (the idea of ALP),
 * else as they are.
 *
 * <pre>
 * doubles    := u8 0, zones, u8 width, varint first page        8,192 numbers a page
 *             | u8 1, zones, u8 exponent, longs, varint first exception page
 * zones      := table{least, greatest} per vector of 1,024
 * page       := block{width planes: byte b of every number}
 * exceptions := block{u32 count, count × u16 place, count × f64}    one page for 65,536 numbers
 * </pre>
 *
 * <p>A number is {@code n / 10^exponent} as one division of doubles (rounded to 32 bits when width
 * is 4) unless it is among the exceptions. Zones bound the numbers that are not NULL by their
 * {@link #sortable} form, NaN above all others. Width is 4 for 32-bit numbers, 8 otherwise.
 */
final class DoubleEncoder {
  static final int PLAIN = 0;
  static final int DECIMAL = 1;

  /** Numbers in a page of the plain form. */
  static final int PLAIN_PAGE = 8_192;

  static final int MAX_EXPONENT = 18;

  /** More exceptions than one in this many make the plain form better. */
  private static final int MAX_EXCEPTION_SHARE = 8;

  private static final int SAMPLES = 1_024;
  private static final double EXACT_INTEGERS = 9007199254740992.0;

  private static final double[] POWERS = new double[MAX_EXPONENT + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private DoubleEncoder() {}

  static double power(int exponent) {
    return POWERS[exponent];
  }

  /** The bits of a number, ordered as numbers are with NaN last and -0 before 0. */
  static long sortable(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  /** The number of a {@link #sortable} form. */
  static double fromSortable(long sortable) {
    return Double.longBitsToDouble(sortable ^ (sortable >> 63 & Long.MAX_VALUE));
  }

  /**
   * Writes {@code count} numbers.
   *
   * @param width 4 when every number is a 32-bit one, else 8
   */
  static void encode(
      double[] values, int count, long @Nullable [] nulls, int width, ChunkWriter chunk) {
    int exponent = bestExponent(values, count, nulls, width);
    chunk.head().u8(exponent < 0 ? PLAIN : DECIMAL);
    writeZones(values, count, nulls, chunk);
    if (exponent < 0) {
      chunk.head().u8(width);
      writePlain(values, count, nulls, width, chunk);
    } else {
      chunk.head().u8(exponent | (width == 4 ? 0x80 : 0));
      writeDecimals(values, count, nulls, exponent, width, chunk);
    }
  }

  private static void writeZones(
      double[] values, int count, long @Nullable [] nulls, ChunkWriter chunk) {
    int vectors = (count + BitPacking.VECTOR - 1) / BitPacking.VECTOR;
    long[] least = new long[vectors];
    long[] greatest = new long[vectors];
    for (int v = 0; v < vectors; v++) {
      long low = Long.MAX_VALUE;
      long high = Long.MIN_VALUE;
      int to = Math.min(count, (v + 1) * BitPacking.VECTOR);
      for (int i = v * BitPacking.VECTOR; i < to; i++) {
        if (nulls == null || !Bits.get(nulls, i)) {
          long value = sortable(values[i]);
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      least[v] = low <= high ? low : 0;
      greatest[v] = low <= high ? high : 0;
    }
    PackedTable.write(chunk.head(), new long[][] {least, greatest}, vectors);
  }

  /** Whether {@code n / 10^exponent} gives back exactly this number. */
  private static boolean fits(double value, long n, int exponent, int width) {
    double quotient = n / POWERS[exponent];
    double back = width == 4 ? (float) quotient : quotient;
    return Double.doubleToRawLongBits(back) == Double.doubleToRawLongBits(value);
  }

  private static long scaled(double value, int exponent) {
    double product = value * POWERS[exponent];
    return Math.abs(product) < EXACT_INTEGERS ? Math.round(product) : Long.MIN_VALUE;
  }

  /** The exponent that suits most of a sample; -1 when none suits enough. */
  private static int bestExponent(double[] values, int count, long @Nullable [] nulls, int width) {
    int[] fitting = new int[MAX_EXPONENT + 1];
    int samples = 0;
    int stride = Math.max(1, count / SAMPLES);
    for (int i = 0; i < count; i += stride) {
      if (nulls != null && Bits.get(nulls, i)) {
        continue;
      }
      samples++;
      for (int e = 0; e <= MAX_EXPONENT; e++) {
        long n = scaled(values[i], e);
        if (n != Long.MIN_VALUE && fits(values[i], n, e, width)) {
          fitting[e]++;
        }
      }
    }
    int best = 0;
    for (int e = 1; e <= MAX_EXPONENT; e++) {
      best = fitting[e] > fitting[best] ? e : best;
    }
    return samples - fitting[best] <= samples / MAX_EXCEPTION_SHARE ? best : -1;
  }

  private static void writeDecimals(
      double[] values,
      int count,
      long @Nullable [] nulls,
      int exponent,
      int width,
      ChunkWriter chunk) {
    long[] scaled = new long[count];
    boolean[] exception = new boolean[count];
    long previous = 0;
    for (int i = 0; i < count; i++) {
      if (nulls == null || !Bits.get(nulls, i)) {
        long n = scaled(values[i], exponent);
        if (n != Long.MIN_VALUE && fits(values[i], n, exponent, width)) {
          previous = n;
        } else {
          exception[i] = true;
        }
      }
      scaled[i] = previous;
    }
    LongEncoder.encode(scaled, count, chunk);
    chunk.head().varint(chunk.pages().size());
    for (int from = 0; from < count; from += LongEncoder.PAGE) {
      ByteSink places = new ByteSink(64);
      ByteSink numbers = new ByteSink(64);
      int to = Math.min(count, from + LongEncoder.PAGE);
      for (int i = from; i < to; i++) {
        if (exception[i]) {
          places.u16(i - from);
          numbers.i64(Double.doubleToRawLongBits(values[i]));
        }
      }
      ByteSink page = new ByteSink(4 + places.size() + numbers.size());
      page.i32(places.size() / 2);
      page.bytes(places.array(), 0, places.size());
      page.bytes(numbers.array(), 0, numbers.size());
      chunk.compressedPage(page);
    }
  }

  private static void writePlain(
      double[] values, int count, long @Nullable [] nulls, int width, ChunkWriter chunk) {
    chunk.head().varint(chunk.pages().size());
    for (int from = 0; from < count; from += PLAIN_PAGE) {
      int size = Math.min(PLAIN_PAGE, count - from);
      ByteSink page = new ByteSink(size * width);
      int at = page.reserve(size * width);
      byte[] out = page.array();
      for (int i = 0; i < size; i++) {
        double value = nulls != null && Bits.get(nulls, from + i) ? 0 : values[from + i];
        long bits =
            width == 4 ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value);
        for (int b = 0; b < width; b++) {
          out[at + b * size + i] = (byte) (bits >>> (8 * b));
        }
      }
      chunk.compressedPage(page);
    }
  }
}
