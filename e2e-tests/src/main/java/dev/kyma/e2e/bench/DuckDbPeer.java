package dev.kyma.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * DuckDB over one Parquet file: zstd, ordered by time, its default row groups, all cores. It holds
 * the columns of {@code otel_logs} that carry something in the generated rows.
 */
final class DuckDbPeer implements AutoCloseable {
  static final String NAME = "duckdb-parquet";

  private final Connection connection;
  private final Path file;

  private DuckDbPeer(Connection connection, Path file) {
    this.connection = connection;
    this.file = file;
  }

  /** Writes the rows to a Parquet file in a directory and opens a view {@code otel_logs} on it. */
  static DuckDbPeer load(LogGenerator rows, Path directory) throws SQLException {
    Path file = directory.resolve("otel_logs.parquet");
    Path database = directory.resolve("load.duckdb");
    try (Connection load = DriverManager.getConnection("jdbc:duckdb:" + database);
        Statement statement = load.createStatement()) {
      statement.execute(
          "CREATE TABLE rows (timestamp BIGINT, observed_timestamp BIGINT, severity_number INTEGER,"
              + " severity_text VARCHAR, body VARCHAR, service_name VARCHAR, trace_id VARCHAR,"
              + " span_id VARCHAR, attributes VARCHAR, resource VARCHAR, scope_name VARCHAR)");
      append(load.unwrap(DuckDBConnection.class), rows);
      statement.execute(
          "COPY (SELECT make_timestamp_ns(timestamp) AS timestamp,"
              + " make_timestamp_ns(observed_timestamp) AS observed_timestamp,"
              + " * EXCLUDE (timestamp, observed_timestamp) FROM rows ORDER BY timestamp)"
              + " TO '"
              + file
              + "' (FORMAT parquet, COMPRESSION zstd)");
    }
    try {
      Files.delete(database);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE VIEW otel_logs AS SELECT * FROM read_parquet('" + file + "')");
    }
    return new DuckDbPeer(connection, file);
  }

  private static void append(DuckDBConnection connection, LogGenerator rows) throws SQLException {
    try (DuckDBAppender appender =
        connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "rows")) {
      while (rows.hasNext()) {
        LogRow row = rows.next();
        appender.beginRow();
        appender.append(row.timestamp());
        appender.append(row.timestamp());
        appender.append(row.severityNumber());
        appender.append(row.severityText());
        appender.append(row.body());
        appender.append(row.service());
        appender.append(row.traceId());
        appender.append(row.spanId());
        appender.append(row.attributesJson());
        appender.append(
            "{\"service.name\":\"" + row.service() + "\",\"host.name\":\"" + row.host() + "\"}");
        appender.append("kyma-bench");
        appender.endRow();
      }
    }
  }

  /** The size of the Parquet file. */
  long bytes() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All rows of the answer, every value as text. */
  List<List<String>> query(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int c = 1; c <= columns; c++) {
          row.add(String.valueOf(result.getString(c)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
