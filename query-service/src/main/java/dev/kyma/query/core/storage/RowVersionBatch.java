package dev.kyma.query.core.storage;

import dev.kyma.catalog.visibility.RowOp;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Concat;
import java.util.ArrayList;
import java.util.List;

/**
 * Versions of rows of a keyed table, to be written to its log.
 *
 * @param op what the versions do to their keys
 * @param columns the names of the batch's columns: all of the table's, or its key for tombstones
 * @param rows the rows, all of them meant
 */
public record RowVersionBatch(RowOp op, List<String> columns, Batch rows) {
  public RowVersionBatch {
    columns = List.copyOf(columns);
  }

  /**
   * The same versions in the same order, small batches that follow each other put together.
   *
   * @param rows a batch of so many rows is not made larger
   */
  public static List<RowVersionBatch> joined(List<RowVersionBatch> batches, int rows) {
    List<RowVersionBatch> joined = new ArrayList<>();
    List<RowVersionBatch> open = new ArrayList<>();
    int count = 0;
    for (RowVersionBatch batch : batches) {
      boolean fits =
          open.isEmpty() || open.getFirst().op == batch.op && count + batch.rows.rowCount() <= rows;
      if (!fits) {
        joined.add(one(open));
        open.clear();
        count = 0;
      }
      open.add(batch);
      count += batch.rows.rowCount();
    }
    if (!open.isEmpty()) {
      joined.add(one(open));
    }
    return joined;
  }

  private static RowVersionBatch one(List<RowVersionBatch> batches) {
    RowVersionBatch first = batches.getFirst();
    if (batches.size() == 1) {
      return first;
    }
    List<LogicalType> types = first.rows.columns().stream().map(ColumnVector::type).toList();
    Batch all = Concat.of(types, batches.stream().map(RowVersionBatch::rows).toList());
    return new RowVersionBatch(first.op, first.columns, all);
  }
}
