package dev.kyma.catalog.commit;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.KeyWindow;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.DeletionVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot in memory: the pure fold over commits in order, starting from {@link #EMPTY}.
 * Immutable and safe to share; each shares what did not change with the one before it, so a commit
 * costs little however much is live.
 */
public final class FoldedSnapshot implements Snapshot {
  /** Before the first commit. */
  public static final FoldedSnapshot EMPTY =
      new FoldedSnapshot(
          0,
          Instant.EPOCH,
          PersistentMap.empty(),
          PersistentMap.empty(),
          PersistentMap.empty(),
          PersistentMap.empty(),
          PersistentMap.empty(),
          PersistentMap.empty(),
          PersistentMap.empty(),
          0);

  private record Name(String database, String name) {}

  /** Where an extent stands: its table and its order there. */
  private record Place(long table, long order) {}

  private final long number;
  private final Instant time;
  private final PersistentMap<Long, TableDef> tables;
  private final PersistentMap<Name, Long> names;
  private final PersistentMap<Long, ExtentList> extents;
  private final PersistentMap<String, Place> places;
  private final PersistentMap<String, MaskedRows> masked;
  private final PersistentMap<Integer, SourceCursor> cursors;
  private final PersistentMap<Integer, KeyHistory> keys;
  private final long nextOrder;
  private volatile @Nullable List<TableDef> tableList;

  private FoldedSnapshot(
      long number,
      Instant time,
      PersistentMap<Long, TableDef> tables,
      PersistentMap<Name, Long> names,
      PersistentMap<Long, ExtentList> extents,
      PersistentMap<String, Place> places,
      PersistentMap<String, MaskedRows> masked,
      PersistentMap<Integer, SourceCursor> cursors,
      PersistentMap<Integer, KeyHistory> keys,
      long nextOrder) {
    this.number = number;
    this.time = time;
    this.tables = tables;
    this.names = names;
    this.extents = extents;
    this.places = places;
    this.masked = masked;
    this.cursors = cursors;
    this.keys = keys;
    this.nextOrder = nextOrder;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public Instant time() {
    return time;
  }

  @Override
  public Collection<TableDef> tables() {
    List<TableDef> list = tableList;
    if (list == null) {
      List<TableDef> all = new ArrayList<>(tables.size());
      tables.forEach((id, table) -> all.add(table));
      all.sort(Comparator.comparingLong(TableDef::id));
      list = List.copyOf(all);
      tableList = list;
    }
    return list;
  }

  @Override
  public Optional<TableDef> table(long id) {
    return Optional.ofNullable(tables.find(id));
  }

  @Override
  public Optional<TableDef> table(String database, String name) {
    Long id = names.find(new Name(database, name));
    return id == null ? Optional.empty() : table(id);
  }

  @Override
  public List<ExtentRef> extents(long table) {
    ExtentList list = extents.find(table);
    return list == null ? List.of() : list.asList();
  }

  @Override
  public Optional<ExtentRef> extent(String key) {
    Place place = places.find(key);
    ExtentList list = place == null ? null : extents.find(place.table());
    return place == null || list == null ? Optional.empty() : Optional.of(list.at(place.order()));
  }

  @Override
  public DeletionVector deleted(String extentKey) {
    return maskedRows(extentKey).vector();
  }

  /** The deleted rows of a live extent. */
  public MaskedRows maskedRows(String extentKey) {
    MaskedRows rows = masked.find(extentKey);
    return rows == null ? MaskedRows.NONE : rows;
  }

  @Override
  public Optional<SourceCursor> cursor(int log) {
    return Optional.ofNullable(cursors.find(log));
  }

  @Override
  public List<KeyWindow> keys(int log) {
    KeyHistory history = keys.find(log);
    return history == null ? List.of() : history.windows();
  }

  /** How many extents are live. */
  public int extentCount() {
    return places.size();
  }

  /** Every cursor, in the order of logs. */
  List<SourceCursor> cursors() {
    List<SourceCursor> all = new ArrayList<>(cursors.size());
    cursors.forEach((log, cursor) -> all.add(cursor));
    all.sort(Comparator.comparingInt(SourceCursor::log));
    return all;
  }

  /**
   * The snapshot after the next commit.
   *
   * @throws CatalogException.Corrupt if it is not the next, or cannot follow on this snapshot
   */
  public FoldedSnapshot plus(CommitRecord record) {
    if (record.number() != number + 1) {
      throw new CatalogException.Corrupt(
          "commit " + record.number() + " where " + (number + 1) + " was expected");
    }
    Change change = new Change(this);
    Commit commit = record.commit();
    commit.tables().forEach(change::apply);
    commit.remove().forEach(change::remove);
    commit.add().forEach(change::add);
    commit.masks().forEach(change::mask);
    commit.cursors().forEach(move -> change.move(move.next()));
    commit.keys().forEach(change::keys);
    return change.at(record.number(), record.time());
  }

  /** A change of a snapshot: its parts, to be replaced one by one. */
  static final class Change {
    private PersistentMap<Long, TableDef> tables;
    private PersistentMap<Name, Long> names;
    private PersistentMap<Long, ExtentList> extents;
    private PersistentMap<String, Place> places;
    private PersistentMap<String, MaskedRows> masked;
    private PersistentMap<Integer, SourceCursor> cursors;
    private PersistentMap<Integer, KeyHistory> keys;
    private long nextOrder;

    Change(FoldedSnapshot from) {
      tables = from.tables;
      names = from.names;
      extents = from.extents;
      places = from.places;
      masked = from.masked;
      cursors = from.cursors;
      keys = from.keys;
      nextOrder = from.nextOrder;
    }

    FoldedSnapshot at(long number, Instant time) {
      return new FoldedSnapshot(
          number, time, tables, names, extents, places, masked, cursors, keys, nextOrder);
    }

    void apply(TableChange change) {
      switch (change) {
        case TableChange.Create create -> {
          table(create.definition());
          var log = create.definition().log();
          for (int partition = 0; partition < log.partitions(); partition++) {
            move(SourceCursor.start(log.ordinal(partition), log.topicId()));
          }
        }
        case TableChange.Widen widen -> {
          TableDef table = expected(widen.table(), widen.expectedVersion());
          tables = tables.with(table.id(), table.withSchema(widen.schema()));
        }
        case TableChange.Alter alter -> {
          TableDef table = expected(alter.table(), alter.expectedVersion());
          tables =
              tables.with(
                  table.id(),
                  table.withSettings(alter.flushPolicy(), alter.sortColumns(), alter.options()));
        }
        case TableChange.Drop drop -> drop(existing(drop.table()));
      }
    }

    void table(TableDef table) {
      tables = tables.with(table.id(), table);
      names = names.with(new Name(table.database(), table.name()), table.id());
    }

    private TableDef expected(long id, int version) {
      TableDef table = existing(id);
      if (table.schemaVersion() != version) {
        throw new CatalogException.Corrupt(
            "table "
                + id
                + " has version "
                + table.schemaVersion()
                + ", a commit changed version "
                + version);
      }
      return table;
    }

    private TableDef existing(long id) {
      TableDef table = tables.find(id);
      if (table == null) {
        throw new CatalogException.Corrupt("a commit changed table " + id + ", which is not there");
      }
      return table;
    }

    private void drop(TableDef table) {
      tables = tables.without(table.id());
      names = names.without(new Name(table.database(), table.name()));
      ExtentList list = extents.find(table.id());
      if (list != null) {
        for (ExtentRef extent : list.asList()) {
          places = places.without(extent.key());
          masked = masked.without(extent.key());
        }
        extents = extents.without(table.id());
      }
      for (int partition = 0; partition < table.log().partitions(); partition++) {
        cursors = cursors.without(table.log().ordinal(partition));
        keys = keys.without(table.log().ordinal(partition));
      }
    }

    void remove(Removal removal) {
      String key = removal.extent();
      Place place = places.find(key);
      ExtentList list = place == null ? null : extents.find(place.table());
      if (place == null || list == null) {
        throw new CatalogException.Corrupt(
            "a commit removed extent " + key + ", which is not live");
      }
      places = places.without(key);
      masked = masked.without(key);
      extents = extents.with(place.table(), list.minus(place.order()));
    }

    void add(ExtentRef extent) {
      if (places.find(extent.key()) != null) {
        throw new CatalogException.Corrupt("a commit added extent " + extent.key() + " again");
      }
      ExtentList list = extents.find(extent.table());
      long order = nextOrder++;
      places = places.with(extent.key(), new Place(extent.table(), order));
      extents =
          extents.with(
              extent.table(), (list == null ? ExtentList.EMPTY : list).plus(order, extent));
    }

    void mask(Mask mask) {
      if (places.find(mask.extent()) == null) {
        throw new CatalogException.Corrupt(
            "a commit masked rows of extent " + mask.extent() + ", which is not live");
      }
      MaskedRows rows = masked.find(mask.extent());
      masked =
          masked.with(mask.extent(), (rows == null ? MaskedRows.NONE : rows).plus(mask.rows()));
    }

    void move(SourceCursor cursor) {
      cursors = cursors.with(cursor.log(), cursor);
    }

    void keys(KeyWindow window) {
      KeyHistory history = keys.find(window.log());
      keys = keys.with(window.log(), (history == null ? KeyHistory.EMPTY : history).plus(window));
    }
  }
}
