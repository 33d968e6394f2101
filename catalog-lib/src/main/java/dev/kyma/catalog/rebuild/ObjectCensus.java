package dev.kyma.catalog.rebuild;

import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.commit.FoldedSnapshot;
import dev.kyma.format.io.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which objects of the bucket the newest snapshot names, and which only older ones or none do. */
final class ObjectCensus {
  private static final int KEYS_PER_LIST = 1_000;

  private final Set<String> missing = new HashSet<>();
  private final Set<String> dereferenced = new HashSet<>();
  private long garbage;
  private long orphans;

  /** Takes note of what a commit dereferences by name. */
  void add(CommitRecord record) {
    Commit commit = record.commit();
    commit.remove().forEach(removal -> dereferenced.add(removal.extent()));
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
        if (ids.key(stat.key(), openedAt).isEmpty() || missing.remove(stat.key())) {
          continue;
        }
        if (dereferenced.contains(stat.key())) {
          garbage++;
        } else {
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

  long garbage() {
    return garbage;
  }

  long orphans() {
    return orphans;
  }
}
