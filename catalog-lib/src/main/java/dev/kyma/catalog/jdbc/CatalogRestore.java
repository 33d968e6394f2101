package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.commit.CheckpointCodec;
import dev.kyma.catalog.commit.CommitCodec;
import dev.kyma.catalog.commit.FoldedSnapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fills the database of a catalog from what is known of one that was lost: everything in one
 * transaction, which {@link #finish} commits and {@link #close} without it takes back. Used by one
 * thread. Every method may throw {@link CatalogException.Unavailable}.
 */
public final class CatalogRestore implements AutoCloseable {
  private static final int ROWS_PER_BATCH = 1_000;

  /**
   * Where counting goes on.
   *
   * @param table the next table id
   * @param log the next log ordinal
   * @param grant the next write grant's id
   */
  public record Counters(long table, long log, long grant) {}

  /**
   * An extent that is not live any more and whose object is still there.
   *
   * @param added the commit that added it, 0 when that is not known
   * @param removed the commit that dereferenced it
   */
  public record PastExtent(String key, long table, long added, long removed) {}

  /**
   * What a catalog is made of.
   *
   * @param oldest the snapshot before the first commit stored
   * @param newest the snapshot after the last
   * @param counters where counting goes on
   * @param grants write grants of the lost catalog; they are revoked
   * @param added by which commits live extents were added, as far as is known
   * @param garbage what only snapshots of the past name
   * @param horizon the least number of a snapshot that is whole
   */
  public record State(
      FoldedSnapshot oldest,
      FoldedSnapshot newest,
      Counters counters,
      List<WriteGrant> grants,
      Map<String, Long> added,
      List<PastExtent> garbage,
      long horizon) {}

  private final Database database;
  private final Connection connection;
  private final List<CommitRecord> pending = new ArrayList<>();
  private final long nowMicros;

  private CatalogRestore(Database database, Connection connection) throws SQLException {
    this.database = database;
    this.connection = connection;
    this.nowMicros = GrantTable.nowMicros(connection, database.dialect());
  }

  /**
   * Takes an empty database, making the catalog's tables if need be. Until the end of the
   * transaction no commit is applied by anybody.
   *
   * @throws CatalogException.NotEmpty if a catalog is or was in it
   */
  public static CatalogRestore begin(JdbcCatalogConfig config) {
    Database database = Database.pooled(config, JdbcCatalog.dialect(config.url()));
    try {
      Migrations.run(database);
      Connection connection = database.connect();
      try {
        database.dialect().begin(connection);
        try (Statement statement = connection.createStatement()) {
          for (String sql : database.dialect().unhurried()) {
            statement.execute(sql);
          }
        }
        requireEmpty(connection, database.dialect(), config);
        return new CatalogRestore(database, connection);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      database.close();
      throw database.unavailable(e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static void requireEmpty(Connection connection, Dialect dialect, JdbcCatalogConfig config)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long number;
      try (ResultSet row =
          statement.executeQuery(
              "SELECT number FROM kyma_head WHERE id = 1" + dialect.forUpdate())) {
        row.next();
        number = row.getLong(1);
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT (SELECT COUNT(*) FROM kyma_grant) + (SELECT COUNT(*) FROM kyma_commit_id)"
                  + " + (SELECT SUM(next) FROM kyma_sequence)")) {
        row.next();
        // A new database: no commit, no grant, and the counters at 1, 0, 1 and 0.
        if (number != 0 || row.getLong(1) != 2) {
          throw new CatalogException.NotEmpty(
              config.url()
                  + " holds a catalog already, at snapshot "
                  + number
                  + "; only an empty database is filled");
        }
      }
    }
  }

  /** The database's clock when the restore began, to the microsecond. */
  public Instant now() {
    return Sql.instant(nowMicros);
  }

  /** Stores a commit, which follows on those stored before. */
  public void commit(CommitRecord record) {
    pending.add(record);
    if (pending.size() == ROWS_PER_BATCH) {
      run(this::writePending);
    }
  }

  private void writePending() throws SQLException {
    Sql.batch(
        connection,
        "INSERT INTO kyma_commit (number, time_us, body) VALUES (?, ?, ?)",
        pending,
        (statement, record) -> {
          statement.setLong(1, record.number());
          statement.setLong(2, Sql.micros(record.time()));
          statement.setBytes(3, CommitCodec.body(record.commit()));
        });
    Sql.batch(
        connection,
        "INSERT INTO kyma_commit_id (id, number) VALUES (?, ?)",
        pending,
        (statement, record) -> {
          statement.setString(1, record.commit().id().toString());
          statement.setLong(2, record.number());
        });
    pending.clear();
  }

  /** Forgets the commits stored so far. */
  public void forgetCommits() {
    pending.clear();
    run(
        () -> {
          try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM kyma_commit_id");
            statement.executeUpdate("DELETE FROM kyma_commit");
          }
        });
  }

  /** Stores the state and makes everything visible at once. */
  public void finish(State state) {
    FoldedSnapshot newest = state.newest();
    run(
        () -> {
          writePending();
          tables(newest);
          extents(newest, state.added());
          garbage(state.garbage());
          cursors(newest);
          grants(state.grants());
          GrantTable.raise(connection, "table", state.counters().table());
          GrantTable.raise(connection, "log", state.counters().log());
          GrantTable.raise(connection, "grant", state.counters().grant());
          GrantTable.raise(connection, "archived", newest.number());
          GrantTable.raise(connection, "horizon", state.horizon());
          for (FoldedSnapshot checkpoint : List.of(state.oldest(), newest)) {
            if (checkpoint.number() > 0) {
              CommitTable.insertCheckpoint(
                  connection, checkpoint.number(), CheckpointCodec.parts(checkpoint));
            }
          }
          try (PreparedStatement head =
              connection.prepareStatement(
                  "UPDATE kyma_head SET number = ?, time_us = ? WHERE id = 1")) {
            head.setLong(1, newest.number());
            head.setLong(2, Sql.micros(newest.time()));
            head.executeUpdate();
          }
          connection.commit();
        });
  }

  private void tables(FoldedSnapshot snapshot) throws SQLException {
    Sql.batch(
        connection,
        "INSERT INTO kyma_table (id, database_name, table_name, definition) VALUES (?, ?, ?, ?)",
        snapshot.tables(),
        (statement, table) -> {
          statement.setLong(1, table.id());
          statement.setString(2, table.database());
          statement.setString(3, table.name());
          statement.setBytes(4, CommitCodec.table(table));
        });
  }

  /** The time for garbage to be kept begins anew: whoever pinned it may pin it again. */
  private void garbage(List<PastExtent> extents) throws SQLException {
    Sql.batch(
        connection,
        "INSERT INTO kyma_garbage (extent_key, table_id, added, removed, time_us, condemned_us)"
            + " VALUES (?, ?, ?, ?, ?, 0)",
        extents,
        (statement, extent) -> {
          statement.setString(1, extent.key());
          statement.setLong(2, extent.table());
          statement.setLong(3, extent.added());
          statement.setLong(4, extent.removed());
          statement.setLong(5, nowMicros);
        });
  }

  private void extents(FoldedSnapshot snapshot, Map<String, Long> added) throws SQLException {
    for (TableDef table : snapshot.tables()) {
      List<ExtentRef> extents = snapshot.extents(table.id());
      for (int from = 0; from < extents.size(); from += ROWS_PER_BATCH) {
        Sql.batch(
            connection,
            "INSERT INTO kyma_extent (extent_key, table_id, added, deleted_rows)"
                + " VALUES (?, ?, ?, ?)",
            extents.subList(from, Math.min(extents.size(), from + ROWS_PER_BATCH)),
            (statement, extent) -> {
              statement.setString(1, extent.key());
              statement.setLong(2, extent.table());
              statement.setLong(3, added.getOrDefault(extent.key(), 0L));
              statement.setLong(4, snapshot.maskedRows(extent.key()).cardinality());
            });
      }
    }
  }

  private void cursors(FoldedSnapshot snapshot) throws SQLException {
    for (TableDef table : snapshot.tables()) {
      List<SourceCursor> cursors = new ArrayList<>();
      for (int partition = 0; partition < table.log().partitions(); partition++) {
        snapshot.cursor(table.log().ordinal(partition)).ifPresent(cursors::add);
      }
      Sql.batch(
          connection,
          "INSERT INTO kyma_cursor (topic_id, next_offset, leader_epoch, source_epoch, log,"
              + " table_id) VALUES (?, ?, ?, ?, ?, ?)",
          cursors,
          (statement, cursor) -> {
            statement.setString(1, cursor.topicId());
            statement.setLong(2, cursor.nextOffset());
            statement.setInt(3, cursor.leaderEpoch());
            statement.setLong(4, cursor.sourceEpoch());
            statement.setInt(5, cursor.log());
            statement.setLong(6, table.id());
          });
    }
  }

  private void grants(List<WriteGrant> grants) throws SQLException {
    Sql.batch(
        connection,
        "INSERT INTO kyma_grant (id, key_prefix, opened_us, state) VALUES (?, ?, ?, ?)",
        grants,
        (statement, grant) -> {
          statement.setLong(1, grant.id());
          statement.setString(2, grant.keyPrefix());
          statement.setLong(3, Sql.micros(grant.openedAt()));
          statement.setInt(4, GrantTable.REVOKED);
        });
  }

  private interface Writing {
    void run() throws SQLException;
  }

  private void run(Writing writing) {
    try {
      writing.run();
    } catch (SQLException e) {
      throw database.unavailable(e);
    }
  }

  /** Takes back what {@link #finish} has not made visible, and gives up the connection. */
  @Override
  public void close() {
    try {
      connection.rollback();
      connection.close();
    } catch (SQLException e) {
      System.getLogger(CatalogRestore.class.getName())
          .log(System.Logger.Level.DEBUG, "closing a connection", e);
    } finally {
      database.close();
    }
  }
}
