package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CatalogException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** The catalog's own tables, made and changed step by step. */
final class Migrations {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PAUSE_MILLIS = 100;

  private Migrations() {}

  /** The statements of each version, from 1. */
  static List<List<String>> versions(Dialect dialect) {
    String blob = dialect.blob();
    return List.of(
        List.of(
            "CREATE TABLE kyma_head (id INTEGER PRIMARY KEY, number BIGINT NOT NULL,"
                + " time_us BIGINT NOT NULL)",
            "INSERT INTO kyma_head (id, number, time_us) VALUES (1, 0, 0)",
            "CREATE TABLE kyma_commit_id (id TEXT PRIMARY KEY, number BIGINT)",
            "CREATE TABLE kyma_commit (number BIGINT PRIMARY KEY, time_us BIGINT NOT NULL, body "
                + blob
                + " NOT NULL)",
            "CREATE TABLE kyma_table (id BIGINT PRIMARY KEY, database_name TEXT NOT NULL,"
                + " table_name TEXT NOT NULL, definition "
                + blob
                + " NOT NULL, UNIQUE (database_name, table_name))",
            "CREATE TABLE kyma_cursor (log INTEGER PRIMARY KEY, table_id BIGINT NOT NULL,"
                + " topic_id TEXT NOT NULL, next_offset BIGINT NOT NULL,"
                + " leader_epoch INTEGER NOT NULL, source_epoch BIGINT NOT NULL)",
            "CREATE TABLE kyma_extent (extent_key TEXT PRIMARY KEY, table_id BIGINT NOT NULL)",
            "CREATE INDEX kyma_extent_table ON kyma_extent (table_id)",
            "CREATE INDEX kyma_cursor_table ON kyma_cursor (table_id)",
            "CREATE TABLE kyma_grant (id BIGINT PRIMARY KEY, key_prefix TEXT NOT NULL UNIQUE,"
                + " opened_us BIGINT NOT NULL, state INTEGER NOT NULL)",
            "CREATE TABLE kyma_sequence (name TEXT PRIMARY KEY, next BIGINT NOT NULL)",
            "INSERT INTO kyma_sequence (name, next) VALUES ('table', 1)",
            "INSERT INTO kyma_sequence (name, next) VALUES ('log', 0)",
            "INSERT INTO kyma_sequence (name, next) VALUES ('grant', 1)",
            "INSERT INTO kyma_sequence (name, next) VALUES ('archived', 0)",
            "CREATE TABLE kyma_checkpoint (number BIGINT NOT NULL, part INTEGER NOT NULL, body "
                + blob
                + " NOT NULL, PRIMARY KEY (number, part))"),
        List.of(
            "ALTER TABLE kyma_extent ADD COLUMN added BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE kyma_extent ADD COLUMN deleted_rows BIGINT NOT NULL DEFAULT 0",
            "CREATE TABLE kyma_garbage (extent_key TEXT PRIMARY KEY, table_id BIGINT NOT NULL,"
                + " added BIGINT NOT NULL, removed BIGINT NOT NULL, time_us BIGINT NOT NULL,"
                + " condemned_us BIGINT NOT NULL)",
            "CREATE INDEX kyma_garbage_time ON kyma_garbage (condemned_us, time_us)",
            "CREATE TABLE kyma_pin (name TEXT PRIMARY KEY, number BIGINT NOT NULL)",
            "INSERT INTO kyma_sequence (name, next) VALUES ('horizon', 0)",
            "CREATE INDEX kyma_commit_time ON kyma_commit (time_us)"),
        List.of(
            "CREATE TABLE kyma_filter (extent_key TEXT NOT NULL, column_id INTEGER NOT NULL,"
                + " table_id BIGINT NOT NULL, blocks BIGINT NOT NULL,"
                + " PRIMARY KEY (extent_key, column_id))",
            "CREATE INDEX kyma_filter_column ON kyma_filter (table_id, column_id)",
            "CREATE TABLE kyma_filter_part (extent_key TEXT NOT NULL, column_id INTEGER NOT NULL,"
                + " part BIGINT NOT NULL, body "
                + blob
                + " NOT NULL, PRIMARY KEY (extent_key, column_id, part))",
            "CREATE TABLE kyma_job (id BIGINT PRIMARY KEY, request TEXT NOT NULL UNIQUE,"
                + " kind TEXT NOT NULL, table_id BIGINT NOT NULL, arguments TEXT NOT NULL,"
                + " state INTEGER NOT NULL, owner TEXT NOT NULL, claim TEXT NOT NULL,"
                + " lease_us BIGINT NOT NULL, progress TEXT NOT NULL, done BIGINT NOT NULL,"
                + " total BIGINT NOT NULL, result TEXT NOT NULL, created_us BIGINT NOT NULL,"
                + " updated_us BIGINT NOT NULL)",
            "CREATE INDEX kyma_job_state ON kyma_job (state, id)",
            "CREATE TABLE kyma_claim (name TEXT PRIMARY KEY, owner TEXT NOT NULL,"
                + " until_us BIGINT NOT NULL)",
            "INSERT INTO kyma_sequence (name, next) VALUES ('job', 0)"));
  }

  /**
   * Brings the database to this code's version.
   *
   * @throws CatalogException.Corrupt if a newer Kyma has changed it
   */
  static void run(Database database) {
    List<List<String>> versions = versions(database.dialect());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    // Of several processes that open a new database one makes the tables; the others look again.
    while (true) {
      try {
        database.read(
            connection -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute(
                    "CREATE TABLE IF NOT EXISTS kyma_schema (version INTEGER PRIMARY KEY)");
              }
              return 0;
            });
        database.write(connection -> migrate(connection, versions));
        return;
      } catch (CatalogException.Unavailable e) {
        if (System.nanoTime() - deadline >= 0 || !Database.pause(PAUSE_MILLIS)) {
          throw e;
        }
      }
    }
  }

  private static int migrate(Connection connection, List<List<String>> versions)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int current;
      try (ResultSet rows = statement.executeQuery("SELECT MAX(version) FROM kyma_schema")) {
        rows.next();
        current = rows.getInt(1);
      }
      if (current > versions.size()) {
        throw new CatalogException.Corrupt(
            "the catalog's database has version "
                + current
                + ", this Kyma knows up to "
                + versions.size());
      }
      for (int version = current + 1; version <= versions.size(); version++) {
        try (PreparedStatement claim =
            connection.prepareStatement("INSERT INTO kyma_schema (version) VALUES (?)")) {
          claim.setInt(1, version);
          claim.executeUpdate();
        }
        for (String sql : versions.get(version - 1)) {
          statement.execute(sql);
        }
      }
      return versions.size();
    }
  }
}
