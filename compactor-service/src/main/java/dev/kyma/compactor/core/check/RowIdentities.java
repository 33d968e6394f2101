package dev.kyma.compactor.core.check;

import java.util.HashMap;
import java.util.Map;
import org.roaringbitmap.longlong.Roaring64NavigableMap;

/**
 * The rows of one table that were seen, by their places in the log. Compressed: rows that follow
 * each other in a record take next to nothing. Safe for use by many threads.
 */
final class RowIdentities {
  private final Map<Integer, Roaring64NavigableMap> seen = new HashMap<>();

  /**
   * Adds rows of one log partition.
   *
   * @param seqs their values of {@code _seq}
   * @param logs the log of each
   * @param count how many
   * @return the place of the first row that was there already, or -1
   */
  synchronized int add(long[] logs, long[] seqs, int count) {
    int doubled = -1;
    for (int row = 0; row < count; row++) {
      Roaring64NavigableMap rows =
          seen.computeIfAbsent((int) logs[row], log -> new Roaring64NavigableMap());
      if (rows.contains(seqs[row])) {
        doubled = doubled < 0 ? row : doubled;
      } else {
        rows.addLong(seqs[row]);
      }
    }
    return doubled;
  }
}
