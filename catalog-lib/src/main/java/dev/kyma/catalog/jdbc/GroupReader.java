package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.commit.CommitCodec;
import dev.kyma.catalog.commit.FoldedSnapshot;
import dev.kyma.catalog.commit.MaskedRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Locks and reads the part of the catalog that a group of commits is about. Used once, within one
 * transaction.
 *
 * <p>Which rows of an extent are deleted is not in the database but by how many; the rows are the
 * mirror's. Since deletion vectors only grow, an equal count means equal rows, and where the counts
 * differ the commits that the mirror does not have yet tell the rest.
 */
final class GroupReader {
  private final Connection connection;
  private final String lock;
  private final String share;
  private final Mirror mirror;
  private final GroupState state = new GroupState();

  private final Set<Long> grants = new HashSet<>();
  private final Set<Long> extended = new HashSet<>();
  private final Set<Long> changed = new HashSet<>();
  private final Set<Integer> logs = new HashSet<>();
  private final Set<String> extents = new HashSet<>();
  private final Set<String> added = new HashSet<>();
  private final Set<String> masked = new HashSet<>();
  private final List<TableDef> created = new ArrayList<>();

  GroupReader(Connection connection, Dialect dialect, Mirror mirror) {
    this.connection = connection;
    this.lock = dialect.forUpdate();
    this.share = dialect.forShare();
    this.mirror = mirror;
  }

  GroupState read(List<Commit> group) throws SQLException {
    group.forEach(this::collect);
    extended.removeAll(changed);
    Sql.selectIn(
        connection,
        "SELECT id, key_prefix, state FROM kyma_grant",
        "id",
        grants,
        share,
        row ->
            state.grants.put(
                row.getLong(1),
                new GroupState.Grant(row.getString(2), row.getInt(3) == GrantTable.OPEN)));
    String tables = "SELECT definition FROM kyma_table";
    Sql.selectIn(connection, tables, "id", changed, lock, this::readTable);
    Sql.selectIn(connection, tables, "id", extended, share, this::readTable);
    for (TableDef table : created) {
      readNamed(table);
    }
    readCursors();
    readExtents();
    readMasks();
    return state;
  }

  private void collect(Commit commit) {
    commit.writeGrant().ifPresent(grant -> grants.add(grant.id()));
    commit.add().forEach(extent -> extended.add(extent.table()));
    commit.add().forEach(extent -> added.add(extent.key()));
    commit.remove().stream().map(Removal::extent).forEach(extents::add);
    commit.masks().stream().map(Mask::extent).forEach(masked::add);
    commit.cursors().forEach(move -> logs.add(move.expected().log()));
    for (TableChange change : commit.tables()) {
      changed.add(change.table());
      if (change instanceof TableChange.Create create) {
        created.add(create.definition());
        collect(create.definition().log());
      }
      if (change instanceof TableChange.SwitchLog switched) {
        collect(switched.log());
      }
    }
  }

  private void collect(LogBinding log) {
    for (int i = 0; i < log.partitions(); i++) {
      logs.add(log.ordinal(i));
    }
  }

  private void readNamed(TableDef table) throws SQLException {
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

  private void readCursors() throws SQLException {
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
  }

  private void readExtents() throws SQLException {
    extents.addAll(added);
    extents.addAll(masked);
    Sql.selectIn(
        connection,
        "SELECT extent_key, table_id, added, deleted_rows FROM kyma_extent",
        "extent_key",
        extents,
        lock,
        row ->
            state.extents.put(
                row.getString(1),
                new GroupState.Live(
                    row.getLong(2), row.getLong(3), row.getLong(4), MaskedRows.NONE)));
    Sql.selectIn(
        connection,
        "SELECT extent_key FROM kyma_garbage",
        "extent_key",
        added,
        "",
        row -> state.garbage.add(Objects.requireNonNull(row.getString(1))));
  }

  private void readMasks() throws SQLException {
    masked.retainAll(state.extents.keySet());
    if (masked.isEmpty()) {
      return;
    }
    FoldedSnapshot known = mirror.known();
    if (!masked.stream().allMatch(key -> agrees(known, key))) {
      takeMasks(mirror.caughtUp(connection));
    } else {
      takeMasks(known);
    }
  }

  private boolean agrees(FoldedSnapshot snapshot, String key) {
    return snapshot.maskedRows(key).cardinality()
        == Objects.requireNonNull(state.extents.get(key)).deletedRows();
  }

  private void takeMasks(FoldedSnapshot snapshot) {
    for (String key : masked) {
      GroupState.Live live = Objects.requireNonNull(state.extents.get(key));
      if (!agrees(snapshot, key)) {
        throw new CatalogException.Corrupt(
            live.deletedRows()
                + " rows of extent "
                + key
                + " are deleted, its commits delete "
                + snapshot.maskedRows(key).cardinality());
      }
      state.extents.put(
          key,
          new GroupState.Live(
              live.table(), live.added(), live.deletedRows(), snapshot.maskedRows(key)));
    }
  }
}
