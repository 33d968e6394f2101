package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.commit.CommitCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what a group of commits changed, by comparing the state before with the state after. Used
 * once, within one transaction; made before the first commit is applied to the state.
 */
final class GroupWriter {
  private final Connection connection;
  private final GroupState state;
  private final Map<Long, TableDef> tablesBefore;
  private final Map<Integer, GroupState.OwnedCursor> cursorsBefore;
  private final Map<String, GroupState.Live> extentsBefore;

  GroupWriter(Connection connection, GroupState state) {
    this.connection = connection;
    this.state = state;
    this.tablesBefore = Map.copyOf(state.tables);
    this.cursorsBefore = Map.copyOf(state.cursors);
    this.extentsBefore = new HashMap<>(state.extents);
  }

  void writeTables() throws SQLException {
    List<Long> gone = new ArrayList<>(tablesBefore.keySet());
    gone.removeAll(state.tables.keySet());
    List<TableDef> added = new ArrayList<>();
    List<TableDef> changed = new ArrayList<>();
    for (TableDef table : state.tables.values()) {
      TableDef known = tablesBefore.get(table.id());
      if (known == null) {
        added.add(table);
      } else if (!known.equals(table)) {
        changed.add(table);
      }
    }
    Sql.batch(
        connection,
        "DELETE FROM kyma_cursor WHERE table_id = ?",
        gone,
        (statement, id) -> statement.setLong(1, id));
    Sql.batch(
        connection,
        "DELETE FROM kyma_table WHERE id = ?",
        gone,
        (statement, id) -> statement.setLong(1, id));
    Sql.batch(
        connection,
        "UPDATE kyma_table SET definition = ? WHERE id = ?",
        changed,
        (statement, table) -> {
          statement.setBytes(1, CommitCodec.table(table));
          statement.setLong(2, table.id());
        });
    Sql.batch(
        connection,
        "INSERT INTO kyma_table (id, database_name, table_name, definition) VALUES (?, ?, ?, ?)",
        added,
        (statement, table) -> {
          statement.setLong(1, table.id());
          statement.setString(2, table.database());
          statement.setString(3, table.name());
          statement.setBytes(4, CommitCodec.table(table));
        });
  }

  void writeCursors() throws SQLException {
    Sql.batch(
        connection,
        "DELETE FROM kyma_cursor WHERE log = ?",
        List.copyOf(state.unbound.keySet()),
        (statement, log) -> statement.setInt(1, log));
    List<GroupState.OwnedCursor> added = new ArrayList<>();
    List<GroupState.OwnedCursor> moved = new ArrayList<>();
    state.cursors.forEach(
        (log, owned) -> {
          GroupState.OwnedCursor known = cursorsBefore.get(log);
          if (known == null) {
            added.add(owned);
          } else if (!known.equals(owned)) {
            moved.add(owned);
          }
        });
    Sql.batch(
        connection,
        "UPDATE kyma_cursor SET topic_id = ?, next_offset = ?, leader_epoch = ?, source_epoch = ?"
            + " WHERE log = ?",
        moved,
        (statement, owned) -> {
          bind(statement, owned.cursor());
          statement.setInt(5, owned.cursor().log());
        });
    Sql.batch(
        connection,
        "INSERT INTO kyma_cursor (topic_id, next_offset, leader_epoch, source_epoch, log, table_id)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        added,
        (statement, owned) -> {
          bind(statement, owned.cursor());
          statement.setInt(5, owned.cursor().log());
          statement.setLong(6, owned.table());
        });
  }

  private static void bind(PreparedStatement statement, SourceCursor cursor) throws SQLException {
    statement.setString(1, cursor.topicId());
    statement.setLong(2, cursor.nextOffset());
    statement.setInt(3, cursor.leaderEpoch());
    statement.setLong(4, cursor.sourceEpoch());
  }

  /**
   * Writes extents, and as garbage those that are none any more.
   *
   * @param records the group's applied commits, numbered
   */
  void writeExtents(List<CommitRecord> records) throws SQLException {
    long before = records.getFirst().number() - 1;
    Sql.batch(
        connection,
        "INSERT INTO kyma_garbage (extent_key, table_id, added, removed, time_us, condemned_us)"
            + " VALUES (?, ?, ?, ?, ?, 0)",
        state.dereferenced,
        (statement, gone) -> {
          CommitRecord by = records.get(gone.removed());
          statement.setString(1, gone.key());
          statement.setLong(2, gone.table());
          statement.setLong(3, gone.added() >= 0 ? gone.added() : before - gone.added());
          statement.setLong(4, by.number());
          statement.setLong(5, Sql.micros(by.time()));
        });
    List<String> gone = new ArrayList<>(extentsBefore.keySet());
    gone.removeAll(state.extents.keySet());
    Sql.batch(
        connection,
        "DELETE FROM kyma_extent WHERE extent_key = ?",
        gone,
        (statement, key) -> statement.setString(1, key));
    for (Map.Entry<Long, Integer> drop : state.dropped.entrySet()) {
      dropExtents(drop.getKey(), records.get(drop.getValue()));
    }
    List<Map.Entry<String, GroupState.Live>> added = new ArrayList<>();
    List<Map.Entry<String, GroupState.Live>> masked = new ArrayList<>();
    for (Map.Entry<String, GroupState.Live> extent : state.extents.entrySet()) {
      GroupState.Live known = extentsBefore.get(extent.getKey());
      if (known == null) {
        added.add(extent);
      } else if (known.deletedRows() != extent.getValue().deletedRows()) {
        masked.add(extent);
      }
    }
    masked.sort(Map.Entry.comparingByKey());
    Sql.batch(
        connection,
        "INSERT INTO kyma_extent (extent_key, table_id, added, deleted_rows) VALUES (?, ?, ?, ?)",
        added,
        (statement, extent) -> {
          statement.setString(1, extent.getKey());
          statement.setLong(2, extent.getValue().table());
          statement.setLong(3, before - extent.getValue().added());
          statement.setLong(4, extent.getValue().deletedRows());
        });
    Sql.batch(
        connection,
        "UPDATE kyma_extent SET deleted_rows = ? WHERE extent_key = ?",
        masked,
        (statement, extent) -> {
          statement.setLong(1, extent.getValue().deletedRows());
          statement.setString(2, extent.getKey());
        });
  }

  /** The extents of a dropped table that no commit of the group names. */
  private void dropExtents(long table, CommitRecord by) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO kyma_garbage (extent_key, table_id, added, removed, time_us,"
                + " condemned_us) SELECT extent_key, table_id, added, ?, ?, 0 FROM kyma_extent"
                + " WHERE table_id = ?")) {
      statement.setLong(1, by.number());
      statement.setLong(2, Sql.micros(by.time()));
      statement.setLong(3, table);
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM kyma_extent WHERE table_id = ?")) {
      statement.setLong(1, table);
      statement.executeUpdate();
    }
  }
}
