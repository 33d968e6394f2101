package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.commit.CommitCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The statements of one transaction that applies a group of commits.
 *
 * <ol>
 *   <li>Insert every commit's id under its unique key. Whoever submits the same id meanwhile waits
 *       here until this transaction has ended; an id already there is answered with its record.
 *   <li>Lock and read what the commits are about: grants, tables, cursors, extents, each in the
 *       order of their keys.
 *   <li>Decide one commit after the other in memory; those refused take back their ids.
 *   <li>Write what changed.
 *   <li>Lock the head row, take the next numbers, store the commits.
 * </ol>
 *
 * The caller commits. Used once, by one thread.
 */
final class CommitTransaction {
  private final Connection connection;
  private final Dialect dialect;
  private final Map<UUID, Commit> commits = new LinkedHashMap<>();
  private final Map<UUID, Verdict> verdicts = new HashMap<>();
  private final GroupState state = new GroupState();

  CommitTransaction(Connection connection, Dialect dialect, List<Commit> commits) {
    this.connection = connection;
    this.dialect = dialect;
    commits.forEach(commit -> this.commits.putIfAbsent(commit.id(), commit));
  }

  /** The verdicts, by commit id. */
  Map<UUID, Verdict> verdicts() {
    return verdicts;
  }

  /**
   * Runs the statements.
   *
   * @return whether there is anything to commit
   */
  boolean run() throws SQLException {
    List<Commit> open = insertIds();
    load(open);
    Map<Long, TableDef> tablesBefore = Map.copyOf(state.tables);
    Map<Integer, GroupState.OwnedCursor> cursorsBefore = Map.copyOf(state.cursors);
    Map<String, Long> extentsBefore = Map.copyOf(state.extents);
    List<Commit> applied = new ArrayList<>();
    List<Commit> refused = new ArrayList<>();
    for (Commit commit : open) {
      var refusal = state.apply(commit);
      if (refusal.isPresent()) {
        verdicts.put(commit.id(), refusal.get());
        refused.add(commit);
      } else {
        applied.add(commit);
      }
    }
    if (applied.isEmpty()) {
      return false;
    }
    Sql.batch(
        connection,
        "DELETE FROM kyma_commit_id WHERE id = ?",
        refused,
        (statement, commit) -> statement.setString(1, commit.id().toString()));
    writeTables(tablesBefore);
    writeExtents(extentsBefore);
    writeCursors(cursorsBefore);
    takeNumbers(applied);
    return true;
  }

  private List<Commit> insertIds() throws SQLException {
    List<Commit> sorted = new ArrayList<>(commits.values());
    sorted.sort(Comparator.comparing(commit -> commit.id().toString()));
    int[] inserted =
        Sql.batch(
            connection,
            "INSERT INTO kyma_commit_id (id) VALUES (?) ON CONFLICT DO NOTHING",
            sorted,
            (statement, commit) -> statement.setString(1, commit.id().toString()));
    Set<UUID> known = new HashSet<>();
    for (int i = 0; i < inserted.length; i++) {
      if (inserted[i] == 0) {
        Commit commit = sorted.get(i);
        known.add(commit.id());
        CommitRecord record = CommitTable.find(connection, commit.id());
        if (record == null) {
          throw new CatalogException.Corrupt("commit id " + commit.id() + " without a commit");
        }
        verdicts.put(commit.id(), new Verdict.Applied(record));
      }
    }
    List<Commit> open = new ArrayList<>(commits.values());
    open.removeIf(commit -> known.contains(commit.id()));
    return open;
  }

  private void load(List<Commit> group) throws SQLException {
    Set<Long> grants = new HashSet<>();
    Set<Long> tables = new HashSet<>();
    Set<Integer> logs = new HashSet<>();
    Set<String> extents = new HashSet<>();
    List<TableDef> created = new ArrayList<>();
    for (Commit commit : group) {
      commit.writeGrant().ifPresent(grant -> grants.add(grant.id()));
      commit.add().forEach(extent -> tables.add(extent.table()));
      commit.add().forEach(extent -> extents.add(extent.key()));
      extents.addAll(commit.remove());
      commit.cursors().forEach(move -> logs.add(move.expected().log()));
      for (TableChange change : commit.tables()) {
        tables.add(change.table());
        if (change instanceof TableChange.Create create) {
          created.add(create.definition());
          for (int i = 0; i < create.definition().log().partitions(); i++) {
            logs.add(create.definition().log().ordinal(i));
          }
        }
      }
    }
    String lock = dialect.forUpdate();
    Sql.selectIn(
        connection,
        "SELECT id, key_prefix, state FROM kyma_grant",
        "id",
        grants,
        lock,
        row ->
            state.grants.put(
                row.getLong(1),
                new GroupState.Grant(row.getString(2), row.getInt(3) == GrantTable.OPEN)));
    Sql.selectIn(
        connection, "SELECT definition FROM kyma_table", "id", tables, lock, this::readTable);
    for (TableDef table : created) {
      loadNamed(table, lock);
    }
    Sql.selectIn(
        connection,
        "SELECT log, table_id, topic_id, next_offset, leader_epoch, source_epoch FROM kyma_cursor",
        "log",
        logs,
        lock,
        row ->
            state.cursors.put(
                row.getInt(1),
                new GroupState.OwnedCursor(
                    row.getLong(2),
                    new SourceCursor(
                        row.getInt(1),
                        row.getString(3),
                        row.getLong(4),
                        row.getInt(5),
                        row.getLong(6)))));
    Sql.selectIn(
        connection,
        "SELECT extent_key, table_id FROM kyma_extent",
        "extent_key",
        extents,
        lock,
        row -> state.extents.put(row.getString(1), row.getLong(2)));
  }

  private void loadNamed(TableDef table, String lock) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT definition FROM kyma_table WHERE database_name = ? AND table_name = ?"
                + lock)) {
      statement.setString(1, table.database());
      statement.setString(2, table.name());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          readTable(rows);
        }
      }
    }
  }

  private void readTable(ResultSet row) throws SQLException {
    TableDef table = CommitCodec.table(row.getBytes(1));
    state.tables.put(table.id(), table);
  }

  private void writeTables(Map<Long, TableDef> before) throws SQLException {
    List<Long> gone = new ArrayList<>();
    List<TableDef> added = new ArrayList<>();
    List<TableDef> changed = new ArrayList<>();
    for (Long id : before.keySet()) {
      if (!state.tables.containsKey(id)) {
        gone.add(id);
      }
    }
    for (TableDef table : state.tables.values()) {
      TableDef known = before.get(table.id());
      if (known == null) {
        added.add(table);
      } else if (!known.equals(table)) {
        changed.add(table);
      }
    }
    for (String table : List.of("kyma_extent", "kyma_cursor")) {
      Sql.batch(
          connection,
          "DELETE FROM " + table + " WHERE table_id = ?",
          gone,
          (statement, id) -> statement.setLong(1, id));
    }
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

  private void writeExtents(Map<String, Long> before) throws SQLException {
    List<String> gone = new ArrayList<>(before.keySet());
    gone.removeAll(state.extents.keySet());
    Sql.batch(
        connection,
        "DELETE FROM kyma_extent WHERE extent_key = ?",
        gone,
        (statement, key) -> statement.setString(1, key));
    List<String> added = new ArrayList<>(state.extents.keySet());
    added.removeAll(before.keySet());
    Sql.batch(
        connection,
        "INSERT INTO kyma_extent (extent_key, table_id) VALUES (?, ?)",
        added,
        (statement, key) -> {
          statement.setString(1, key);
          statement.setLong(2, Objects.requireNonNull(state.extents.get(key)));
        });
  }

  private void writeCursors(Map<Integer, GroupState.OwnedCursor> before) throws SQLException {
    List<GroupState.OwnedCursor> added = new ArrayList<>();
    List<GroupState.OwnedCursor> moved = new ArrayList<>();
    state.cursors.forEach(
        (log, owned) -> {
          GroupState.OwnedCursor known = before.get(log);
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

  private void takeNumbers(List<Commit> applied) throws SQLException {
    List<byte[]> bodies = applied.stream().map(CommitCodec::body).toList();
    long number;
    long micros;
    try (PreparedStatement head =
            connection.prepareStatement(
                "SELECT number, time_us, "
                    + dialect.nowMicros()
                    + " FROM kyma_head WHERE id = 1"
                    + dialect.forUpdate());
        ResultSet row = head.executeQuery()) {
      row.next();
      number = row.getLong(1);
      micros = Math.max(row.getLong(2) + 1, row.getLong(3));
    }
    List<CommitRecord> records = new ArrayList<>();
    for (int i = 0; i < applied.size(); i++) {
      Instant time = Sql.instant(micros + i);
      records.add(new CommitRecord(number + 1 + i, time, applied.get(i)));
    }
    CommitTable.insert(connection, records, bodies);
    CommitRecord last = records.getLast();
    try (PreparedStatement head =
        connection.prepareStatement("UPDATE kyma_head SET number = ?, time_us = ? WHERE id = 1")) {
      head.setLong(1, last.number());
      head.setLong(2, Sql.micros(last.time()));
      head.executeUpdate();
    }
    for (CommitRecord record : records) {
      verdicts.put(record.commit().id(), new Verdict.Applied(record));
    }
  }
}
