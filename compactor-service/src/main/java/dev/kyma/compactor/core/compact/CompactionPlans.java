package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.TableSettings;
import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.RowOrder;
import dev.kyma.format.io.ObjectStoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What there is to do for the tables of a snapshot. Remembers since when extents have been live and
 * which of them are to be left alone. Used by one thread.
 */
final class CompactionPlans {
  private static final Logger LOG = LoggerFactory.getLogger(CompactionPlans.class);

  /** What is known of a table since it was last looked at. */
  private record Looked(long snapshot, Instant at, Map<String, Instant> seen) {}

  private static final int HISTORY_PARTS = 4;

  private final Catalog catalog;
  private final CompactionPolicy policy;
  private final CompactionSettings settings;
  private final ExtentCapacity capacity;
  private final Map<Long, Looked> looked = new HashMap<>();
  private final Map<String, Instant> aside = new HashMap<>();

  CompactionPlans(
      Catalog catalog,
      CompactionPolicy policy,
      CompactionSettings settings,
      ExtentCapacity capacity) {
    this.catalog = catalog;
    this.policy = policy;
    this.settings = settings;
    this.capacity = capacity;
  }

  /** Leaves extents alone for a while. */
  void setAside(CompactionTask task, Instant now) {
    task.inputs().forEach(input -> aside.put(input.key(), now.plus(settings.setAside())));
  }

  /**
   * The tasks that are due, the most urgent first.
   *
   * @param busy keys of extents that are being merged
   */
  List<CompactionTask> due(Snapshot snapshot, Set<String> busy, Instant now) {
    aside.values().removeIf(until -> !now.isBefore(until));
    List<CompactionTask> tasks = new ArrayList<>();
    Set<Long> tables = new HashSet<>();
    for (TableDef table : snapshot.tables()) {
      tables.add(table.id());
      Looked last = looked.get(table.id());
      if (last == null
          || last.snapshot() != snapshot.number()
          || !now.isBefore(last.at().plus(settings.review()))) {
        tasks.addAll(tasks(snapshot, table, CompactionPolicy.Urgency.DUE, busy, now));
      }
    }
    looked.keySet().retainAll(tables);
    tasks.sort(
        Comparator.comparing(CompactionTask::reason).thenComparingLong(CompactionTask::rows));
    return tasks;
  }

  /** Everything that can be done for a table. */
  List<CompactionTask> all(Snapshot snapshot, TableDef table, Set<String> busy, Instant now) {
    return tasks(snapshot, table, CompactionPolicy.Urgency.ALL, busy, now);
  }

  /** Looks at a table again, whether something was committed or not. */
  void forget(long table) {
    Looked last = looked.get(table);
    if (last != null) {
      looked.put(table, new Looked(-1, last.at(), last.seen()));
    }
  }

  private List<CompactionTask> tasks(
      Snapshot snapshot,
      TableDef table,
      CompactionPolicy.Urgency urgency,
      Set<String> busy,
      Instant now) {
    List<ExtentRef> extents = snapshot.extents(table.id());
    Looked last = looked.get(table.id());
    Map<String, Instant> before = last == null ? Map.of() : last.seen();
    Map<String, Instant> seen = new HashMap<>();
    Map<RowOrder, List<Candidate>> candidates = new HashMap<>();
    for (ExtentRef extent : extents) {
      String key = extent.key();
      Instant since = before.getOrDefault(key, now);
      seen.put(key, since);
      if (!busy.contains(key) && !aside.containsKey(key)) {
        long deleted = snapshot.deleted(key).cardinality();
        candidates
            .computeIfAbsent(extent.summary().order(), order -> new ArrayList<>())
            .add(new Candidate(extent, deleted, since));
      }
    }
    looked.put(table.id(), new Looked(snapshot.number(), now, seen));
    removeAging(table, urgency, candidates);
    List<CompactionTask> tasks = new ArrayList<>();
    if (!candidates.isEmpty()) {
      try {
        int rows = capacity.of(table, extents, now);
        candidates.forEach(
            (order, all) -> tasks.addAll(policy.plan(table, order, all, rows, urgency, now)));
      } catch (ObjectStoreException | CorruptExtentException e) {
        LOG.warn("cannot tell how wide rows of table {} are: {}", table.id(), e.getMessage());
      }
    }
    return tasks;
  }

  /**
   * Leaves out history that has been there for a good part of the time it is kept: the age of what
   * it would be merged into begins anew, and it would stay for longer.
   */
  private void removeAging(
      TableDef table, CompactionPolicy.Urgency urgency, Map<RowOrder, List<Candidate>> candidates) {
    List<Candidate> history = candidates.get(RowOrder.HISTORY);
    Optional<Duration> kept = TableSettings.of(table).historyRetention();
    if (history == null || kept.isEmpty() || urgency == CompactionPolicy.Urgency.ALL) {
      return;
    }
    Set<String> aging =
        catalog.addedBefore(table.id(), catalog.now().minus(kept.get().dividedBy(HISTORY_PARTS)));
    history.removeIf(candidate -> aging.contains(candidate.extent().key()));
  }
}
