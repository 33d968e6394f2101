package dev.kyma.compactor.api;

import dev.kyma.catalog.Snapshot;
import dev.kyma.format.RowOrder;

/**
 * What a request to compact has reached.
 *
 * @param snapshot the number of a snapshot in which nothing is left to merge
 * @param extents how many extents of the table's order there are in it
 * @param history how many extents with replaced versions there are in it
 * @param rows how many rows they hold together, deleted ones included
 */
public record CompactAnswer(long snapshot, long extents, long history, long rows) {

  static CompactAnswer of(long table, Snapshot snapshot) {
    long current = 0;
    long history = 0;
    long rows = 0;
    for (var extent : snapshot.extents(table)) {
      rows += extent.summary().rows();
      if (extent.summary().order() == RowOrder.HISTORY) {
        history++;
      } else {
        current++;
      }
    }
    return new CompactAnswer(snapshot.number(), current, history, rows);
  }
}
