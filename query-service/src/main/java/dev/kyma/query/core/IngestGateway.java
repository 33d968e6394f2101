package dev.kyma.query.core;

import dev.kyma.query.core.frontend.Statement;
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
}
