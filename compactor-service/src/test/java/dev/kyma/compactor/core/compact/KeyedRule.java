package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.TableDef;
import dev.kyma.compactor.core.compact.StorageBench.Row;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rule of keyed tables, worked out over all rows at once. */
final class KeyedRule {
  static final Comparator<Row> IN_LOG_ORDER =
      Comparator.comparingInt(Row::log).thenComparingLong(Row::seq);

  private KeyedRule() {}

  /** Deletes, as flush does, every version that a newer one of its key replaced, and tombstones. */
  static void maskReplaced(StorageBench bench, TableDef table) {
    Map<Long, Row> newest = newest(bench.history(table));
    bench.mask(table, row -> row.op().equals("d") || !newest.get(row.id()).equals(row));
  }

  static Map<Long, Row> newest(List<Row> rows) {
    Map<Long, Row> newest = new HashMap<>();
    for (Row row : rows) {
      newest.merge(row.id(), row, (a, b) -> IN_LOG_ORDER.compare(a, b) > 0 ? a : b);
    }
    return newest;
  }
}
