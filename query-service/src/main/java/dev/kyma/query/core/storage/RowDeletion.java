package dev.kyma.query.core.storage;

import dev.kyma.catalog.Commit;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Snapshot;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.RowOrder;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.exec.Operator;
import dev.kyma.query.core.exec.QueryContext;
import dev.kyma.query.core.frontend.RowPlaces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gathers which rows of which extents a statement deletes, of those only that lie in the log before
 * the ends it fixed when it began. Used by one thread.
 */
public final class RowDeletion {
  private static final int BYTES_A_ROW = 4;

  private final Map<Integer, Long> ends;
  private final QueryContext context;
  private final Map<Integer, Places> rows = new TreeMap<>();
  private long count;

  /** Places in one extent. */
  private static final class Places {
    private int[] rows = new int[64];
    private int count;

    void add(int row) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, count * 2);
      }
      rows[count++] = row;
    }

    DeletionVector vector() {
      return DeletionVector.of(Arrays.copyOf(rows, count));
    }
  }

  /**
   * @param ends for each log partition, by ordinal, the offset from which on rows stay; rows of
   *     other partitions were all there before
   */
  public RowDeletion(Map<Integer, Long> ends, QueryContext context) {
    this.ends = Map.copyOf(ends);
    this.context = context;
  }

  /**
   * Takes rows.
   *
   * @param operator yields {@link RowPlaces#COLUMNS}
   */
  public void addAll(Operator operator) {
    for (Chunk chunk = operator.next(); chunk != null; chunk = operator.next()) {
      context.check();
      context.memory().reserve((long) BYTES_A_ROW * chunk.selection().count());
      long[] places = ((LongVector) chunk.batch().column(0)).values();
      long[] logs = ((LongVector) chunk.batch().column(1)).values();
      long[] seqs = ((LongVector) chunk.batch().column(2)).values();
      for (int row = 0; row < chunk.batch().rowCount(); row++) {
        if (chunk.selection().contains(row)) {
          add(places[row], (int) logs[row], seqs[row]);
        }
      }
    }
  }

  private void add(long place, int log, long seq) {
    Long end = ends.get(log);
    if (end == null || SystemColumns.offset(seq) < end) {
      rows.computeIfAbsent(RowPlaces.extent(place), extent -> new Places())
          .add(RowPlaces.row(place));
      count++;
    }
  }

  /** How many rows were taken. */
  public long count() {
    return count;
  }

  /** The commit that deletes them. */
  public Commit commit(Snapshot snapshot, long table) {
    List<ExtentRef> extents = extents(snapshot, table);
    List<Mask> masks = new ArrayList<>();
    rows.forEach(
        (extent, places) -> masks.add(new Mask(extents.get(extent).key(), places.vector())));
    return Commit.ofMasks(masks);
  }

  /** The extents that places number. */
  public static List<ExtentRef> extents(Snapshot snapshot, long table) {
    return snapshot.extents(table).stream()
        .filter(extent -> extent.summary().order() == RowOrder.TABLE)
        .toList();
  }
}
