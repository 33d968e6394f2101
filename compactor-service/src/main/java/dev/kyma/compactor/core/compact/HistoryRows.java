package dev.kyma.compactor.core.compact;

import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Concat;
import dev.kyma.format.vector.RowSorter;
import dev.kyma.format.vector.SortOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Deleted rows on their way to history extents: they come in the table's order, are held until they
 * are many enough, and sorted by key; each extent is one such run. Used by one thread.
 */
final class HistoryRows {
  private final OutputExtents outputs;
  private final SortOrder order;
  private final List<LogicalType> types;
  private final int maxRows;
  private final long maxBytes;
  private final List<Batch> batches = new ArrayList<>();
  private HeldBytes held = new HeldBytes();
  private int rows;

  /**
   * @param outputs where to write; it must take {@code maxRows} rows into one extent
   * @param order by key, then in the order of the log
   */
  HistoryRows(
      OutputExtents outputs, SortOrder order, TableSchema stored, int maxRows, long maxBytes) {
    this.outputs = outputs;
    this.order = order;
    this.types = stored.fields().stream().map(Field::type).toList();
    this.maxRows = maxRows;
    this.maxBytes = maxBytes;
  }

  void add(Batch batch) {
    if (rows + batch.rowCount() > maxRows) {
      cut();
    }
    batches.add(batch);
    held.add(batch);
    rows += batch.rowCount();
    if (rows >= maxRows || held.bytes() >= maxBytes) {
      cut();
    }
  }

  /** Writes what is left and answers all extents. */
  List<OutputExtents.Written> finish() {
    cut();
    return outputs.finish();
  }

  private void cut() {
    if (rows > 0) {
      Batch all = Concat.of(types, List.copyOf(batches));
      batches.clear();
      outputs.append(RowSorter.sort(all, order));
      outputs.cut();
      held = new HeldBytes();
      rows = 0;
    }
  }
}
