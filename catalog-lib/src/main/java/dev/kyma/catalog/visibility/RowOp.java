package dev.kyma.catalog.visibility;

import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.Selection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a row of a keyed table says of its key, as {@code _kyma_op} holds it. */
public enum RowOp {
  /** The row is the key's row now, whether there was one or not. */
  UPSERT(SystemColumns.INSERT),
  /** The same; the statement that wrote it saw a row with the key. */
  UPDATE(SystemColumns.UPDATE),
  /** The key has no row any more: a tombstone, of which only the key's columns have values. */
  DELETE(SystemColumns.DELETE);

  private static final byte TOMBSTONE = (byte) SystemColumns.DELETE.charAt(0);

  private final String code;

  RowOp(String code) {
    this.code = code;
  }

  /** The value of {@code _kyma_op}. */
  public String code() {
    return code;
  }

  /** The operation with a code. */
  public static Optional<RowOp> of(String code) {
    for (RowOp op : values()) {
      if (op.code.equals(code)) {
        return Optional.of(op);
      }
    }
    return Optional.empty();
  }

  /**
   * Which rows are tombstones.
   *
   * @param ops the rows' {@code _kyma_op}; null where they were written without, as upserts then
   */
  public static Selection tombstones(@Nullable ColumnVector ops, int rows) {
    long[] words = new long[Bits.words(rows)];
    if (ops instanceof BytesVector text) {
      for (int row = 0; row < rows; row++) {
        if (isTombstone(text, row)) {
          Bits.set(words, row);
        }
      }
    } else if (ops instanceof DictionaryVector coded) {
      for (int row = 0; row < rows; row++) {
        if (!coded.isNull(row) && isTombstone(coded.dictionary(), coded.codes()[row])) {
          Bits.set(words, row);
        }
      }
    }
    return Selection.of(rows, words);
  }

  private static boolean isTombstone(BytesVector text, int row) {
    return text.length(row) == 1 && text.data()[text.offsets()[row]] == TOMBSTONE;
  }
}
