package dev.kyma.format;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import java.util.List;

/**
 * What a scan is to read.
 *
 * @param columns the columns and dynamic paths to yield, in this order; may be empty when only the
 *     number of rows matters
 * @param predicate which rows to yield; {@code And(List.of())} for all
 * @param firstRow the first row of the extent to look at
 * @param endRow the first row no longer looked at; {@link Long#MAX_VALUE} for all
 * @param deleted rows of the extent that are not yielded
 */
public record ScanRequest(
    List<ColumnPath> columns,
    Predicate predicate,
    long firstRow,
    long endRow,
    DeletionVector deleted) {
  public ScanRequest {
    columns = List.copyOf(columns);
  }

  /** Of rows none of which is deleted. */
  public ScanRequest(List<ColumnPath> columns, Predicate predicate, long firstRow, long endRow) {
    this(columns, predicate, firstRow, endRow, DeletionVector.EMPTY);
  }

  /** All rows that match. */
  public static ScanRequest of(List<ColumnPath> columns, Predicate predicate) {
    return new ScanRequest(columns, predicate, 0, Long.MAX_VALUE);
  }

  /** The same of an extent of which these rows are deleted. */
  public ScanRequest withDeleted(DeletionVector rows) {
    return new ScanRequest(columns, predicate, firstRow, endRow, rows);
  }
}
