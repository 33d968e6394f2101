package dev.kyma.catalog.commit;

import dev.kyma.catalog.Candidates;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.KeyWindow;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.summary.ExtentCache;
import dev.kyma.catalog.summary.ExtentList;
import dev.kyma.catalog.summary.LiveExtents;
import dev.kyma.catalog.summary.SummarySlab;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.RowOrder;
import dev.kyma.format.predicate.Predicate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot in memory: the pure fold over commits in order, starting from {@link #EMPTY}.
 * Immutable and safe to share; each shares what did not change with the one before it, so a commit
 * costs little however much is live.
 */
public final class FoldedSnapshot implements Snapshot {
  /** Before the first commit; every extent added to it stays in memory whole. */
  public static final FoldedSnapshot EMPTY = empty(ExtentCache.UNBOUNDED);

  /** With fewer extents a slab is not made anew. */
  private static final int SMALL_SLAB = 4_096;

  private record Name(String database, String name) {}

  private final long number;
  private final Instant time;
  private final ExtentCache cache;
  private final @Nullable SummarySlab slab;
  private final int live;
  private final PersistentMap<Long, TableDef> tables;
  private final PersistentMap<Name, Long> names;
  private final PersistentMap<Long, LiveExtents> extents;
  private final PersistentMap<String, MaskedRows> masked;
  private final PersistentMap<Integer, SourceCursor> cursors;
  private final PersistentMap<Integer, KeyHistory> keys;
  private volatile @Nullable List<TableDef> tableList;

  private FoldedSnapshot(
      long number,
      Instant time,
      ExtentCache cache,
      @Nullable SummarySlab slab,
      int live,
      PersistentMap<Long, TableDef> tables,
      PersistentMap<Name, Long> names,
      PersistentMap<Long, LiveExtents> extents,
      PersistentMap<String, MaskedRows> masked,
      PersistentMap<Integer, SourceCursor> cursors,
      PersistentMap<Integer, KeyHistory> keys) {
    this.number = number;
    this.time = time;
    this.cache = cache;
    this.slab = slab;
    this.live = live;
    this.tables = tables;
    this.names = names;
    this.extents = extents;
    this.masked = masked;
    this.cursors = cursors;
    this.keys = keys;
  }

  /**
   * Before the first commit.
   *
   * @param cache how many of the extents added to it stay in memory whole
   */
  public static FoldedSnapshot empty(ExtentCache cache) {
    return new FoldedSnapshot(
        0,
        Instant.EPOCH,
        cache,
        null,
        0,
        PersistentMap.empty(),
        PersistentMap.empty(),
        PersistentMap.empty(),
        PersistentMap.empty(),
        PersistentMap.empty(),
        PersistentMap.empty());
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
    LiveExtents its = extents.find(table);
    return its == null ? List.of() : its.whole();
  }

  /** Hands over the live extents of a table in order, few of them whole in memory at a time. */
  public void forEachExtent(long table, Consumer<ExtentRef> consumer) {
    LiveExtents its = extents.find(table);
    if (its != null) {
      its.forEach(consumer);
    }
  }

  @Override
  public Candidates candidates(long table, Predicate predicate, Set<RowOrder> orders) {
    LiveExtents its = extents.find(table);
    return its == null ? new Candidates(0, 0, List.of()) : its.candidates(predicate, orders);
  }

  @Override
  public long storedRows(long table) {
    LiveExtents its = extents.find(table);
    return its == null ? 0 : its.rows();
  }

  @Override
  public Optional<ExtentRef> extent(String key) {
    OptionalInt ordinal = ordinal(slab, extents, key);
    if (slab == null || ordinal.isEmpty()) {
      return Optional.empty();
    }
    LiveExtents its = Objects.requireNonNull(extents.find(slab.table(ordinal.getAsInt())));
    return Optional.of(its.extent(ordinal.getAsInt()));
  }

  /** Where in a slab a live extent is. */
  private static OptionalInt ordinal(
      @Nullable SummarySlab slab, PersistentMap<Long, LiveExtents> extents, String key) {
    if (slab == null) {
      return OptionalInt.empty();
    }
    SummarySlab its = slab;
    return its.find(
        key,
        ordinal -> {
          LiveExtents table = extents.find(its.table(ordinal));
          return table != null && table.list().contains(ordinal);
        });
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
    return live;
  }

  /**
   * What summaries of extents take outside the heap, in bytes, those of other snapshots included.
   */
  public long summaryBytes() {
    return slab == null ? 0 : slab.bytes();
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
    private final ExtentCache cache;
    private @Nullable SummarySlab slab;
    private int live;
    private PersistentMap<Long, TableDef> tables;
    private PersistentMap<Name, Long> names;
    private PersistentMap<Long, LiveExtents> extents;
    private PersistentMap<String, MaskedRows> masked;
    private PersistentMap<Integer, SourceCursor> cursors;
    private PersistentMap<Integer, KeyHistory> keys;

    Change(FoldedSnapshot from) {
      cache = from.cache;
      slab = from.slab;
      live = from.live;
      tables = from.tables;
      names = from.names;
      extents = from.extents;
      masked = from.masked;
      cursors = from.cursors;
      keys = from.keys;
    }

    FoldedSnapshot at(long number, Instant time) {
      if (slab != null && slab.count() > SMALL_SLAB && live < slab.count() / 2) {
        renew(slab);
      }
      return new FoldedSnapshot(
          number, time, cache, slab, live, tables, names, extents, masked, cursors, keys);
    }

    /** Leaves what is not live any more behind; older snapshots keep the old slab. */
    private void renew(SummarySlab old) {
      SummarySlab fresh = old.another();
      PersistentMap<Long, LiveExtents> moved = PersistentMap.empty();
      for (Map.Entry<Long, LiveExtents> its : entries(extents)) {
        ExtentList list = ExtentList.EMPTY;
        for (int ordinal : its.getValue().list().ordinals()) {
          list = list.plus(fresh, fresh.add(old, ordinal));
        }
        moved = moved.with(its.getKey(), new LiveExtents(fresh, its.getKey(), list));
      }
      slab = fresh;
      extents = moved;
    }

    private static List<Map.Entry<Long, LiveExtents>> entries(
        PersistentMap<Long, LiveExtents> extents) {
      List<Map.Entry<Long, LiveExtents>> entries = new ArrayList<>();
      extents.forEach((table, its) -> entries.add(Map.entry(table, its)));
      return entries;
    }

    private OptionalInt ordinal(String key) {
      return FoldedSnapshot.ordinal(slab, extents, key);
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
        case TableChange.SwitchLog switched -> {
          TableDef table = expected(switched.table(), switched.expectedVersion());
          forget(table.log());
          tables = tables.with(table.id(), table.withLog(switched.log()));
          for (int partition = 0; partition < switched.log().partitions(); partition++) {
            move(switched.cursor(partition));
          }
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
      LiveExtents its = extents.find(table.id());
      if (its != null && slab != null) {
        for (int ordinal : its.list().ordinals()) {
          masked = masked.without(slab.key(ordinal));
        }
        live -= its.list().size();
        extents = extents.without(table.id());
      }
      forget(table.log());
    }

    private void forget(LogBinding log) {
      for (int partition = 0; partition < log.partitions(); partition++) {
        cursors = cursors.without(log.ordinal(partition));
        keys = keys.without(log.ordinal(partition));
      }
    }

    void remove(Removal removal) {
      String key = removal.extent();
      OptionalInt ordinal = ordinal(key);
      if (slab == null || ordinal.isEmpty()) {
        throw new CatalogException.Corrupt(
            "a commit removed extent " + key + ", which is not live");
      }
      long table = slab.table(ordinal.getAsInt());
      ExtentList list = Objects.requireNonNull(extents.find(table)).list();
      masked = masked.without(key);
      live--;
      extents =
          extents.with(table, new LiveExtents(slab, table, list.minus(slab, ordinal.getAsInt())));
    }

    void add(ExtentRef extent) {
      if (ordinal(extent.key()).isPresent()) {
        throw new CatalogException.Corrupt("a commit added extent " + extent.key() + " again");
      }
      SummarySlab its = slab == null ? new SummarySlab(cache) : slab;
      slab = its;
      LiveExtents there = extents.find(extent.table());
      ExtentList list = there == null ? ExtentList.EMPTY : there.list();
      live++;
      extents =
          extents.with(
              extent.table(),
              new LiveExtents(its, extent.table(), list.plus(its, its.add(extent))));
    }

    void mask(Mask mask) {
      if (ordinal(mask.extent()).isEmpty()) {
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
