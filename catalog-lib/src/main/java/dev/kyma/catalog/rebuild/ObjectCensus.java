package dev.kyma.catalog.rebuild;

import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.commit.FoldedSnapshot;
import dev.kyma.catalog.jdbc.CatalogRestore.PastExtent;
import dev.kyma.format.io.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which objects of the bucket the newest snapshot names, and which only older ones or none do. */
final class ObjectCensus {
  private static final int KEYS_PER_LIST = 1_000;

  private final Map<String, Long> added = new HashMap<>();
  private final Map<String, PastExtent> past = new HashMap<>();
  private final Set<String> found = new HashSet<>();
  private final Set<String> missing = new HashSet<>();
  private long orphans;

  /**
   * Takes note of what a commit adds and dereferences.
   *
   * @param before the snapshot it was applied to
   */
  void add(FoldedSnapshot before, CommitRecord record) {
    for (TableChange change : record.commit().tables()) {
      if (change instanceof TableChange.Drop drop) {
        for (ExtentRef extent : before.extents(drop.table())) {
          dereferenced(extent.key(), drop.table(), record);
        }
      }
    }
    for (Removal removal : record.commit().remove()) {
      long table = before.extent(removal.extent()).map(ExtentRef::table).orElse(0L);
      dereferenced(removal.extent(), table, record);
    }
    for (ExtentRef extent : record.commit().add()) {
      added.put(extent.key(), record.number());
    }
  }

  private void dereferenced(String key, long table, CommitRecord record) {
    long since = Objects.requireNonNullElse(added.remove(key), 0L);
    past.put(key, new PastExtent(key, table, since, record.number()));
  }

  /** Forgets all that was noted. */
  void restart() {
    added.clear();
    past.clear();
  }

  /**
   * Lists the bucket.
   *
   * @param openedAt what to take for the time when a grant that only its objects tell of was opened
   */
  void count(FoldedSnapshot newest, ObjectStore store, NamedIds ids, Instant openedAt) {
    for (TableDef table : newest.tables()) {
      for (ExtentRef extent : newest.extents(table.id())) {
        missing.add(extent.key());
      }
    }
    String after = null;
    while (true) {
      List<ObjectStore.Stat> page = store.list("", after, KEYS_PER_LIST);
      if (page.isEmpty()) {
        return;
      }
      for (ObjectStore.Stat stat : page) {
        after = stat.key();
        boolean granted = ids.key(stat.key(), openedAt).isPresent();
        if (past.containsKey(stat.key())) {
          found.add(stat.key());
        } else if (!missing.remove(stat.key()) && granted) {
          orphans++;
        }
      }
    }
  }

  /** Live extents without an object. */
  List<String> missing() {
    List<String> keys = new ArrayList<>(missing);
    keys.sort(null);
    return keys;
  }

  /** By which commits extents were added, as far as is known. */
  Map<String, Long> added() {
    return added;
  }

  /** Extents that were live once and whose objects are still there. */
  List<PastExtent> garbage() {
    return past.values().stream().filter(extent -> found.contains(extent.key())).toList();
  }

  /** The least number of a snapshot all of whose extents are there, those still live aside. */
  long horizon() {
    return past.values().stream()
        .filter(extent -> !found.contains(extent.key()))
        .mapToLong(PastExtent::removed)
        .max()
        .orElse(0);
  }

  long orphans() {
    return orphans;
  }
}
