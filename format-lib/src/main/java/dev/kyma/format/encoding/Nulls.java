package dev.kyma.format.encoding;

import dev.kyma.format.vector.Bits;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are NULL.
 *
 * <pre>
 * nulls := u8 0                     no row
 *        | u8 1                     every row
 *        | u8 2, varint first page  a bitmap; one page of at most 8 KiB, compressed when smaller,
 *                                   for every 65,536 rows
 * </pre>
 */
public final class Nulls {
  static final int NONE = 0;
  static final int ALL = 1;
  static final int BITMAP = 2;

  private static final int PAGE = 65_536;

  private final int rows;
  private final int kind;
  private final int firstPage;
  private final PageSource pages;
  private int pageNumber = -1;
  private long[] page = new long[0];

  private Nulls(int rows, int kind, int firstPage, PageSource pages) {
    this.rows = rows;
    this.kind = kind;
    this.firstPage = firstPage;
    this.pages = pages;
  }

  static void encode(long @Nullable [] nulls, int rows, ChunkWriter chunk) {
    int count = nulls == null ? 0 : Bits.count(nulls, rows);
    if (nulls == null || count == 0) {
      chunk.head().u8(NONE);
    } else if (count == rows) {
      chunk.head().u8(ALL);
    } else {
      chunk.head().u8(BITMAP);
      chunk.head().varint(chunk.pages().size());
      for (int from = 0; from < rows; from += PAGE) {
        int words = Bits.words(Math.min(PAGE, rows - from));
        ByteSink sink = new ByteSink(8 * words);
        for (int i = 0; i < words; i++) {
          sink.i64(nulls[from / 64 + i]);
        }
        chunk.compressedPage(sink);
      }
    }
  }

  static Nulls open(ByteSource head, int rows, PageSource pages) {
    int kind = head.u8(BITMAP);
    int pageCount = (rows + PAGE - 1) / PAGE;
    int firstPage = kind == BITMAP ? head.count((long) pages.pageCount() - pageCount) : 0;
    return new Nulls(rows, kind, firstPage, pages);
  }

  /** Whether every row is NULL. */
  public boolean isAll() {
    return kind == ALL;
  }

  /** Whether no row is. */
  public boolean isNone() {
    return kind == NONE;
  }

  void pages(int from, int to, BitSet needed) {
    if (kind == BITMAP && from < to) {
      needed.set(firstPage + from / PAGE, firstPage + (to - 1) / PAGE + 1);
    }
  }

  /**
   * The bitmap of {@code size} rows from {@code from} on, which is a multiple of 64; null when none
   * of them is NULL.
   */
  long @Nullable [] decode(int from, int size) {
    if (kind == NONE || size == 0) {
      return null;
    }
    long[] words = new long[Bits.words(size)];
    if (kind == ALL) {
      Bits.fill(words, size);
      return words;
    }
    for (int at = 0; at < words.length; ) {
      int row = from + 64 * at;
      load(row / PAGE);
      int word = row % PAGE / 64;
      int taken = Math.min(words.length - at, page.length - word);
      System.arraycopy(page, word, words, at, taken);
      at += taken;
    }
    if ((size & 63) != 0) {
      words[words.length - 1] &= (1L << size) - 1;
    }
    for (long word : words) {
      if (word != 0) {
        return words;
      }
    }
    return null;
  }

  private void load(int number) {
    if (number == pageNumber) {
      return;
    }
    ByteSource source = Compressed.read(pages.page(firstPage + number), pages.key());
    long[] words = new long[Bits.words(Math.min(PAGE, rows - number * PAGE))];
    if (source.remaining() != 8 * words.length) {
      throw source.corrupt(8 * words.length + " bytes", source.remaining() + " bytes");
    }
    Arrays.setAll(words, i -> source.i64());
    page = words;
    pageNumber = number;
  }
}
