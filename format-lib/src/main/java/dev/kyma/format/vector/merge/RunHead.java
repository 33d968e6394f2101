package dev.kyma.format.vector.merge;

import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.SortOrder;
import org.jspecify.annotations.Nullable;

/** A run, the batch of it that is being merged, and the place of the next row there. */
final class RunHead {
  private final int number;
  private final SortedRun run;
  private final int[] columns;
  private KeyColumn[] keys = {};
  private @Nullable Batch batch;
  private int row;
  private long passed;

  RunHead(int number, SortedRun run, SortOrder order) {
    this.number = number;
    this.run = run;
    this.columns = order.columns().stream().mapToInt(Integer::intValue).toArray();
  }

  int number() {
    return number;
  }

  /** The batch the next row is in. */
  Batch batch() {
    Batch present = batch;
    if (present == null) {
      throw new IllegalStateException("run " + number + " has ended");
    }
    return present;
  }

  /** The place of the next row in the batch. */
  int row() {
    return row;
  }

  /** Goes to a place of the batch. */
  void advanceTo(int place) {
    row = place;
  }

  /**
   * Goes on to the next batch when this one has been used up.
   *
   * @return whether there is a next row
   */
  boolean hasRow() {
    Batch present = batch;
    if (present != null && row < present.rowCount()) {
      return true;
    }
    Batch next = run.next();
    KeyColumn[] before = keys;
    if (next != null) {
      load(next);
      int last = present == null ? -1 : present.rowCount() - 1;
      if (last >= 0 && compare(before, last, keys, 0) > 0) {
        throw new UnsortedRunException(number, passed);
      }
    }
    batch = next;
    row = 0;
    return next != null;
  }

  private void load(Batch next) {
    if (batch != null) {
      passed += batch.rowCount();
    }
    KeyColumn[] loaded = new KeyColumn[columns.length];
    for (int i = 0; i < columns.length; i++) {
      loaded[i] = KeyColumn.of(next.column(columns[i]));
    }
    for (int i = 1; i < next.rowCount(); i++) {
      if (compare(loaded, i - 1, loaded, i) > 0) {
        throw new UnsortedRunException(number, passed + i);
      }
    }
    keys = loaded;
  }

  private static int compare(KeyColumn[] left, int row, KeyColumn[] right, int otherRow) {
    for (int i = 0; i < left.length; i++) {
      int order = left[i].compare(row, right[i], otherRow);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Whether a row of this batch comes before the other run's next row; equal ones by run. */
  boolean isBefore(int place, RunHead other) {
    int order = compare(keys, place, other.keys, other.row);
    return order < 0 || order == 0 && number < other.number;
  }
}
