package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CatalogException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Where the two databases differ. Immutable. */
sealed interface Dialect permits SqliteDialect, PostgresDialect {
  /** What follows a SELECT whose rows are to be locked until the transaction ends. */
  String forUpdate();

  /** What follows a SELECT whose rows must not change until the transaction ends. */
  String forShare();

  /** The type of a column of bytes. */
  String blob();

  /** An expression for the database's clock now, in microseconds since 1970. */
  String nowMicros();

  /** Connections without a pool. */
  DataSource connect(JdbcCatalogConfig config);

  /** The isolation of transactions, by the name of JDBC's constant. */
  String isolation();

  /** How many connections a pool should hold. */
  int poolSize();

  /** Runs statements in order, as few exchanges with the database as it takes. */
  void run(Connection connection, List<Writes.Write> writes) throws SQLException;

  /** Begins a transaction that will write. */
  void begin(Connection connection) throws SQLException;

  /** Statements that let the transaction they begin take its time between statements. */
  List<String> unhurried();

  /** Whether a unique key stood in the way. */
  boolean isUniqueViolation(SQLException e);

  /** Whether the database gave up a transaction that may succeed when repeated as it is. */
  boolean isRetryable(SQLException e);

  /** Why the database did not do what was asked. */
  CatalogException.Unavailable.Reason reason(SQLException e);
}
