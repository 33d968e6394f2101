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
 */
public record ExtentOptions(
    int timeColumn, List<Integer> sortColumns, List<LogInterval> logs, Effort effort) {

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
  }
}
