package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome.Reason;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.commit.MaskedRows;
import dev.kyma.format.type.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of the catalog that a group of commits is about, as read under locks, and the decision
 * for one commit after the other: applied here, or refused with nothing changed. Used by one
 * thread, within one transaction.
 */
final class GroupState {
  /** A grant as the database has it. */
  record Grant(String keyPrefix, boolean open) {}

  /** A cursor and the table whose log it is of. */
  record OwnedCursor(long table, SourceCursor cursor) {}

  /**
   * A live extent.
   *
   * @param table its table
   * @param added the number of the commit that added it; for one added within the group {@code -1 -
   *     i}, i being how many commits of the group were applied before
   * @param deletedRows how many of its rows are deleted
   * @param rows which ones; known only of extents the group masks
   */
  record Live(long table, long added, long deletedRows, MaskedRows rows) {}

  /**
   * An extent that stopped being live within the group.
   *
   * @param removed which of the applied commits removed it, from 0
   */
  record Dereferenced(String key, long table, long added, int removed) {}

  private record Name(String database, String name) {}

  final Map<Long, Grant> grants = new HashMap<>();
  final Map<Long, TableDef> tables = new HashMap<>();
  final Map<Integer, OwnedCursor> cursors = new HashMap<>();

  /** Logs whose tables have another one now, with the tables. */
  final Map<Integer, Long> unbound = new HashMap<>();

  /** Live extents among those the group names. */
  final Map<String, Live> extents = new HashMap<>();

  /** Objects that were extents once and may be removed from the store at any time. */
  final Set<String> garbage = new HashSet<>();

  final List<Dereferenced> dereferenced = new ArrayList<>();

  /** Tables that go as a whole, with the commits that drop them. */
  final Map<Long, Integer> dropped = new HashMap<>();

  private int applied;

  private final Deque<Runnable> undo = new ArrayDeque<>();

  /** Decides one commit. */
  Optional<Verdict.Refused> apply(Commit commit) {
    undo.clear();
    Optional<Verdict.Refused> refusal = check(commit);
    if (refusal.isPresent()) {
      while (!undo.isEmpty()) {
        undo.pop().run();
      }
    } else {
      applied++;
    }
    return refusal;
  }

  private Optional<Verdict.Refused> check(Commit commit) {
    WriteGrant grant = commit.writeGrant().orElse(null);
    if (grant != null) {
      Grant known = grants.get(grant.id());
      if (known == null || !known.open() || !known.keyPrefix().equals(grant.keyPrefix())) {
        return refuse(Reason.GRANT_REVOKED, "grant " + grant.id() + " of " + grant.keyPrefix());
      }
    }
    for (Commit.CursorMove move : commit.cursors()) {
      OwnedCursor known = cursors.get(move.expected().log());
      if (known == null || !known.cursor().equals(move.expected())) {
        return refuse(
            Reason.CURSOR_MOVED,
            "expected " + move.expected() + ", is " + (known == null ? "gone" : known.cursor()));
      }
      put(cursors, move.next().log(), new OwnedCursor(known.table(), move.next()));
    }
    for (TableChange change : commit.tables()) {
      Optional<Verdict.Refused> refusal =
          switch (change) {
            case TableChange.Create create -> create(create.definition());
            case TableChange.Widen widen -> widen(widen);
            case TableChange.Alter alter -> alter(alter);
            case TableChange.SwitchLog switched -> switchLog(switched);
            case TableChange.Drop drop -> drop(drop.table());
          };
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    for (Removal removal : commit.remove()) {
      Live live = extents.get(removal.extent());
      if (live == null) {
        return refuse(Reason.EXTENT_GONE, removal.extent());
      }
      if (live.deletedRows() != removal.deletedRows()) {
        return refuse(
            Reason.MASK_CHANGED,
            "expected "
                + removal.deletedRows()
                + " deleted rows in "
                + removal.extent()
                + ", there are "
                + live.deletedRows());
      }
      dereference(removal.extent(), live);
    }
    for (ExtentRef extent : commit.add()) {
      Optional<Verdict.Refused> refusal = add(extent);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    for (Mask mask : commit.masks()) {
      Live live = extents.get(mask.extent());
      if (live == null) {
        return refuse(Reason.EXTENT_GONE, mask.extent());
      }
      MaskedRows rows = live.rows().plus(mask.rows());
      put(extents, mask.extent(), new Live(live.table(), live.added(), rows.cardinality(), rows));
    }
    return Optional.empty();
  }

  private Optional<Verdict.Refused> create(TableDef table) {
    Name name = name(table);
    for (TableDef other : tables.values()) {
      if (other.id() == table.id() || name(other).equals(name)) {
        return refuse(
            Reason.NAME_TAKEN,
            "table " + other.id() + " is " + other.database() + "." + other.name());
      }
    }
    for (int partition = 0; partition < table.log().partitions(); partition++) {
      int log = table.log().ordinal(partition);
      if (cursors.containsKey(log)) {
        return refuse(Reason.NAME_TAKEN, "log " + log + " belongs to another table");
      }
      put(
          cursors,
          log,
          new OwnedCursor(table.id(), SourceCursor.start(log, table.log().topicId())));
    }
    put(tables, table.id(), table);
    return Optional.empty();
  }

  private Optional<Verdict.Refused> widen(TableChange.Widen widen) {
    TableDef table = tables.get(widen.table());
    Optional<Verdict.Refused> refusal = expect(table, widen.table(), widen.expectedVersion());
    if (table == null || refusal.isPresent()) {
      return refusal;
    }
    for (Field field : table.schema().fields()) {
      if (widen.schema().indexOfId(field.id()) < 0) {
        return refuse(Reason.SCHEMA_CHANGED, "column " + field.id() + " would go");
      }
    }
    put(tables, table.id(), table.withSchema(widen.schema()));
    return Optional.empty();
  }

  private Optional<Verdict.Refused> alter(TableChange.Alter alter) {
    TableDef table = tables.get(alter.table());
    Optional<Verdict.Refused> refusal = expect(table, alter.table(), alter.expectedVersion());
    if (table == null || refusal.isPresent()) {
      return refusal;
    }
    put(
        tables,
        table.id(),
        table.withSettings(alter.flushPolicy(), alter.sortColumns(), alter.options()));
    return Optional.empty();
  }

  private Optional<Verdict.Refused> switchLog(TableChange.SwitchLog change) {
    TableDef table = tables.get(change.table());
    Optional<Verdict.Refused> refusal = expect(table, change.table(), change.expectedVersion());
    if (table == null || refusal.isPresent()) {
      return refusal;
    }
    for (int partition = 0; partition < table.log().partitions(); partition++) {
      remove(cursors, table.log().ordinal(partition));
      put(unbound, table.log().ordinal(partition), table.id());
    }
    for (int partition = 0; partition < change.log().partitions(); partition++) {
      int log = change.log().ordinal(partition);
      if (cursors.containsKey(log) || unbound.containsKey(log)) {
        return refuse(Reason.NAME_TAKEN, "log " + log + " is or was another");
      }
      put(cursors, log, new OwnedCursor(table.id(), change.cursor(partition)));
    }
    put(tables, table.id(), table.withLog(change.log()));
    return Optional.empty();
  }

  private static Optional<Verdict.Refused> expect(@Nullable TableDef table, long id, int version) {
    if (table == null) {
      return refuse(Reason.TABLE_GONE, "table " + id);
    }
    return table.schemaVersion() == version
        ? Optional.empty()
        : refuse(
            Reason.SCHEMA_CHANGED, "expected version " + version + ", is " + table.schemaVersion());
  }

  private Optional<Verdict.Refused> drop(long id) {
    TableDef table = tables.get(id);
    if (table == null) {
      return refuse(Reason.TABLE_GONE, "table " + id);
    }
    remove(tables, id);
    for (int partition = 0; partition < table.log().partitions(); partition++) {
      remove(cursors, table.log().ordinal(partition));
    }
    for (var extent : Map.copyOf(extents).entrySet()) {
      if (extent.getValue().table() == id) {
        dereference(extent.getKey(), extent.getValue());
      }
    }
    put(dropped, id, applied);
    return Optional.empty();
  }

  private Optional<Verdict.Refused> add(ExtentRef extent) {
    TableDef table = tables.get(extent.table());
    if (table == null) {
      return refuse(Reason.TABLE_GONE, "table " + extent.table());
    }
    if (extent.schemaVersion() > table.schemaVersion()) {
      return refuse(
          Reason.SCHEMA_CHANGED,
          "version "
              + extent.schemaVersion()
              + " of "
              + extent.key()
              + ", is "
              + table.schemaVersion());
    }
    if (extents.containsKey(extent.key()) || garbage.contains(extent.key())) {
      return refuse(Reason.EXTENT_EXISTS, extent.key());
    }
    put(extents, extent.key(), new Live(extent.table(), -1 - applied, 0, MaskedRows.NONE));
    return Optional.empty();
  }

  private void dereference(String key, Live live) {
    remove(extents, key);
    Dereferenced gone = new Dereferenced(key, live.table(), live.added(), applied);
    dereferenced.add(gone);
    undo.push(() -> dereferenced.remove(gone));
    if (garbage.add(key)) {
      undo.push(() -> garbage.remove(key));
    }
  }

  private static Name name(TableDef table) {
    return new Name(table.database(), table.name());
  }

  private static Optional<Verdict.Refused> refuse(Reason reason, String detail) {
    return Optional.of(new Verdict.Refused(reason, detail));
  }

  private <K, V> void put(Map<K, V> map, K key, V value) {
    V before = map.put(key, value);
    undo.push(before == null ? () -> map.remove(key) : () -> map.put(key, before));
  }

  private <K, V> void remove(Map<K, V> map, K key) {
    V before = map.remove(key);
    if (before != null) {
      V value = Objects.requireNonNull(before);
      undo.push(() -> map.put(key, value));
    }
  }
}
