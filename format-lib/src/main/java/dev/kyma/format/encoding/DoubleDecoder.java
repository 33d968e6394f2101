package dev.kyma.format.encoding;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Reads what {@link DoubleEncoder} wrote. */
final class DoubleDecoder {
  private final int count;
  private final long[] least;
  private final long[] greatest;
  private final int width;
  private final int exponent;
  private final @Nullable LongDecoder decimals;
  private final int firstPage;
  private final PageSource pages;
  private int loaded = -1;
  private byte[] page = new byte[0];
  private int pageAt;
  private int exceptions;
  private long[] scratch = new long[0];

  DoubleDecoder(ByteSource head, int count, PageSource pages) {
    this.count = count;
    this.pages = pages;
    int kind = head.u8(DoubleEncoder.DECIMAL);
    int vectors = (count + BitPacking.VECTOR - 1) / BitPacking.VECTOR;
    long[][] zones = PackedTable.read(head, 2, vectors);
    least = zones[0];
    greatest = zones[1];
    int form = head.u8();
    int perPage;
    if (kind == DoubleEncoder.PLAIN) {
      if (form != 4 && form != 8) {
        throw head.corrupt("a width of 4 or 8", Integer.toString(form));
      }
      width = form;
      exponent = 0;
      decimals = null;
      perPage = DoubleEncoder.PLAIN_PAGE;
    } else {
      width = (form & 0x80) != 0 ? 4 : 8;
      exponent = form & 0x7F;
      if (exponent > DoubleEncoder.MAX_EXPONENT) {
        throw head.corrupt("an exponent", Integer.toString(exponent));
      }
      decimals = LongDecoder.open(head, count, pages);
      perPage = LongEncoder.PAGE;
    }
    firstPage = head.count((long) pages.pageCount() - (count + perPage - 1) / perPage);
  }

  /** A lower bound of the numbers in a vector that are not NULL. */
  double least(int vector) {
    return DoubleEncoder.fromSortable(least[vector]);
  }

  /** An upper bound of the numbers in a vector that are not NULL, NaN being the greatest. */
  double greatest(int vector) {
    return DoubleEncoder.fromSortable(greatest[vector]);
  }

  void pages(int from, int to, BitSet needed) {
    if (from < to) {
      int perPage = decimals == null ? DoubleEncoder.PLAIN_PAGE : LongEncoder.PAGE;
      needed.set(firstPage + from / perPage, firstPage + (to - 1) / perPage + 1);
      if (decimals != null) {
        decimals.pages(from, to, needed);
      }
    }
  }

  void decode(int from, int size, double[] out) {
    if (decimals == null) {
      decodePlain(from, size, out);
    } else {
      decodeDecimals(decimals, from, size, out);
    }
  }

  private void decodeDecimals(LongDecoder numbers, int from, int size, double[] out) {
    if (scratch.length < size) {
      scratch = new long[size];
    }
    long[] scaled = scratch;
    numbers.decode(from, size, scaled, 0);
    double power = DoubleEncoder.power(exponent);
    if (exponent == 0) {
      for (int i = 0; i < size; i++) {
        out[i] = scaled[i];
      }
    } else {
      for (int i = 0; i < size; i++) {
        out[i] = scaled[i] / power;
      }
    }
    if (width == 4) {
      for (int i = 0; i < size; i++) {
        out[i] = (float) out[i];
      }
    }
    int end = from + size;
    for (int number = from / LongEncoder.PAGE; number * LongEncoder.PAGE < end; number++) {
      load(number);
      int start = number * LongEncoder.PAGE;
      int values = pageAt + 2 * exceptions;
      for (int i = 0; i < exceptions; i++) {
        int row = start + (LittleEndian.getShort(page, pageAt + 2 * i) & 0xFFFF);
        if (row >= from && row < end) {
          out[row - from] = Double.longBitsToDouble(LittleEndian.getLong(page, values + 8 * i));
        }
      }
    }
  }

  private void decodePlain(int from, int size, double[] out) {
    for (int i = 0; i < size; ) {
      int row = from + i;
      int number = row / DoubleEncoder.PLAIN_PAGE;
      load(number);
      int start = number * DoubleEncoder.PLAIN_PAGE;
      int pageSize = Math.min(DoubleEncoder.PLAIN_PAGE, count - start);
      int taken = Math.min(size - i, start + pageSize - row);
      for (int k = 0; k < taken; k++) {
        long bits = 0;
        for (int b = 0; b < width; b++) {
          bits |= (page[pageAt + b * pageSize + row - start + k] & 0xFFL) << (8 * b);
        }
        out[i + k] = width == 4 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
      }
      i += taken;
    }
  }

  private void load(int number) {
    if (number == loaded) {
      return;
    }
    ByteSource source = Compressed.read(pages.page(firstPage + number), pages.key());
    if (decimals == null) {
      int expected =
          width * Math.min(DoubleEncoder.PLAIN_PAGE, count - number * DoubleEncoder.PLAIN_PAGE);
      if (source.remaining() != expected) {
        throw source.corrupt(expected + " bytes", source.remaining() + " bytes");
      }
    } else {
      int found = source.i32();
      if (found < 0 || found > LongEncoder.PAGE || source.remaining() != 10 * found) {
        throw source.corrupt(found + " exceptions", source.remaining() + " bytes");
      }
      exceptions = found;
    }
    page = source.array();
    pageAt = source.position();
    loaded = number;
  }
}
