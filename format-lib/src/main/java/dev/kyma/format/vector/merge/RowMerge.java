package dev.kyma.format.vector.merge;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.SortOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges sorted runs. Rows that are equal in all columns of the order come in the order of their
 * runs. Where runs do not overlap, rows are passed on a batch at a time without being compared or
 * copied.
 *
 * <p>Used by one thread. Holds one batch of each run, and those that the rows gathered for the next
 * answer lie in.
 */
public final class RowMerge {

  /**
   * Merged rows.
   *
   * @param batch the rows
   * @param runs for each row the place of the run it came from; the rows of one run come in its
   *     order
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Merged(Batch batch, int[] runs) {}

  private final List<LogicalType> types;
  private final RunHead[] heap;
  private int size;

  /**
   * @param types the types of the columns, the same in all runs
   * @param order the order the runs are in and the result will be in
   */
  public RowMerge(List<LogicalType> types, SortOrder order, List<? extends SortedRun> runs) {
    this.types = List.copyOf(types);
    List<RunHead> heads = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      RunHead head = new RunHead(i, runs.get(i), order);
      if (head.hasRow()) {
        heads.add(head);
      }
    }
    heap = heads.toArray(RunHead[]::new);
    size = heap.length;
    for (int i = size / 2 - 1; i >= 0; i--) {
      siftDown(i);
    }
  }

  /**
   * The next rows, at most {@link Batch#MAX_ROWS} unless a run's batch is larger and passed on
   * whole; null when there are no more.
   *
   * @throws UnsortedRunException if a run is not in order
   */
  public @Nullable Merged next() {
    if (size == 0) {
      return null;
    }
    Merged whole = wholeBatch();
    if (whole != null) {
      return whole;
    }
    Segments segments = new Segments();
    int[] runs = new int[Batch.MAX_ROWS];
    int rows = 0;
    while (size > 0 && rows < Batch.MAX_ROWS) {
      RunHead head = heap[0];
      int from = head.row();
      int count = stretch(head, Batch.MAX_ROWS - rows);
      segments.add(head.batch(), from, count);
      Arrays.fill(runs, rows, rows + count, head.number());
      rows += count;
      take(head, count);
    }
    return new Merged(segments.gather(types), Arrays.copyOf(runs, rows));
  }

  /** The batch of the first run, if all of it comes before every other row. */
  private @Nullable Merged wholeBatch() {
    RunHead head = heap[0];
    Batch batch = head.batch();
    RunHead second = second();
    boolean passes =
        head.row() == 0 && (second == null || head.isBefore(batch.rowCount() - 1, second));
    if (!passes) {
      return null;
    }
    int[] runs = new int[batch.rowCount()];
    Arrays.fill(runs, head.number());
    take(head, batch.rowCount());
    return new Merged(batch, runs);
  }

  /** How many rows of the first run come before the next row of any other. */
  private int stretch(RunHead head, int most) {
    int from = head.row();
    int end = Math.min(head.batch().rowCount(), from + most);
    RunHead second = second();
    if (second == null) {
      return end - from;
    }
    int at = from + 1;
    while (at < end && head.isBefore(at, second)) {
      at++;
    }
    return at - from;
  }

  private void take(RunHead head, int count) {
    head.advanceTo(head.row() + count);
    if (!head.hasRow()) {
      heap[0] = heap[--size];
    }
    if (size > 0) {
      siftDown(0);
    }
  }

  private @Nullable RunHead second() {
    if (size < 2) {
      return null;
    }
    return size > 2 && isBefore(heap[2], heap[1]) ? heap[2] : heap[1];
  }

  private static boolean isBefore(RunHead left, RunHead right) {
    return left.isBefore(left.row(), right);
  }

  private void siftDown(int start) {
    int at = start;
    RunHead moving = heap[at];
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], moving)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = moving;
  }
}
