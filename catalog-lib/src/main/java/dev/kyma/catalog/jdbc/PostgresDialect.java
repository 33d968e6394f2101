package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CatalogException.Unavailable.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Postgres, for a cluster: READ COMMITTED and row locks. A database that stops answering fails the
 * call that waits for it after {@value #SOCKET_SECONDS} seconds.
 */
final class PostgresDialect implements Dialect {
  private static final int SOCKET_SECONDS = 30;
  private static final int CONNECT_SECONDS = 5;

  // A transaction whose client has vanished must not keep the head row locked.
  private static final String SESSION =
      "-c default_transaction_isolation=read\\ committed -c lock_timeout=10s"
          + " -c idle_in_transaction_session_timeout=30s";

  @Override
  public String forUpdate() {
    return " FOR UPDATE";
  }

  @Override
  public String forShare() {
    return " FOR SHARE";
  }

  @Override
  public String blob() {
    return "BYTEA";
  }

  @Override
  public String nowMicros() {
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)";
  }

  @Override
  public DataSource connect(JdbcCatalogConfig config) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(config.url());
    config.user().ifPresent(source::setUser);
    config.password().ifPresent(source::setPassword);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(SOCKET_SECONDS);
    source.setTcpKeepAlive(true);
    source.setApplicationName("kyma-catalog");
    source.setOptions(SESSION);
    return source;
  }

  @Override
  public String isolation() {
    return "TRANSACTION_READ_COMMITTED";
  }

  @Override
  public int poolSize() {
    return 8;
  }

  @Override
  public void run(Connection connection, List<Writes.Write> writes) throws SQLException {
    // The driver sends all statements of a text before it waits for the first answer.
    StringJoiner sql = new StringJoiner(";\n");
    List<Object> values = new ArrayList<>();
    for (Writes.Write write : writes) {
      sql.add(write.sql());
      values.addAll(write.values());
    }
    Sql.execute(connection, sql.toString(), values);
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
  }

  @Override
  public List<String> unhurried() {
    return List.of("SET LOCAL idle_in_transaction_session_timeout = 0");
  }

  @Override
  public boolean isUniqueViolation(SQLException e) {
    return "23505".equals(e.getSQLState());
  }

  @Override
  public boolean isRetryable(SQLException e) {
    String state = e.getSQLState();
    return "40001".equals(state) || "40P01".equals(state) || "55P03".equals(state);
  }

  @Override
  public Reason reason(SQLException e) {
    return switch (e.getSQLState()) {
      case "53100" -> Reason.FULL;
      case "25006" -> Reason.READ_ONLY;
      case null, default -> Reason.UNREACHABLE;
    };
  }
}
