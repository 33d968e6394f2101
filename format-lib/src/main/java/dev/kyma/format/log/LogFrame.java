package dev.kyma.format.log;

import dev.kyma.format.vector.Batch;
import java.util.List;

/**
 * One record of a log, decoded.
 *
 * @param keys which rows came with an idempotency key; empty for most frames
 * @param tables the rows, by table: one entry in a table's own log, one for each table touched in a
 *     connector's log
 */
public record LogFrame(List<KeyedRows> keys, List<TableRows> tables) {

  /** The version this code writes. */
  public static final int VERSION = 1;

  public LogFrame {
    keys = List.copyOf(keys);
    tables = List.copyOf(tables);
  }

  /**
   * Rows of one table.
   *
   * @param table the table's id in the catalog
   * @param fingerprint names the schema object the batch was written with
   * @param firstRow the place in the record of the first row; places count on across tables
   * @param batch the rows, in the columns of that schema
   */
  public record TableRows(long table, SchemaFingerprint fingerprint, int firstRow, Batch batch) {}
}
