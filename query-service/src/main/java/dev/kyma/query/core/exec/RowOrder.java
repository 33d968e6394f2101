package dev.kyma.query.core.exec;

import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.expr.ValueOrder;
import dev.kyma.query.core.plan.SortKey;
import java.util.List;

/**
 * Compares rows of columns by sort keys, as {@link SortKey} orders values. Immutable, and safe for
 * many threads.
 *
 * <p>Each row has a 64-bit prefix: for most types the first key's whole value, so that most
 * comparisons are of two numbers.
 */
final class RowOrder {
  private final List<ColumnVector> columns;
  private final List<SortKey> keys;
  private final boolean prefixDecides;

  /**
   * @param columns the columns the keys name
   */
  RowOrder(List<ColumnVector> columns, List<SortKey> keys) {
    this.columns = columns;
    this.keys = keys;
    SortKey first = keys.getFirst();
    ColumnVector column = columns.get(first.column());
    prefixDecides =
        keys.size() == 1
            && !column.mayHaveNulls()
            && (column instanceof LongVector || column instanceof DoubleVector);
  }

  /**
   * A number for each row that orders as the first key does, as far as it goes: rows with different
   * numbers are in their order.
   */
  long[] prefixes(int size) {
    return prefixes(Positions.all(size), size);
  }

  /** The same for some rows, in step with the list. */
  long[] prefixes(int[] rows, int count) {
    SortKey key = keys.getFirst();
    ColumnVector column = columns.get(key.column());
    long[] prefixes = new long[count];
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      if (column.isNull(row)) {
        prefixes[i] = key.nulls() == SortKey.Nulls.FIRST ? Long.MIN_VALUE : Long.MAX_VALUE;
      } else {
        long prefix = prefix(column, row);
        prefixes[i] = key.direction() == SortKey.Direction.ASCENDING ? prefix : ~prefix;
      }
    }
    return prefixes;
  }

  static long prefix(ColumnVector column, int row) {
    return switch (column) {
      case LongVector vector -> vector.values()[row];
      case DoubleVector vector -> ValueOrder.ordered(vector.values()[row]);
      case Int128Vector vector -> vector.high()[row];
      case BytesVector vector -> prefix(vector, row);
      case DictionaryVector vector -> prefix(vector.dictionary(), vector.codes()[row]);
      case FloatsVector vector -> throw QueryException.unsupported("an order of " + vector.type());
    };
  }

  private static long prefix(BytesVector vector, int row) {
    int from = vector.offsets()[row];
    int to = vector.offsets()[row + 1];
    long prefix = 0;
    for (int i = 0; i < 8; i++) {
      prefix = prefix << 8 | (from + i < to ? vector.data()[from + i] & 0xFF : 0);
    }
    return prefix ^ Long.MIN_VALUE;
  }

  /** Whether equal prefixes mean equal rows. */
  boolean prefixDecides() {
    return prefixDecides;
  }

  /** Compares two rows by all keys. */
  int compare(int left, int right) {
    for (SortKey key : keys) {
      ColumnVector column = columns.get(key.column());
      boolean leftNull = column.isNull(left);
      boolean rightNull = column.isNull(right);
      if (leftNull || rightNull) {
        if (leftNull != rightNull) {
          return leftNull == (key.nulls() == SortKey.Nulls.FIRST) ? -1 : 1;
        }
        continue;
      }
      int order = ValueOrder.compare(column, left, column, right);
      if (order != 0) {
        return key.direction() == SortKey.Direction.ASCENDING ? order : -order;
      }
    }
    return 0;
  }

  /** The rows 0 to {@code size - 1} in order; rows that compare equal stay in theirs. */
  int[] sort(int size) {
    int[] rows = new int[size];
    for (int i = 0; i < size; i++) {
      rows[i] = i;
    }
    long[] prefixes = prefixes(size);
    int[] from = rows.clone();
    mergeSort(from, rows, 0, size, prefixes);
    return rows;
  }

  private int compare(int left, int right, long[] prefixes) {
    int order = Long.compare(prefixes[left], prefixes[right]);
    return order != 0 || prefixDecides ? order : compare(left, right);
  }

  /** Sorts {@code from[low .. high)} into {@code to}; both hold the same rows in that range. */
  private void mergeSort(int[] from, int[] to, int low, int high, long[] prefixes) {
    if (high - low <= 16) {
      for (int i = low + 1; i < high; i++) {
        int row = to[i];
        int j = i - 1;
        while (j >= low && compare(to[j], row, prefixes) > 0) {
          to[j + 1] = to[j--];
        }
        to[j + 1] = row;
      }
      return;
    }
    int middle = (low + high) >>> 1;
    mergeSort(to, from, low, middle, prefixes);
    mergeSort(to, from, middle, high, prefixes);
    if (compare(from[middle - 1], from[middle], prefixes) <= 0) {
      System.arraycopy(from, low, to, low, high - low);
      return;
    }
    int left = low;
    int right = middle;
    for (int i = low; i < high; i++) {
      if (right >= high || left < middle && compare(from[left], from[right], prefixes) <= 0) {
        to[i] = from[left++];
      } else {
        to[i] = from[right++];
      }
    }
  }
}
