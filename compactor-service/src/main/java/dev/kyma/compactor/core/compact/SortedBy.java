package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.RowOrder;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.SortOrder;
import java.util.ArrayList;
import java.util.List;

/** What rows are ordered by. Stateless. */
final class SortedBy {
  private SortedBy() {}

  /** The ids of the columns an extent of a table is said to be sorted by. */
  static List<Integer> columns(TableDef table, RowOrder order) {
    return switch (order) {
      case TABLE ->
          table.sortColumns().stream().filter(id -> table.schema().indexOfId(id) >= 0).toList();
      case HISTORY -> table.primaryKey();
    };
  }

  /** The order rows are merged in: no two rows are equal in it. */
  static SortOrder order(TableDef table, RowOrder order, TableSchema stored) {
    List<Integer> ids = new ArrayList<>(columns(table, order));
    ids.add(SystemColumns.LOG.id());
    ids.add(SystemColumns.SEQ.id());
    return SortOrder.byIds(stored, ids);
  }

  /** Whether the rows of an extent are in the order the table has today. */
  static boolean isSorted(TableDef table, ExtentSummary summary) {
    List<Integer> columns = columns(table, summary.order());
    if (!summary.sortColumns().equals(columns)) {
      return false;
    }
    for (int id : columns) {
      LogicalType today = table.schema().field(table.schema().indexOfId(id)).type();
      if (today.kind() == LogicalType.Kind.DYNAMIC && isOtherType(summary, id, today)) {
        // Values that have become JSON texts are ordered as texts from then on.
        return false;
      }
    }
    return true;
  }

  private static boolean isOtherType(ExtentSummary summary, int id, LogicalType today) {
    for (ColumnStats stats : summary.columns()) {
      if (stats.column() == id) {
        return !stats.type().equals(today);
      }
    }
    return false;
  }
}
