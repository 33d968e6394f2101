package dev.kyma.format.encoding;

import dev.kyma.format.encoding.text.TextDecoder;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Reads log texts stored as templates and variables. */
final class LogTextDecoder implements BytesDecoder {
  private final TextDecoder texts;

  LogTextDecoder(ByteSource head, LogicalType type, int rows, PageSource pages) {
    texts = new TextDecoder(head, type, rows, pages);
  }

  /** The templates, and which rows have them. */
  TextDecoder templates() {
    return texts;
  }

  /** Clears the bits of rows that cannot contain some bytes. */
  void narrow(byte[] part, int from, int size, long[] words) {
    texts.narrow(part, from, size, words);
  }

  @Override
  public void pages(int from, int to, BitSet needed) {
    texts.pages(from, to, needed);
  }

  @Override
  public BytesVector decode(int from, int size, long @Nullable [] nulls, long @Nullable [] wanted) {
    return texts.decode(from, size, nulls, wanted);
  }
}
