package dev.kyma.format.encoding;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Reads hexadecimal text stored as packed bytes. */
final class HexDecoder implements BytesDecoder {
  private static final int PAGE = BytesEncoder.HEX_PAGE;

  private final LogicalType type;
  private final int rows;
  private final int width;
  private final int firstPage;
  private final PageSource pages;
  private int pageNumber = -1;
  private byte[] page = new byte[0];
  private int pageAt;

  HexDecoder(ByteSource head, LogicalType type, int rows, PageSource pages) {
    this.type = type;
    this.rows = rows;
    this.pages = pages;
    width = head.u8(64);
    int pageCount = (rows + PAGE - 1) / PAGE;
    firstPage = head.count((long) pages.pageCount() - pageCount);
  }

  @Override
  public void pages(int from, int to, BitSet needed) {
    if (from < to) {
      needed.set(firstPage + from / PAGE, firstPage + (to - 1) / PAGE + 1);
    }
  }

  @Override
  public BytesVector decode(int from, int size, long @Nullable [] nulls, long @Nullable [] wanted) {
    byte[] data = new byte[size * 2 * width];
    int[] offsets = new int[size + 1];
    int at = 0;
    for (int i = 0; i < size; i++) {
      if ((nulls == null || !Bits.get(nulls, i)) && (wanted == null || Bits.get(wanted, i))) {
        load((from + i) / PAGE);
        HexText.unpack(page, pageAt + (from + i) % PAGE * width, width, data, at);
        at += 2 * width;
      }
      offsets[i + 1] = at;
    }
    return new BytesVector(type, size, data, offsets, nulls);
  }

  private void load(int number) {
    if (number == pageNumber) {
      return;
    }
    ByteSource source = Compressed.read(pages.page(firstPage + number), pages.key());
    int expected = Math.min(PAGE, rows - number * PAGE) * width;
    if (source.remaining() != expected) {
      throw source.corrupt(expected + " bytes", source.remaining() + " bytes");
    }
    page = source.array();
    pageAt = source.position();
    pageNumber = number;
  }
}
