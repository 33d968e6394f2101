package dev.kyma.ingest.core.typing;

import dev.kyma.catalog.visibility.RowOp;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.ingest.core.json.LooseValues;
import dev.kyma.ingest.core.json.RawRows;
import dev.kyma.ingest.core.json.ValueKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * What the rows of a part say of their keys: each its own {@code _kyma_op}, {@code "c"}, {@code
 * "u"} or {@code "d"}; a row without one is an upsert.
 */
final class RowOps {
  private static final byte[] NAME =
      ('"' + SystemColumns.OP.name() + '"').getBytes(StandardCharsets.UTF_8);

  private final RowOp[] ops;
  private final BitSet entries;

  private RowOps(RowOp[] ops, BitSet entries) {
    this.ops = ops;
    this.entries = entries;
  }

  /**
   * @param malformed takes each row whose operation is none
   */
  static RowOps of(RawRows rows, IntConsumer malformed) {
    RowOp[] ops = new RowOp[rows.rowCount()];
    Arrays.fill(ops, RowOp.UPSERT);
    BitSet entries = new BitSet();
    LooseValues loose = rows.loose();
    byte[] source = rows.source();
    for (int i = 0; i < loose.count(); i++) {
      if (!Arrays.equals(NAME, 0, NAME.length, source, loose.keyStart(i), loose.keyEnd(i))) {
        continue;
      }
      entries.set(i);
      Optional<RowOp> op =
          loose.kind(i) == ValueKind.TEXT
              ? RowOp.of(
                  new String(
                      source,
                      loose.start(i) + 1,
                      loose.end(i) - loose.start(i) - 2,
                      StandardCharsets.UTF_8))
              : Optional.empty();
      if (op.isPresent()) {
        ops[loose.row(i)] = op.get();
      } else {
        malformed.accept(loose.row(i));
      }
    }
    return new RowOps(ops, entries);
  }

  /** The operations of rows of a table without a primary key, which have none. */
  static RowOps none(RawRows rows) {
    return new RowOps(new RowOp[rows.rowCount()], new BitSet());
  }

  /** Whether a row deletes its key. */
  boolean isTombstone(int row) {
    return ops[row] == RowOp.DELETE;
  }

  /** Whether a loose value is an operation. */
  boolean isOp(int looseEntry) {
    return entries.get(looseEntry);
  }

  /** The column {@code _kyma_op} of all rows. */
  ColumnVector column() {
    BytesVectorBuilder builder = new BytesVectorBuilder(SystemColumns.OP.type(), ops.length);
    for (RowOp op : ops) {
      builder.append(op.code());
    }
    return builder.build();
  }
}
