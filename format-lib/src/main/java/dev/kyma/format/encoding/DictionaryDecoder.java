package dev.kyma.format.encoding;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.DictionaryVector;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Reads byte strings stored by dictionary. */
final class DictionaryDecoder implements BytesDecoder {
  private static final int MAX_ENTRIES = 1 << 20;

  private final LogicalType type;
  private final int entryCount;
  private final int hexWidth;
  private final int entriesPage;
  private final LongDecoder codes;
  private final PageSource pages;
  private @Nullable BytesVector entries;

  DictionaryDecoder(ByteSource head, LogicalType type, int rows, PageSource pages) {
    this.type = type;
    this.pages = pages;
    entryCount = head.count(MAX_ENTRIES);
    hexWidth = head.u8(64);
    head.u8(1);
    entriesPage = head.count(pages.pageCount() - 1L);
    codes = LongDecoder.open(head, rows, pages);
    if (entryCount == 0) {
      throw head.corrupt("a dictionary with entries", "an empty one");
    }
  }

  /** The code of every row, its bounds per vector. */
  LongDecoder codes() {
    return codes;
  }

  /** How many entries there are. */
  int entryCount() {
    return entryCount;
  }

  /** The codes of rows, each of which is the place of an entry. */
  int[] codesOf(int from, int size) {
    int[] out = new int[size];
    codes.decode(from, size, out, 0);
    int greatest = 0;
    for (int code : out) {
      greatest = Integer.compareUnsigned(code, greatest) > 0 ? code : greatest;
    }
    if (size > 0 && Integer.compareUnsigned(greatest, entryCount) >= 0) {
      throw pages.page(entriesPage).corrupt("a code below " + entryCount, "code " + greatest);
    }
    return out;
  }

  /** The entries; the same object every time. */
  BytesVector entries() {
    if (entries == null) {
      ByteSource source = Compressed.read(pages.page(entriesPage), pages.key());
      BytesBlock block =
          hexWidth > 0
              ? BytesBlock.readHex(source, entryCount, hexWidth)
              : BytesBlock.read(source, entryCount);
      entries = new BytesVector(type, entryCount, block.data(), block.offsets(), null);
    }
    return entries;
  }

  @Override
  public void pages(int from, int to, BitSet needed) {
    if (from < to) {
      if (entries == null) {
        needed.set(entriesPage);
      }
      codes.pages(from, to, needed);
    }
  }

  @Override
  public DictionaryVector decode(
      int from, int size, long @Nullable [] nulls, long @Nullable [] wanted) {
    return new DictionaryVector(size, codesOf(from, size), entries(), nulls);
  }
}
