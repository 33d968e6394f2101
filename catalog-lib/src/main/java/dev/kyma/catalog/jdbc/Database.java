package dev.kyma.catalog.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kyma.catalog.CatalogException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;

/** Connections, and the two ways to work on one. Safe for use by many threads. */
final class Database implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final long PAUSE_MILLIS = 20;
  private static final long CONNECTION_MILLIS = 5_000;

  /** What is done on a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private final DataSource source;
  private final Dialect dialect;

  Database(DataSource source, Dialect dialect) {
    this.source = source;
    this.dialect = dialect;
  }

  /** A pool of connections to a catalog's database. */
  static Database pooled(JdbcCatalogConfig config, Dialect dialect) {
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(dialect.connect(config));
    pool.setMaximumPoolSize(dialect.poolSize());
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(CONNECTION_MILLIS);
    // The first use reports an unreachable database, in the catalog's own words.
    pool.setInitializationFailTimeout(-1);
    // Left open, the pool asks its first connection, and when that breaks then it hands out no
    // other.
    pool.setTransactionIsolation(dialect.isolation());
    pool.setPoolName("kyma-catalog");
    return new Database(new HikariDataSource(pool), dialect);
  }

  Dialect dialect() {
    return dialect;
  }

  Connection connect() throws SQLException {
    return source.getConnection();
  }

  /**
   * Reads, each statement by itself. Repeated once, since a pooled connection may have died idle.
   */
  <T> T read(Work<T> work) {
    SQLException first = null;
    for (int attempt = 0; attempt < 2; attempt++) {
      try (Connection connection = connect()) {
        return work.on(connection);
      } catch (SQLException e) {
        if (first != null) {
          e.addSuppressed(first);
        }
        // A pool that gives no connection has tried long enough itself.
        if (first != null || e instanceof SQLTransientConnectionException) {
          throw unavailable(e);
        }
        first = e;
      }
    }
    throw new AssertionError("unreachable");
  }

  /**
   * Writes in one transaction. Repeated when anything fails, even COMMIT itself, so the work must
   * be harmless to do twice.
   */
  <T> T write(Work<T> work) {
    SQLException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (last instanceof SQLTransientConnectionException
          || (last != null && !pause(PAUSE_MILLIS << attempt))) {
        break;
      }
      try (Connection connection = connect()) {
        dialect.begin(connection);
        T result;
        try {
          result = work.on(connection);
        } catch (SQLException | RuntimeException e) {
          rollback(connection, e);
          throw e;
        }
        try {
          connection.commit();
        } catch (SQLException e) {
          abandon(connection);
          throw e;
        }
        return result;
      } catch (SQLException e) {
        if (last != null) {
          e.addSuppressed(last);
        }
        last = e;
      }
    }
    throw unavailable(last == null ? new SQLException("interrupted") : last);
  }

  /**
   * Takes a transaction back. A connection on which that fails is not used again: SQLite may have
   * ended the transaction by itself, its disk being full for example, and what the driver takes for
   * the next transaction would then be none.
   */
  void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
      abandon(connection);
    }
  }

  /** Closes a connection of which nobody knows what state it is in. */
  void abandon(Connection connection) {
    if (source instanceof HikariDataSource pool) {
      pool.evictConnection(connection);
    }
  }

  CatalogException.Unavailable unavailable(SQLException e) {
    return unavailable(dialect, e);
  }

  static CatalogException.Unavailable unavailable(Dialect dialect, SQLException e) {
    return new CatalogException.Unavailable(
        dialect.reason(e), "the catalog's database: " + e.getMessage(), e);
  }

  /** Sleeps; false when interrupted, with the flag restored. */
  static boolean pause(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    if (source instanceof HikariDataSource pool) {
      pool.close();
    }
  }
}
