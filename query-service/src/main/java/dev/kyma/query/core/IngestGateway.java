package dev.kyma.query.core;

import dev.kyma.catalog.visibility.RowOp;
import dev.kyma.format.vector.Batch;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.TableName;
import java.util.List;
import java.util.Optional;

/**
 * The port through which statements that change something reach ingest, which alone writes to the
 * log and makes tables. Safe for use by many threads. Faults are {@link QueryException}s.
 */
public interface IngestGateway {
  /**
   * Rows that were stored.
   *
   * @param rows how many
   * @param token a freshness token that covers them
   */
  record Inserted(long rows, String token) {}

  /** Whether a table was made or was there already. */
  enum Creation {
    CREATED,
    EXISTED
  }

  /**
   * Makes a table.
   *
   * @param authorization passed on as it came
   */
  Creation createTable(Statement.CreateTable statement, Optional<String> authorization);

  /** Stores rows, all or none. */
  Inserted insert(Statement.Insert statement, Optional<String> authorization);

  /**
   * Stores rows of a table with a primary key, all or none. Each is a version of its key that
   * replaces the one before it, or a tombstone.
   *
   * @param op what all of the rows say of their keys; of a {@link RowOp#DELETE} only the key's
   *     columns are needed
   * @param columns the names of the batch's columns
   * @param authorization passed on as it came
   */
  Inserted write(
      TableName table, RowOp op, List<String> columns, Batch rows, Optional<String> authorization);
}
