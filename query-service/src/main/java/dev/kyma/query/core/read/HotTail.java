package dev.kyma.query.core.read;

import java.util.List;

/**
 * What one query reads of one log partition.
 *
 * @param log the ordinal of the partition
 * @param from the offset of the snapshot's cursor
 * @param end the offset behind the last record wanted
 * @param rows the rows between
 */
record HotTail(int log, long from, long end, List<TailRows> rows) {
  HotTail {
    rows = List.copyOf(rows);
  }
}
