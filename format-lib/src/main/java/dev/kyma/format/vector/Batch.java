package dev.kyma.format.vector;

import java.util.List;

/**
 * A run of rows as columns. Immutable.
 *
 * @param columns one vector a column, each of {@code rowCount} rows
 * @param rowCount how many rows there are, also when there are no columns
 */
public record Batch(List<ColumnVector> columns, int rowCount) {

  /** How many rows operators put into one batch at most, a multiple of the 1,024-row vector. */
  public static final int MAX_ROWS = 8_192;

  public Batch {
    columns = List.copyOf(columns);
    for (ColumnVector column : columns) {
      if (column.size() != rowCount) {
        throw new IllegalArgumentException(column.size() + " rows in a batch of " + rowCount);
      }
    }
  }

  /** The column at a place. */
  public ColumnVector column(int index) {
    return columns.get(index);
  }
}
