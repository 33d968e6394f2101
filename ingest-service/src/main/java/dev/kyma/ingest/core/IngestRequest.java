package dev.kyma.ingest.core;

import dev.kyma.ingest.core.table.TableName;
import java.util.Optional;

/**
 * Rows to be stored.
 *
 * @param table where
 * @param body holds the decompressed body
 * @param length how long the body is
 * @param format how the body is cut into rows
 * @param key the client's idempotency key
 * @param creation what happens when there is no such table
 * @param evolution what happens to fields without a column
 * @param atomicity what happens to good rows beside bad ones
 */
@SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
public record IngestRequest(
    TableName table,
    byte[] body,
    int length,
    Format format,
    Optional<String> key,
    Creation creation,
    Evolution evolution,
    Atomicity atomicity) {

  /** How a body is cut into rows. */
  public enum Format {
    /** One JSON object a line. */
    LINES,
    /** A JSON array of objects, or one object. */
    ARRAY
  }

  /** What happens when there is no such table. */
  public enum Creation {
    CREATE,
    REFUSE
  }

  /** What happens to fields without a column. */
  public enum Evolution {
    ADD_COLUMNS,
    KEEP_SCHEMA
  }

  /** What happens to good rows beside bad ones. */
  public enum Atomicity {
    EACH_ROW,
    /** Either all rows are sent or none is. */
    ALL_ROWS
  }
}
