package dev.kyma.format.encoding;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.DictionaryVector;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads identifiers stored by a large dictionary in the order of their first appearance. Its
 * entries lie in pages, of which rows that follow each other mostly need one or two: those are the
 * dictionary of the vectors decoded.
 */
final class PagedDictionaryDecoder implements BytesDecoder {
  private static final int MAX_ENTRIES = 1 << 20;
  private static final int VECTOR = 1_024;

  private final LogicalType type;
  private final int entryCount;
  private final int hexWidth;
  private final int firstPage;
  private final LongDecoder codes;
  private final PageSource pages;
  private int from;
  private @Nullable BytesVector entries;

  PagedDictionaryDecoder(ByteSource head, LogicalType type, int rows, PageSource pages) {
    this.type = type;
    this.pages = pages;
    entryCount = head.count(MAX_ENTRIES);
    hexWidth = head.u8(64);
    firstPage = head.count((long) pages.pageCount() - pageOf(entryCount - 1) - 1);
    codes = LongDecoder.open(head, rows, pages);
    if (entryCount == 0 || hexWidth == 0) {
      throw head.corrupt("a dictionary of identifiers", "an empty one");
    }
  }

  private static int pageOf(int code) {
    return code / BytesEncoder.DICTIONARY_PAGE;
  }

  @Override
  public void pages(int fromRow, int toRow, BitSet needed) {
    if (fromRow >= toRow) {
      return;
    }
    codes.pages(fromRow, toRow, needed);
    long least = Long.MAX_VALUE;
    long greatest = -1;
    for (int vector = fromRow / VECTOR; vector <= (toRow - 1) / VECTOR; vector++) {
      least = Math.min(least, codes.least(vector));
      greatest = Math.max(greatest, codes.greatest(vector));
    }
    int low = pageOf((int) Math.clamp(least, 0, entryCount - 1));
    int high = pageOf((int) Math.clamp(greatest, 0, entryCount - 1));
    if (low <= high && !has(low, high)) {
      needed.set(firstPage + low, firstPage + high + 1);
    }
  }

  /** Whether the entries of pages are at hand. */
  private boolean has(int low, int high) {
    BytesVector some = entries;
    return some != null
        && low * BytesEncoder.DICTIONARY_PAGE >= from
        && Math.min(entryCount, (high + 1) * BytesEncoder.DICTIONARY_PAGE) <= from + some.size();
  }

  @Override
  public DictionaryVector decode(
      int fromRow, int size, long @Nullable [] nulls, long @Nullable [] wanted) {
    int[] out = new int[size];
    codes.decode(fromRow, size, out, 0);
    int least = entryCount - 1;
    int greatest = 0;
    for (int code : out) {
      if (Integer.compareUnsigned(code, entryCount) >= 0) {
        throw pages.page(firstPage).corrupt("a code below " + entryCount, "code " + code);
      }
      least = Math.min(least, code);
      greatest = Math.max(greatest, code);
    }
    BytesVector some = entries(pageOf(Math.min(least, greatest)), pageOf(greatest));
    for (int i = 0; i < size; i++) {
      out[i] -= from;
    }
    return new DictionaryVector(size, out, some, nulls);
  }

  private BytesVector entries(int low, int high) {
    BytesVector known = entries;
    if (known != null && has(low, high)) {
      return known;
    }
    int first = low * BytesEncoder.DICTIONARY_PAGE;
    int count = Math.min(entryCount, (high + 1) * BytesEncoder.DICTIONARY_PAGE) - first;
    int width = 2 * hexWidth;
    byte[] data = new byte[count * width];
    int[] offsets = new int[count + 1];
    for (int page = low; page <= high; page++) {
      int at = page * BytesEncoder.DICTIONARY_PAGE;
      int size = Math.min(BytesEncoder.DICTIONARY_PAGE, entryCount - at);
      ByteSource source = Compressed.read(pages.page(firstPage + page), pages.key());
      BytesBlock block = BytesBlock.readHex(source, size, hexWidth);
      System.arraycopy(block.data(), 0, data, (at - first) * width, size * width);
    }
    for (int i = 0; i <= count; i++) {
      offsets[i] = i * width;
    }
    BytesVector read = new BytesVector(type, count, data, offsets, null);
    entries = read;
    from = first;
    return read;
  }
}
