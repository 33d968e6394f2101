package dev.kyma.compactor.core.retention;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.compactor.core.compact.RowAge;
import dev.kyma.format.RowOrder;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which extents hold nothing that is young enough. A pure decision. */
final class ExpiredExtents {
  private ExpiredExtents() {}

  /**
   * Extents all of whose rows have an event time before an instant. Rows without one never get too
   * old.
   */
  static List<ExtentRef> byEventTime(Snapshot snapshot, TableDef table, Instant cutoff) {
    RowAge age = RowAge.before(table, cutoff);
    List<ExtentRef> expired = new ArrayList<>();
    if (!age.isNever()) {
      for (ExtentRef extent : snapshot.extents(table.id())) {
        if (isBefore(extent, table.timeColumn(), age)) {
          expired.add(extent);
        }
      }
    }
    return expired;
  }

  private static boolean isBefore(ExtentRef extent, int column, RowAge age) {
    for (ColumnStats stats : extent.summary().columns()) {
      if (stats.column() == column) {
        return stats.nulls() == 0
            && age.isOfType(stats.type())
            && stats.max() instanceof Constant.OfLong max
            && max.value() < age.cutoff();
      }
    }
    return false;
  }

  /**
   * History extents that have been there for as long as history is kept. What they hold had been
   * replaced before they were written.
   *
   * @param old keys of extents that are old enough
   */
  static List<ExtentRef> history(Snapshot snapshot, TableDef table, Set<String> old) {
    List<ExtentRef> expired = new ArrayList<>();
    for (ExtentRef extent : snapshot.extents(table.id())) {
      if (extent.summary().order() == RowOrder.HISTORY && old.contains(extent.key())) {
        expired.add(extent);
      }
    }
    return expired;
  }
}
