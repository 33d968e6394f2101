package dev.kyma.format.encoding;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Reads byte strings stored in compressed pages. */
final class PagedBytesDecoder implements BytesDecoder {
  private final LogicalType type;
  private final int[] firstRows;
  private final int firstPage;
  private final PageSource pages;
  private int loaded = -1;
  private BytesBlock page = new BytesBlock(new byte[0], new int[1]);

  PagedBytesDecoder(ByteSource head, LogicalType type, int rows, PageSource pages) {
    this.type = type;
    this.pages = pages;
    int count = head.count(pages.pageCount());
    firstRows = new int[count + 1];
    for (int i = 0; i < count; i++) {
      int size = head.count(rows - firstRows[i]);
      if (size == 0) {
        throw head.corrupt("a page with rows", "an empty one");
      }
      firstRows[i + 1] = firstRows[i] + size;
    }
    if (firstRows[count] != rows) {
      throw head.corrupt("pages of " + rows + " rows", firstRows[count] + " rows");
    }
    firstPage = head.count((long) pages.pageCount() - count);
  }

  private int pageOf(int row) {
    int found = Arrays.binarySearch(firstRows, row);
    return found >= 0 ? found : -found - 2;
  }

  @Override
  public void pages(int from, int to, BitSet needed) {
    if (from < to) {
      needed.set(firstPage + pageOf(from), firstPage + pageOf(to - 1) + 1);
    }
  }

  @Override
  public BytesVector decode(int from, int size, long @Nullable [] nulls, long @Nullable [] wanted) {
    int[] offsets = new int[size + 1];
    byte[] data = new byte[0];
    int used = 0;
    int end = from + size;
    int row = from;
    while (row < end) {
      int number = pageOf(row);
      int to = Math.min(end, firstRows[number + 1]);
      if (wanted == null || anySet(wanted, row - from, to - from)) {
        load(number);
        int start = row - firstRows[number];
        int begin = page.offsets()[start];
        int bytes = page.offsets()[start + to - row] - begin;
        if (row == from && to == end) {
          return whole(start, size, nulls);
        }
        if (bytes > data.length - used) {
          long guess = (long) bytes * (end - row) / (to - row) + used;
          long least = (long) used + bytes;
          if (least > Compressed.MAX_LENGTH) {
            throw pages.page(firstPage + number).corrupt("rows of 2 GiB at most", least + " bytes");
          }
          data = Arrays.copyOf(data, (int) Math.max(least, Math.min(guess, Compressed.MAX_LENGTH)));
        }
        System.arraycopy(page.data(), begin, data, used, bytes);
        int shift = used - begin;
        for (int i = row; i < to; i++) {
          offsets[i - from + 1] = page.offsets()[start + i - row + 1] + shift;
        }
        used += bytes;
      } else {
        Arrays.fill(offsets, row - from + 1, to - from + 1, used);
      }
      row = to;
    }
    return new BytesVector(type, size, data, offsets, nulls);
  }

  /** Rows of one page need no copy of their bytes. */
  private BytesVector whole(int start, int size, long @Nullable [] nulls) {
    int[] offsets = Arrays.copyOfRange(page.offsets(), start, start + size + 1);
    return new BytesVector(type, size, page.data(), offsets, nulls);
  }

  private void load(int number) {
    if (number != loaded) {
      ByteSource source = Compressed.read(pages.page(firstPage + number), pages.key());
      page = BytesBlock.read(source, firstRows[number + 1] - firstRows[number]);
      loaded = number;
    }
  }

  private static boolean anySet(long[] words, int from, int to) {
    for (int word = from >>> 6; word <= (to - 1) >>> 6; word++) {
      long bits = words[word];
      if (word == from >>> 6) {
        bits &= -1L << from;
      }
      if (word == (to - 1) >>> 6) {
        bits &= -1L >>> (63 - ((to - 1) & 63));
      }
      if (bits != 0) {
        return true;
      }
    }
    return false;
  }
}
