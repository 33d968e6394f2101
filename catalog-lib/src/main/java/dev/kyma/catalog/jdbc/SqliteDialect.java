package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CatalogException.Unavailable.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * SQLite, for one host: write-ahead log, synchronised fully, and transactions that take the write
 * lock when they begin, so that a row needs no lock of its own.
 */
final class SqliteDialect implements Dialect {
  private static final int BUSY_MILLIS = 10_000;

  @Override
  public String forUpdate() {
    return "";
  }

  @Override
  public String forShare() {
    return "";
  }

  @Override
  public String blob() {
    return "BLOB";
  }

  @Override
  public String nowMicros() {
    return "CAST(unixepoch('subsec') * 1000 AS INTEGER) * 1000";
  }

  @Override
  public DataSource connect(JdbcCatalogConfig config) {
    SQLiteConfig settings = new SQLiteConfig();
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    settings.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    settings.setBusyTimeout(BUSY_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(settings);
    source.setUrl(config.url());
    return source;
  }

  @Override
  public String isolation() {
    return "TRANSACTION_SERIALIZABLE";
  }

  @Override
  public int poolSize() {
    return 4;
  }

  @Override
  public void run(Connection connection, List<Writes.Write> writes) throws SQLException {
    // An exchange is a call here; a prepared statement holds no more than one statement.
    for (Writes.Write write : writes) {
      Sql.execute(connection, write.sql(), write.values());
    }
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
  }

  @Override
  public List<String> unhurried() {
    return List.of();
  }

  @Override
  public boolean isUniqueViolation(SQLException e) {
    return e instanceof SQLiteException failure
        && (failure.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
            || failure.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY);
  }

  @Override
  public boolean isRetryable(SQLException e) {
    return e instanceof SQLiteException failure
        && (failure.getResultCode() == SQLiteErrorCode.SQLITE_BUSY
            || failure.getResultCode() == SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT
            || failure.getResultCode() == SQLiteErrorCode.SQLITE_LOCKED);
  }

  @Override
  public Reason reason(SQLException e) {
    if (!(e instanceof SQLiteException failure)) {
      return Reason.UNREACHABLE;
    }
    // The low byte is the code proper, what is above it says more.
    int code = failure.getResultCode().code & 0xFF;
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return Reason.FULL;
    }
    return code == SQLiteErrorCode.SQLITE_READONLY.code ? Reason.READ_ONLY : Reason.UNREACHABLE;
  }
}
