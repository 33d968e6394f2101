package dev.kyma.ingest.core.log;

import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.visibility.RowKeys;
import dev.kyma.catalog.visibility.RowShape;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Gather;
import java.util.ArrayList;
import java.util.List;

/** Deals rows of a keyed table to the partitions of their keys. Stateless. */
final class KeyShares {
  private KeyShares() {}

  /**
   * Rows for one partition.
   *
   * @param partition the partition
   * @param rows the rows, in the order they came
   */
  record Share(int partition, Batch rows) {}

  /**
   * The rows by partition; each row is in one share.
   *
   * @param rows in the columns of {@link RowShape#inLog}
   */
  static List<Share> of(TableDef table, Batch rows) {
    int partitions = table.log().partitions();
    if (partitions == 1) {
      return List.of(new Share(0, rows));
    }
    RowKeys keys = RowShape.keys(table, RowShape.inLog(table), rows);
    int[] counts = new int[partitions];
    int[] targets = new int[rows.rowCount()];
    for (int row = 0; row < targets.length; row++) {
      targets[row] = keys.partition(row, partitions);
      counts[targets[row]]++;
    }
    List<Share> shares = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      if (counts[partition] == rows.rowCount()) {
        return List.of(new Share(partition, rows));
      }
      if (counts[partition] > 0) {
        int[] places = new int[counts[partition]];
        int next = 0;
        for (int row = 0; row < targets.length; row++) {
          if (targets[row] == partition) {
            places[next++] = row;
          }
        }
        shares.add(new Share(partition, Gather.rows(rows, places, places.length)));
      }
    }
    return shares;
  }
}
