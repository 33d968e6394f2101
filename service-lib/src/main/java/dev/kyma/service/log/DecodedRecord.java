package dev.kyma.service.log;

import dev.kyma.catalog.visibility.LogRecord;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import java.util.List;

/**
 * A record, decoded for the fold.
 *
 * @param record what the fold must know of it
 * @param rows its rows; empty when it is undecodable
 */
public record DecodedRecord(LogRecord record, List<Rows> rows) {
  public DecodedRecord {
    rows = List.copyOf(rows);
  }

  /** How many rows there are. */
  public int rowCount() {
    int count = 0;
    for (Rows run : rows) {
      count += run.batch().rowCount();
    }
    return count;
  }

  /**
   * Rows of the table.
   *
   * @param schema the table's columns as they were when the rows were written
   * @param firstRow the place in the record of the first row
   * @param batch the rows, in the columns of that schema
   */
  public record Rows(TableSchema schema, int firstRow, Batch batch) {}
}
