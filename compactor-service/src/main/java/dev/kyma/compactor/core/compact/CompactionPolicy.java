package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.TableDef;
import dev.kyma.compactor.core.compact.CompactionTask.Reason;
import dev.kyma.format.RowOrder;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.type.LogicalType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which extents of a table are merged. A pure decision: the same extents, limits and time
 * give the same tasks, whose inputs are disjoint.
 *
 * <p>Extents are put into tiers by how many live rows they have: what flush wrote is the lowest,
 * whatever its size, because it is written with small indexes and light compression; each further
 * tier holds extents {@code runs} times as large. When a tier has more than {@code runs} of them,
 * they are merged with all that is smaller, neighbours first. An extent at least half as large as
 * one may be is full and left alone until enough of its rows are deleted. So a row is written once
 * for each tier, and a table has at most its full extents and {@code runs} for each tier (the idea
 * of Lucene's {@code TieredMergePolicy}, in the order of the rows as its {@code LogMergePolicy} has
 * it).
 *
 * <p>Thread-safe, as it has no state.
 */
public final class CompactionPolicy {
  private static final int TIERS = 4;

  private final CompactionLimits limits;

  public CompactionPolicy(CompactionLimits limits) {
    this.limits = limits;
  }

  /** When a policy is asked, and by whom. */
  enum Urgency {
    /** What the triggers say. */
    DUE,
    /** Everything that makes extents fewer or better, because someone asked. */
    ALL
  }

  /**
   * What to do for extents of one order.
   *
   * @param capacity how many of the table's rows fit into one extent
   * @param now the present, by the clock of {@link Candidate#seenAt}
   */
  List<CompactionTask> plan(
      TableDef table,
      RowOrder order,
      List<Candidate> candidates,
      int capacity,
      Urgency urgency,
      Instant now) {
    List<CompactionTask> tasks = new ArrayList<>();
    List<Candidate> sorted = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (!SortedBy.isSorted(table, candidate.extent().summary())) {
        tasks.add(task(table, order, Reason.ORDER, List.of(candidate)));
      } else {
        sorted.add(candidate);
      }
    }
    sorted.sort(positions(table, order, sorted));
    switch (urgency) {
      case DUE -> planDue(table, order, sorted, capacity, now, tasks);
      case ALL -> planAll(table, order, sorted, capacity, tasks);
    }
    return tasks;
  }

  private void planDue(
      TableDef table,
      RowOrder order,
      List<Candidate> sorted,
      int capacity,
      Instant now,
      List<CompactionTask> tasks) {
    List<List<Candidate>> tiers = tiers(sorted, capacity);
    List<Candidate> runs = tiers.getFirst();
    Optional<Reason> due = dueRuns(runs, now);
    if (due.isPresent()) {
      for (List<Candidate> chunk : chunks(runs)) {
        tasks.add(task(table, order, due.get(), chunk));
      }
    }
    List<Candidate> smaller = new ArrayList<>();
    for (int tier = 1; tier < tiers.size(); tier++) {
      List<Candidate> present = tiers.get(tier);
      smaller.addAll(present);
      if (present.size() > limits.runs()) {
        smaller.sort(Comparator.comparingInt(sorted::indexOf));
        for (List<Candidate> chunk : chunks(smaller)) {
          if (makesFewer(chunk, capacity)) {
            tasks.add(task(table, order, Reason.SIZE, chunk));
          }
        }
        smaller.clear();
      }
    }
    Set<String> taken = new HashSet<>();
    tasks.forEach(task -> task.inputs().forEach(input -> taken.add(input.key())));
    List<Candidate> worn =
        sorted.stream().filter(c -> isWorn(c) && !taken.contains(c.extent().key())).toList();
    for (List<Candidate> chunk : chunks(worn)) {
      tasks.add(task(table, order, Reason.DELETED, chunk));
    }
  }

  /** Everything but full extents that are as good as they get. */
  private void planAll(
      TableDef table,
      RowOrder order,
      List<Candidate> sorted,
      int capacity,
      List<CompactionTask> tasks) {
    List<Candidate> wanted =
        sorted.stream()
            .filter(c -> c.isFlushRun() || c.deletedRows() > 0 || !isFull(c, capacity))
            .toList();
    for (List<Candidate> chunk : chunks(wanted)) {
      boolean improves = chunk.stream().anyMatch(c -> c.isFlushRun() || c.deletedRows() > 0);
      if (improves || makesFewer(chunk, capacity)) {
        tasks.add(task(table, order, Reason.ASKED, chunk));
      }
    }
  }

  private Optional<Reason> dueRuns(List<Candidate> runs, Instant now) {
    if (runs.size() > limits.runs()) {
      return Optional.of(Reason.RUNS);
    }
    long rows = 0;
    for (Candidate run : runs) {
      rows += run.liveRows();
    }
    if (rows > limits.pendingRows()) {
      return Optional.of(Reason.ROWS);
    }
    Instant oldest = now.minus(limits.runAge());
    return runs.stream().anyMatch(run -> run.seenAt().isBefore(oldest))
        ? Optional.of(Reason.AGE)
        : Optional.empty();
  }

  /** What may be merged, by tier; full extents are left out. */
  private List<List<Candidate>> tiers(List<Candidate> sorted, int capacity) {
    List<List<Candidate>> tiers = new ArrayList<>();
    for (int i = 0; i < TIERS; i++) {
      tiers.add(new ArrayList<>());
    }
    for (Candidate candidate : sorted) {
      if (candidate.isFlushRun()) {
        tiers.getFirst().add(candidate);
      } else if (!isFull(candidate, capacity)) {
        tiers.get(tier(candidate.liveRows(), capacity)).add(candidate);
      }
    }
    return tiers;
  }

  private int tier(long rows, int capacity) {
    long most = capacity;
    int tier = TIERS;
    while (tier > 1 && rows < most) {
      most /= Math.max(2, limits.runs());
      tier--;
    }
    return Math.min(tier, TIERS - 1);
  }

  private static boolean isFull(Candidate candidate, int capacity) {
    return 2 * candidate.liveRows() >= capacity;
  }

  private boolean isWorn(Candidate candidate) {
    return candidate.deletedRows() > 0
        && 100 * candidate.deletedRows()
            >= limits.deletedPercent() * candidate.extent().summary().rows();
  }

  private static boolean makesFewer(List<Candidate> inputs, int capacity) {
    long rows = inputs.stream().mapToLong(Candidate::liveRows).sum();
    return (rows + capacity - 1) / capacity < inputs.size();
  }

  /** Neighbours, so many that neither their number nor their rows are too much for one task. */
  private List<List<Candidate>> chunks(List<Candidate> candidates) {
    List<List<Candidate>> chunks = new ArrayList<>();
    List<Candidate> chunk = new ArrayList<>();
    long rows = 0;
    for (Candidate candidate : candidates) {
      long more = candidate.extent().summary().rows();
      if (chunk.size() == limits.inputs() || !chunk.isEmpty() && rows + more > limits.taskRows()) {
        chunks.add(chunk);
        chunk = new ArrayList<>();
        rows = 0;
      }
      chunk.add(candidate);
      rows += more;
    }
    if (!chunk.isEmpty()) {
      chunks.add(chunk);
    }
    return chunks;
  }

  /**
   * By where extents begin in the order of the rows; as they were committed where none is known.
   */
  private static Comparator<Candidate> positions(
      TableDef table, RowOrder order, List<Candidate> candidates) {
    List<Integer> columns = SortedBy.columns(table, order);
    Map<String, Long> begins = new HashMap<>();
    for (Candidate candidate : candidates) {
      Long begin = columns.isEmpty() ? null : begin(candidate.extent(), columns.getFirst());
      if (begin == null) {
        return (left, right) -> 0;
      }
      begins.put(candidate.extent().key(), begin);
    }
    return Comparator.comparingLong(c -> begins.getOrDefault(c.extent().key(), 0L));
  }

  private static @Nullable Long begin(ExtentRef extent, int column) {
    for (ColumnStats stats : extent.summary().columns()) {
      if (stats.column() == column
          && stats.type().physical() == LogicalType.Physical.LONG
          && stats.min() instanceof Constant.OfLong min) {
        return min.value();
      }
    }
    return null;
  }

  private static CompactionTask task(
      TableDef table, RowOrder order, Reason reason, List<Candidate> inputs) {
    return new CompactionTask(
        table.id(), order, reason, inputs.stream().map(Candidate::extent).toList());
  }
}
