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
  void writeExtents(List<CommitRecord> records, Writes writes) {
    long before = records.getFirst().number() - 1;
    writes.insert(
        "INSERT INTO kyma_garbage (extent_key, table_id, added, removed, time_us, condemned_us)",
        state.dereferenced,
        "",
        gone -> {
          CommitRecord by = records.get(gone.removed());
          return List.of(
              gone.key(),
              gone.table(),
              gone.added() >= 0 ? gone.added() : before - gone.added(),
              by.number(),
              Sql.micros(by.time()),
              0L);
        });
    List<String> gone = new ArrayList<>(extentsBefore.keySet());
    gone.removeAll(state.extents.keySet());
    writes.delete("DELETE FROM kyma_extent WHERE extent_key", gone);
    state.dropped.forEach((table, commit) -> dropExtents(table, records.get(commit), writes));
    List<Map.Entry<String, GroupState.Live>> changed = new ArrayList<>(state.extents.entrySet());
    changed.removeIf(extent -> extent.getValue().equals(extentsBefore.get(extent.getKey())));
    writes.insert(
        "INSERT INTO kyma_extent (extent_key, table_id, added, deleted_rows)",
        changed,
        " ON CONFLICT (extent_key) DO UPDATE SET deleted_rows = excluded.deleted_rows",
        extent -> {
          GroupState.Live live = extent.getValue();
          return List.of(
              extent.getKey(),
              live.table(),
              live.added() >= 0 ? live.added() : before - live.added(),
              live.deletedRows());
        });
  }

  /** The extents of a dropped table that no commit of the group names. */
  private static void dropExtents(long table, CommitRecord by, Writes writes) {
    writes.add(
        "INSERT INTO kyma_garbage (extent_key, table_id, added, removed, time_us, condemned_us)"
            + " SELECT extent_key, table_id, added, CAST(? AS BIGINT), CAST(? AS BIGINT), 0"
            + " FROM kyma_extent WHERE table_id = ?",
        by.number(),
        Sql.micros(by.time()),
        table);
    writes.add("DELETE FROM kyma_extent WHERE table_id = ?", table);
  }
}
