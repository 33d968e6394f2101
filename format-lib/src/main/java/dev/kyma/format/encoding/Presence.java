package dev.kyma.format.encoding;

import dev.kyma.format.vector.Bits;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Which rows have a value of a shredded path, and how many before them. */
abstract sealed class Presence {
  private static final int STRETCH = DynamicEncoder.STRETCH;

  private final int[] before;
  private final int rows;

  private Presence(int[] before, int rows) {
    this.before = before;
    this.rows = rows;
  }

  /** How many values there are in all rows. */
  int count() {
    return before[before.length - 1];
  }

  /** A row that is no later than {@code from} and before which the values are counted. */
  static int countedFrom(int from) {
    return from / STRETCH * STRETCH;
  }

  /** The first value that may belong to rows from {@code from} on. */
  int firstValue(int from) {
    return before[from / STRETCH];
  }

  /** The first value that belongs to no row before {@code to}. */
  int endValue(int to) {
    return before[(to + STRETCH - 1) / STRETCH];
  }

  /** How many rows before {@code from}, a multiple of 64, have a value. */
  int rank(int from) {
    int start = countedFrom(from);
    int rank = before[from / STRETCH];
    if (from > start) {
      rank += Bits.count(bits(start, from - start), from - start);
    }
    return rank;
  }

  int rows() {
    return rows;
  }

  /** Marks the pages needed for rows {@code [from, to)}. */
  abstract void pages(int from, int to, BitSet needed);

  /** The rows that have a value, of {@code size} rows from {@code from} on, a multiple of 64. */
  abstract long[] bits(int from, int size);

  /** Said by the texts that are left, which are few. */
  static final class ByShape extends Presence {
    private final DictionaryDecoder shapes;
    private final Nulls nulls;
    private final int page;
    private final PageSource pages;
    private boolean @Nullable [] having;

    ByShape(
        int[] before, int rows, DictionaryDecoder shapes, Nulls nulls, int page, PageSource pages) {
      super(before, rows);
      this.shapes = shapes;
      this.nulls = nulls;
      this.page = page;
      this.pages = pages;
    }

    @Override
    void pages(int from, int to, BitSet needed) {
      if (from < to) {
        if (having == null) {
          needed.set(page);
        }
        shapes.codes().pages(countedFrom(from), to, needed);
        nulls.pages(countedFrom(from), to, needed);
      }
    }

    @Override
    long[] bits(int from, int size) {
      boolean[] table = having();
      int[] codes = shapes.codesOf(from, size);
      long[] bits = new long[Bits.words(size)];
      for (int word = 0; word < bits.length; word++) {
        int end = Math.min(size, 64 * (word + 1));
        long found = 0;
        for (int i = 64 * word; i < end; i++) {
          found |= table[codes[i]] ? 1L << i : 0;
        }
        bits[word] = found;
      }
      long[] absent = nulls.decode(from, size);
      if (absent != null) {
        for (int i = 0; i < bits.length; i++) {
          bits[i] &= ~absent[i];
        }
      }
      return bits;
    }

    private boolean[] having() {
      boolean[] table = having;
      if (table == null) {
        ByteSource source = Compressed.read(pages.page(page), pages.key());
        int entries = shapes.entryCount();
        if (source.remaining() != 8 * Bits.words(entries)) {
          throw source.corrupt("a bitmap of " + entries, source.remaining() + " bytes");
        }
        table = new boolean[entries];
        byte[] bytes = source.array();
        int at = source.position();
        for (int i = 0; i < entries; i++) {
          table[i] = (bytes[at + i / 8] >> i % 8 & 1) != 0;
        }
        having = table;
      }
      return table;
    }
  }

  /** Said by bitmaps. */
  static final class ByBitmap extends Presence {
    private static final int PAGE = LongEncoder.PAGE;

    private final int firstPage;
    private final PageSource pages;
    private int loaded = -1;
    private long[] words = new long[0];

    ByBitmap(int[] before, int rows, int firstPage, PageSource pages) {
      super(before, rows);
      this.firstPage = firstPage;
      this.pages = pages;
      if (firstPage + (rows + PAGE - 1) / PAGE > pages.pageCount()) {
        throw pages.page(0).corrupt("pages of bitmaps", "too few pages");
      }
    }

    @Override
    void pages(int from, int to, BitSet needed) {
      if (from < to) {
        needed.set(firstPage + countedFrom(from) / PAGE, firstPage + (to - 1) / PAGE + 1);
      }
    }

    @Override
    long[] bits(int from, int size) {
      long[] bits = new long[Bits.words(size)];
      for (int at = 0; at < bits.length; ) {
        int row = from + 64 * at;
        load(row / PAGE);
        int word = row % PAGE / 64;
        int taken = Math.min(bits.length - at, words.length - word);
        System.arraycopy(words, word, bits, at, taken);
        at += taken;
      }
      if ((size & 63) != 0) {
        bits[bits.length - 1] &= (1L << size) - 1;
      }
      return bits;
    }

    private void load(int number) {
      if (number == loaded) {
        return;
      }
      ByteSource source = Compressed.read(pages.page(firstPage + number), pages.key());
      long[] read = new long[Bits.words(Math.min(PAGE, rows() - number * PAGE))];
      if (source.remaining() != 8 * read.length) {
        throw source.corrupt(8 * read.length + " bytes", source.remaining() + " bytes");
      }
      for (int i = 0; i < read.length; i++) {
        read[i] = source.i64();
      }
      words = read;
      loaded = number;
    }
  }
}
