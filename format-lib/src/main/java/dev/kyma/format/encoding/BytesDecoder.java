package dev.kyma.format.encoding;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BytesEncoder} wrote. */
sealed interface BytesDecoder
    permits DictionaryDecoder,
        HexDecoder,
        LogTextDecoder,
        PagedBytesDecoder,
        PagedDictionaryDecoder {

  /** Reads the head. */
  static BytesDecoder open(ByteSource head, LogicalType type, int rows, PageSource pages) {
    return switch (head.u8()) {
      case BytesEncoder.DICTIONARY -> new DictionaryDecoder(head, type, rows, pages);
      case BytesEncoder.HEX -> new HexDecoder(head, type, rows, pages);
      case BytesEncoder.PAGES -> new PagedBytesDecoder(head, type, rows, pages);
      case BytesEncoder.PAGED_DICTIONARY -> new PagedDictionaryDecoder(head, type, rows, pages);
      case BytesEncoder.TEXT -> new LogTextDecoder(head, type, rows, pages);
      default -> throw head.corrupt("an encoding of byte strings", "another");
    };
  }

  /** Marks the pages that hold rows of {@code [from, to)}. */
  void pages(int from, int to, BitSet needed);

  /**
   * Decodes rows.
   *
   * @param wanted the rows whose values matter, counted from {@code from}; null for all. Others may
   *     come out as anything
   */
  ColumnVector decode(int from, int size, long @Nullable [] nulls, long @Nullable [] wanted);
}
