package dev.kyma.format;

import java.util.List;

/**
 * What an extent is to record about itself.
 *
 * @param timeColumn the id of the column that is the table's event time, or 0 when it has none
 * @param sortColumns the ids of the columns the rows are appended in the order of (ascending, NULLs
 *     last), outermost first; empty when they come in no order
 * @param logs the stretches of log whose rows the extent holds
 * @param effort how much work to spend on size and indexes
 * @param primaryKey the ids of the columns of the table's primary key, in its order; empty when it
 *     has none. With one, the extent gets an index of its keys
 * @param order in what order the rows are appended
 * @param level 0 for what flush writes, else one more than the highest level of the inputs
 */
public record ExtentOptions(
    int timeColumn,
    List<Integer> sortColumns,
    List<LogInterval> logs,
    Effort effort,
    List<Integer> primaryKey,
    RowOrder order,
    int level) {

  /** The highest level there is. */
  public static final int MAX_LEVEL = 0xFFFF;

  /** How much work writing an extent may take. */
  public enum Effort {
    /** As flush writes: small indexes, fast compression. */
    FLUSH,
    /** As compaction writes: full indexes, best compression. */
    COMPACTION
  }

  public ExtentOptions {
    sortColumns = List.copyOf(sortColumns);
    logs = List.copyOf(logs);
    primaryKey = List.copyOf(primaryKey);
    if (level < 0 || level > MAX_LEVEL) {
      throw new IllegalArgumentException("level " + level);
    }
  }

  /** Of a table without a primary key, in the table's order, at level 0. */
  public ExtentOptions(
      int timeColumn, List<Integer> sortColumns, List<LogInterval> logs, Effort effort) {
    this(timeColumn, sortColumns, logs, effort, List.of(), RowOrder.TABLE, 0);
  }

  /** The same for a table with this primary key. */
  public ExtentOptions withPrimaryKey(List<Integer> columns) {
    return new ExtentOptions(timeColumn, sortColumns, logs, effort, columns, order, level);
  }

  /** The same for rows in this order. */
  public ExtentOptions withOrder(RowOrder rows) {
    return new ExtentOptions(timeColumn, sortColumns, logs, effort, primaryKey, rows, level);
  }

  /** The same at this level. */
  public ExtentOptions withLevel(int at) {
    return new ExtentOptions(timeColumn, sortColumns, logs, effort, primaryKey, order, at);
  }
}
