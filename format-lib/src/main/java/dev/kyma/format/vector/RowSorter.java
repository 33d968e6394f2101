package dev.kyma.format.vector;

import java.util.Optional;

/**
 * Sorts the rows of a batch by a {@link SortOrder}, stably. Stateless.
 *
 * <p>Rows are sorted by one column's {@link SortKey} numbers at a time, with a radix sort that
 * skips the bytes all rows share; runs of equal rows are then sorted by the next column. Rows that
 * are in order already, which is how telemetry mostly arrives, cost one pass of comparisons.
 */
public final class RowSorter {
  /** Below this many rows, merging beats counting digits. */
  private static final int RADIX_MIN_ROWS = 1_024;

  private static final int INSERTION_MAX_ROWS = 24;

  private final SortKey[] keys;
  private final int[] rows;
  private final int[] spareRows;
  private long[] numbers = {};
  private long[] spareNumbers = {};

  private RowSorter(SortKey[] keys, int count) {
    this.keys = keys;
    this.rows = new int[count];
    this.spareRows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = i;
    }
  }

  /** The rows of a batch in order; the batch itself when they are. */
  public static Batch sort(Batch batch, SortOrder order) {
    return permutation(batch, order)
        .map(rows -> Gather.rows(batch, rows, batch.rowCount()))
        .orElse(batch);
  }

  /** The places of the rows in order, or empty when they are in order already. */
  public static Optional<int[]> permutation(Batch batch, SortOrder order) {
    SortKey[] keys = new SortKey[order.columns().size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = SortKey.of(batch.column(order.columns().get(i)));
    }
    if (isSorted(keys, batch.rowCount())) {
      return Optional.empty();
    }
    RowSorter sorter = new RowSorter(keys, batch.rowCount());
    sorter.sort(0, batch.rowCount(), 0);
    return Optional.of(sorter.rows);
  }

  private static boolean isSorted(SortKey[] keys, int count) {
    for (int row = 1; row < count; row++) {
      if (compare(keys, 0, row - 1, row) > 0) {
        return false;
      }
    }
    return true;
  }

  private static int compare(SortKey[] keys, int from, int left, int right) {
    for (int i = from; i < keys.length; i++) {
      SortKey key = keys[i];
      boolean leftNull = key.isNull(left);
      boolean rightNull = key.isNull(right);
      int order;
      if (leftNull || rightNull) {
        order = Boolean.compare(leftNull, rightNull);
      } else {
        order = key.compare(left, right);
      }
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Sorts {@code rows[from, to)}, which are equal in all columns before {@code level}. */
  private void sort(int from, int to, int level) {
    if (level == keys.length || to - from < 2) {
      return;
    }
    if (to - from < RADIX_MIN_ROWS) {
      merge(from, to, level);
      return;
    }
    int firstNull = nullsLast(from, to, keys[level]);
    sort(firstNull, to, level + 1);
    fillNumbers(from, firstNull, keys[level]);
    radix(from, firstNull);
    // The arrays of numbers are used again below: find the runs first.
    int[] starts = runs(from, firstNull);
    boolean exact = keys[level].exact();
    for (int i = 0; i + 1 < starts.length; i++) {
      if (starts[i + 1] - starts[i] < 2) {
        continue;
      }
      if (exact) {
        sort(starts[i], starts[i + 1], level + 1);
      } else {
        merge(starts[i], starts[i + 1], level);
      }
    }
  }

  /**
   * Moves NULL rows behind the others, keeping the order of both; answers the first NULL's place.
   */
  private int nullsLast(int from, int to, SortKey key) {
    int kept = from;
    int nulls = 0;
    for (int i = from; i < to; i++) {
      if (key.isNull(rows[i])) {
        spareRows[nulls++] = rows[i];
      } else {
        rows[kept++] = rows[i];
      }
    }
    System.arraycopy(spareRows, 0, rows, kept, nulls);
    return kept;
  }

  private void fillNumbers(int from, int to, SortKey key) {
    if (numbers.length == 0) {
      numbers = new long[rows.length];
      spareNumbers = new long[rows.length];
    }
    for (int i = from; i < to; i++) {
      numbers[i] = key.number(rows[i]);
    }
  }

  /**
   * Sorts {@code rows[from, to)} and {@code numbers} by the numbers, least significant byte first.
   */
  private void radix(int from, int to) {
    if (from == to) {
      return;
    }
    int[][] counts = new int[Long.BYTES][256];
    for (int i = from; i < to; i++) {
      long number = numbers[i] ^ Long.MIN_VALUE;
      for (int digit = 0; digit < Long.BYTES; digit++) {
        counts[digit][(int) (number >>> (8 * digit)) & 0xFF]++;
      }
    }
    for (int digit = 0; digit < Long.BYTES; digit++) {
      int[] count = counts[digit];
      int shift = 8 * digit;
      if (count[(int) ((numbers[from] ^ Long.MIN_VALUE) >>> shift) & 0xFF] == to - from) {
        continue;
      }
      int place = from;
      for (int value = 0; value < 256; value++) {
        int rowsOfValue = count[value];
        count[value] = place;
        place += rowsOfValue;
      }
      for (int i = from; i < to; i++) {
        int value = (int) ((numbers[i] ^ Long.MIN_VALUE) >>> shift) & 0xFF;
        int target = count[value]++;
        spareRows[target] = rows[i];
        spareNumbers[target] = numbers[i];
      }
      System.arraycopy(spareRows, from, rows, from, to - from);
      System.arraycopy(spareNumbers, from, numbers, from, to - from);
    }
  }

  /** Where runs of equal numbers start in {@code [from, to)}, and {@code to}. */
  private int[] runs(int from, int to) {
    int count = 1;
    for (int i = from + 1; i < to; i++) {
      if (numbers[i] != numbers[i - 1]) {
        count++;
      }
    }
    int[] starts = new int[count + 1];
    starts[0] = from;
    int run = 1;
    for (int i = from + 1; i < to; i++) {
      if (numbers[i] != numbers[i - 1]) {
        starts[run++] = i;
      }
    }
    starts[count] = to;
    return starts;
  }

  /** Sorts {@code rows[from, to)} by all columns from {@code level} on, by comparing. */
  private void merge(int from, int to, int level) {
    if (to - from <= INSERTION_MAX_ROWS) {
      for (int i = from + 1; i < to; i++) {
        int row = rows[i];
        int place = i;
        while (place > from && compare(keys, level, rows[place - 1], row) > 0) {
          rows[place] = rows[place - 1];
          place--;
        }
        rows[place] = row;
      }
      return;
    }
    int middle = (from + to) >>> 1;
    merge(from, middle, level);
    merge(middle, to, level);
    if (compare(keys, level, rows[middle - 1], rows[middle]) <= 0) {
      return;
    }
    System.arraycopy(rows, from, spareRows, from, middle - from);
    int left = from;
    int right = middle;
    for (int i = from; left < middle; i++) {
      if (right < to && compare(keys, level, spareRows[left], rows[right]) > 0) {
        rows[i] = rows[right++];
      } else {
        rows[i] = spareRows[left++];
      }
    }
  }
}
