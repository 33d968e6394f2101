package dev.kyma.format;

import dev.kyma.format.stats.ColumnStats;
import java.util.List;

/**
 * What is known of an extent without reading its rows; the footer holds it and the catalog copies
 * it from there.
 *
 * @param rows how many rows there are
 * @param footerChecksum CRC32C of the footer, which holds the checksums of everything else
 * @param timeColumn the id of the table's event time column, or 0
 * @param sortColumns the ids of the columns the rows are ordered by, outermost first
 * @param logs the stretches of log covered
 * @param minSeq the least value of {@code _seq}, 0 when there are no rows
 * @param maxSeq the greatest value of {@code _seq}, 0 when there are no rows
 * @param rowsHash an order-independent hash of the multiset of rows
 * @param columns statistics of every column over all rows
 * @param order in what order the rows are
 * @param level 0 when flush wrote the extent, else one more than the highest level it was made of
 * @param tombstones how many rows say that their key was deleted
 */
public record ExtentSummary(
    long rows,
    int footerChecksum,
    int timeColumn,
    List<Integer> sortColumns,
    List<LogInterval> logs,
    long minSeq,
    long maxSeq,
    long rowsHash,
    List<ColumnStats> columns,
    RowOrder order,
    int level,
    long tombstones) {
  public ExtentSummary {
    sortColumns = List.copyOf(sortColumns);
    logs = List.copyOf(logs);
    columns = List.copyOf(columns);
  }
}
