package dev.kyma.format.encoding;

import java.util.Arrays;
import java.util.BitSet;

/** Reads what {@link LongEncoder} wrote. */
public final class LongDecoder {
  private final int count;
  private final int kind;
  private final long factor;
  private final long[] least;
  private final long[] range;
  private final long[] first;
  private final long[] step;
  private final long[] spread;
  private final long[] patches;
  private final int firstPage;
  private final int[] payload;
  private final PageSource pages;
  private final long[] scratch = new long[BitPacking.VECTOR];
  private int pageNumber = -1;
  private int pageAt;
  private int pageEnd;
  private byte[] page = new byte[0];

  private LongDecoder(ByteSource head, int count, PageSource pages) {
    this.count = count;
    this.pages = pages;
    kind = head.u8(LongEncoder.DELTA);
    factor = head.i64();
    if (kind == LongEncoder.CONSTANT) {
      least = new long[0];
      range = least;
      first = least;
      step = least;
      spread = least;
      patches = least;
      firstPage = 0;
      payload = new int[0];
      return;
    }
    int vectors = (count + BitPacking.VECTOR - 1) / BitPacking.VECTOR;
    boolean delta = kind == LongEncoder.DELTA;
    long[][] table = PackedTable.read(head, delta ? 6 : 2, vectors);
    least = table[0];
    range = table[1];
    first = delta ? table[2] : least;
    step = delta ? table[3] : least;
    spread = delta ? table[4] : range;
    patches = delta ? table[5] : new long[0];
    for (long patched : patches) {
      if (patched < 0 || patched >= BitPacking.VECTOR) {
        throw head.corrupt("patches of a vector", Long.toString(patched));
      }
    }
    int pageCount = (count + LongEncoder.PAGE - 1) / LongEncoder.PAGE;
    firstPage = head.count((long) pages.pageCount() - pageCount);
    payload = new int[vectors];
    int perPage = LongEncoder.PAGE / BitPacking.VECTOR;
    int at = 0;
    for (int v = 0; v < vectors; v++) {
      at = v % perPage == 0 ? 0 : at;
      payload[v] = at;
      at += bytesOf(v);
    }
  }

  private int bytesOf(int vector) {
    int packed = BitPacking.bytes(sizeOf(vector), BitPacking.width(spread[vector]));
    return kind == LongEncoder.DELTA
        ? packed + (int) patches[vector] * DeltaPatching.PATCH_BYTES
        : packed;
  }

  /**
   * Reads the head.
   *
   * @param head stands where the encoder began to write
   * @param count how many values there are
   */
  static LongDecoder open(ByteSource head, int count, PageSource pages) {
    return new LongDecoder(head, count, pages);
  }

  private int sizeOf(int vector) {
    return Math.min(BitPacking.VECTOR, count - vector * BitPacking.VECTOR);
  }

  /** How many values there are. */
  public int count() {
    return count;
  }

  /** Whether all values are the same. */
  public boolean isConstant() {
    return kind == LongEncoder.CONSTANT;
  }

  /** A lower bound of the values of a vector. */
  public long least(int vector) {
    return isConstant() ? factor : least[vector];
  }

  /** An upper bound of the values of a vector. */
  public long greatest(int vector) {
    return isConstant() ? factor : least[vector] + factor * range[vector];
  }

  /** Marks the pages that hold values of {@code [from, to)}. */
  void pages(int from, int to, BitSet needed) {
    if (!isConstant() && from < to) {
      needed.set(firstPage + from / LongEncoder.PAGE, firstPage + (to - 1) / LongEncoder.PAGE + 1);
    }
  }

  /** Decodes {@code size} values from {@code from} on. */
  void decode(int from, int size, long[] out, int outFrom) {
    if (isConstant()) {
      Arrays.fill(out, outFrom, outFrom + size, factor);
      return;
    }
    int row = from;
    int to = outFrom;
    int end = from + size;
    while (row < end) {
      int vector = row / BitPacking.VECTOR;
      int start = vector * BitPacking.VECTOR;
      int vectorSize = sizeOf(vector);
      if (row == start && end - row >= vectorSize) {
        decodeVector(vector, vectorSize, out, to);
        row += vectorSize;
        to += vectorSize;
      } else {
        decodeVector(vector, vectorSize, scratch, 0);
        int taken = Math.min(end, start + vectorSize) - row;
        System.arraycopy(scratch, row - start, out, to, taken);
        row += taken;
        to += taken;
      }
    }
  }

  /** Decodes {@code size} values from {@code from} on, keeping their low 32 bits. */
  void decode(int from, int size, int[] out, int outFrom) {
    if (isConstant()) {
      Arrays.fill(out, outFrom, outFrom + size, (int) factor);
      return;
    }
    int row = from;
    int to = outFrom;
    int end = from + size;
    while (row < end) {
      int vector = row / BitPacking.VECTOR;
      int start = vector * BitPacking.VECTOR;
      int vectorSize = sizeOf(vector);
      if (kind == LongEncoder.FRAME
          && vectorSize == BitPacking.VECTOR
          && row == start
          && end - row >= vectorSize) {
        int width = BitPacking.width(spread[vector]);
        int at = locate(vector, bytesOf(vector));
        UnpackKernel.BEST.unpack(page, at, width, least[vector], factor, out, to);
        row += vectorSize;
        to += vectorSize;
      } else {
        decodeVector(vector, vectorSize, scratch, 0);
        int taken = Math.min(end, start + vectorSize) - row;
        for (int i = 0; i < taken; i++) {
          out[to + i] = (int) scratch[row - start + i];
        }
        row += taken;
        to += taken;
      }
    }
  }

  private void decodeVector(int vector, int size, long[] out, int to) {
    int width = BitPacking.width(spread[vector]);
    int at = locate(vector, bytesOf(vector));
    boolean delta = kind == LongEncoder.DELTA;
    long base = delta ? step[vector] : least[vector];
    if (size == BitPacking.VECTOR) {
      UnpackKernel.BEST.unpack(page, at, width, base, factor, out, to);
    } else {
      for (int i = 0; i < size; i++) {
        out[to + i] = base + factor * BitPacking.getFromRun(page, at, pageEnd, width, i);
      }
    }
    if (delta) {
      patch(vector, at + BitPacking.bytes(size, width), size, out, to);
      long value = first[vector];
      out[to] = value;
      for (int i = 1; i < size; i++) {
        value += out[to + i];
        out[to + i] = value;
      }
    }
  }

  private void patch(int vector, int from, int size, long[] out, int to) {
    int at = from;
    for (long left = patches[vector]; left > 0; left--, at += DeltaPatching.PATCH_BYTES) {
      int place = LittleEndian.getShort(page, at) & 0xFFFF;
      if (place >= size) {
        throw pages.page(pageNumber).corrupt("a place below " + size, Integer.toString(place));
      }
      out[to + place] = LittleEndian.getLong(page, at + 2);
    }
  }

  /** Turns to the page of a vector and returns where in it the vector begins. */
  private int locate(int vector, int bytes) {
    int number = firstPage + vector / (LongEncoder.PAGE / BitPacking.VECTOR);
    if (number != pageNumber) {
      ByteSource source = pages.page(number);
      page = source.array();
      pageAt = source.position();
      pageEnd = pageAt + source.remaining();
      pageNumber = number;
    }
    int at = pageAt + payload[vector];
    if (payload[vector] < 0 || at > pageEnd - bytes) {
      throw pages.page(number).corrupt(bytes + " bytes at " + payload[vector], "a shorter page");
    }
    return at;
  }
}
