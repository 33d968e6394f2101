package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.ByteSink;
import dev.kyma.format.encoding.ByteSource;
import dev.kyma.format.encoding.Compressed;
import dev.kyma.format.encoding.PageSource;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link TextEncoder} wrote. Used by one thread at a time. */
public final class TextDecoder {
  private static final int PAGES_PER_STRETCH = 2;

  private final LogicalType type;
  private final int rows;
  private final int templatesPage;
  private final int dictionaryPages;
  private final int firstPage;
  private final PageSource pages;
  private final StoredColumn.TextPages dictionaries;
  private @Nullable StoredTemplates templates;
  private @Nullable Stretch stretch;
  private int opened = -1;
  private @Nullable PartSearch search;
  private byte[] searched = new byte[0];

  /** Reads the head, which stands after the kind. */
  public TextDecoder(ByteSource head, LogicalType type, int rows, PageSource pages) {
    this.type = type;
    this.rows = rows;
    this.pages = pages;
    dictionaries = new StoredColumn.TextPages(pages);
    dictionaryPages = head.count(pages.pageCount());
    templatesPage = head.count(pages.pageCount() - 1L);
    int count = PAGES_PER_STRETCH * ((rows + Stretch.ROWS - 1) / Stretch.ROWS);
    firstPage = head.count((long) pages.pageCount() - count);
    if (templatesPage < dictionaryPages) {
      throw head.corrupt("dictionaries before page " + templatesPage, dictionaryPages + " pages");
    }
  }

  /** Marks the pages that hold rows of {@code [from, to)}. */
  public void pages(int from, int to, BitSet needed) {
    if (from >= to) {
      return;
    }
    if (templates == null) {
      needed.set(templatesPage);
    }
    for (int page = templatesPage - dictionaryPages; page < templatesPage; page++) {
      if (!dictionaries.isRead(page)) {
        needed.set(page);
      }
    }
    int first = firstPage + PAGES_PER_STRETCH * (from / Stretch.ROWS);
    needed.set(first, firstPage + PAGES_PER_STRETCH * ((to - 1) / Stretch.ROWS + 1));
  }

  private StoredTemplates templates() {
    StoredTemplates known = templates;
    if (known == null) {
      ByteSource source = Compressed.read(pages.page(templatesPage), pages.key());
      known = new StoredTemplates(source, pages);
      templates = known;
    }
    return known;
  }

  /** How many templates there are; template 0 stands for rows that are kept whole. */
  public int templateCount() {
    return templates().slots.length;
  }

  /**
   * What rows of a template have in common: the bytes before the first variable, between each two,
   * and after the last; of template 0 nothing is known.
   */
  public List<byte[]> literals(int template) {
    StoredTemplates known = templates();
    int[] places = known.literals[template];
    List<byte[]> literals = new ArrayList<>();
    for (int i = 0; i < places.length; i += 2) {
      literals.add(Arrays.copyOfRange(known.text, places[i], places[i + 1]));
    }
    return literals;
  }

  /** The templates of rows {@code [from, from + size)}; needs their pages of codes only. */
  public int[] codes(int from, int size) {
    int[] codes = new int[size];
    for (int row = from; row < from + size; ) {
      int number = row / Stretch.ROWS;
      int[] all = codesOf(number);
      int start = row - number * Stretch.ROWS;
      int taken = Math.min(all.length - start, from + size - row);
      System.arraycopy(all, start, codes, row - from, taken);
      row += taken;
    }
    return codes;
  }

  private int[] codesOf(int number) {
    int size = Math.min(Stretch.ROWS, rows - number * Stretch.ROWS);
    ByteSource source = pages.page(firstPage + PAGES_PER_STRETCH * number);
    long[] read = new long[size];
    NumberStream.decode(source, pages.key(), size, read);
    int[] codes = new int[size];
    int limit = templateCount();
    for (int i = 0; i < size; i++) {
      if (read[i] < 0 || read[i] >= limit) {
        throw source.corrupt("a template below " + limit, Long.toString(read[i]));
      }
      codes[i] = (int) read[i];
    }
    if (source.remaining() != 0) {
      throw source.corrupt("the end of the codes", source.remaining() + " bytes more");
    }
    return codes;
  }

  private Stretch stretch(int number) {
    Stretch known = stretch;
    if (known == null || opened != number) {
      ByteSource page = pages.page(firstPage + PAGES_PER_STRETCH * number + 1);
      known = new Stretch(templates(), dictionaries, page, pages.key(), codesOf(number));
      stretch = known;
      opened = number;
    }
    return known;
  }

  /**
   * Clears the bits of rows that cannot contain some bytes; others may not contain them either.
   *
   * @param part the bytes; when there are none nothing is cleared
   * @param from the row of the first bit
   */
  public void narrow(byte[] part, int from, int size, long[] words) {
    if (part.length == 0) {
      return;
    }
    PartSearch known = search;
    if (known == null || !Arrays.equals(part, searched)) {
      known = new PartSearch(part, templates(), dictionaries);
      search = known;
      searched = part.clone();
    }
    int end = from + size;
    for (int row = from; row < end; ) {
      int number = row / Stretch.ROWS;
      int to = Math.min(end, (number + 1) * Stretch.ROWS);
      int start = number * Stretch.ROWS;
      stretch(number).narrow(known, row - start, to - start, words, row - from);
      row = to;
    }
  }

  /**
   * Decodes rows.
   *
   * @param wanted the rows whose values matter, counted from {@code from}; null for all. Others are
   *     empty
   */
  public BytesVector decode(int from, int size, long @Nullable [] nulls, long @Nullable [] wanted) {
    int[] offsets = new int[size + 1];
    ByteSink out = new ByteSink(64 + 32 * size);
    int end = from + size;
    for (int row = from; row < end; ) {
      int number = row / Stretch.ROWS;
      int to = Math.min(end, (number + 1) * Stretch.ROWS);
      Stretch open = null;
      for (; row < to; row++) {
        int i = row - from;
        if ((wanted == null || Bits.get(wanted, i)) && (nulls == null || !Bits.get(nulls, i))) {
          if (open == null) {
            open = stretch(number);
          }
          open.seek(row - number * Stretch.ROWS);
          open.write(out);
        }
        offsets[i + 1] = out.size();
      }
    }
    return new BytesVector(type, size, out.array(), offsets, nulls);
  }
}
