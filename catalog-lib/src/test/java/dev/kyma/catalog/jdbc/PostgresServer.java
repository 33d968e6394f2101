package dev.kyma.catalog.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real Postgres for tests: one server, a new database for each who asks. */
public final class PostgresServer implements AutoCloseable {
  private final EmbeddedPostgres server;
  private final AtomicInteger databases = new AtomicInteger();

  public PostgresServer() throws IOException {
    this("max_connections", "200");
  }

  public PostgresServer(String setting, String value) throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig(setting, value).start();
  }

  /** The URL of a new, empty database. */
  /** Ends every connection of a catalog, as a network that breaks would; answers how many. */
  public int cutConnections() throws SQLException {
    int cut = 0;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'kyma-catalog'")) {
      while (rows.next()) {
        cut++;
      }
    }
    return cut;
  }

  public String newDatabase() throws SQLException {
    String name = "catalog" + databases.incrementAndGet();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
