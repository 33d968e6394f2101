package dev.kyma.compactor.core;

import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.service.log.LogPartition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides how much of each log may be deleted: what lies before the cursors of a snapshot that is
 * archived, so that a catalog rebuilt from the archive finds the rest in the log, and that was
 * replaced by newer ones long enough ago, so that no query still reads a tail from its cursors.
 *
 * <p>What it knows it has seen itself: after a restart nothing is deleted until that time has
 * passed again. Used by one thread.
 */
final class LogTrimmer {
  /** A snapshot's cursors, as this process saw them. */
  private record Seen(long number, Instant at, Map<LogPartition, Long> cursors) {}

  private final Duration minAge;
  private final Duration every;
  private final Deque<Seen> seen = new ArrayDeque<>();
  private final Map<LogPartition, Long> trimmed = new HashMap<>();

  /**
   * @param minAge how long cursors must be out of date, at least what a query may run
   * @param every how often cursors are remembered
   */
  LogTrimmer(Duration minAge, Duration every) {
    this.minAge = minAge;
    this.every = every;
  }

  /** Remembers the cursors of the newest snapshot. */
  void observe(Snapshot snapshot, Instant now) {
    if (!seen.isEmpty()
        && (seen.getLast().number() == snapshot.number()
            || now.isBefore(seen.getLast().at().plus(every)))) {
      return;
    }
    Map<LogPartition, Long> cursors = new HashMap<>();
    for (TableDef table : snapshot.tables()) {
      for (int i = 0; i < table.log().partitions(); i++) {
        LogPartition partition = new LogPartition(table.log(), i);
        snapshot
            .cursor(partition.ordinal())
            .map(SourceCursor::nextOffset)
            .ifPresent(offset -> cursors.put(partition, offset));
      }
    }
    seen.addLast(new Seen(snapshot.number(), now, cursors));
  }

  /**
   * What may be deleted now and has not been before.
   *
   * @param archivedThrough the number of the last archived commit
   * @return for each partition the first offset to keep
   */
  Map<LogPartition, Long> due(long archivedThrough, Instant now) {
    Seen newest = null;
    while (!seen.isEmpty()
        && seen.getFirst().number() <= archivedThrough
        && !now.isBefore(seen.getFirst().at().plus(minAge))) {
      newest = seen.removeFirst();
    }
    Map<LogPartition, Long> due = new HashMap<>();
    if (newest != null) {
      newest
          .cursors()
          .forEach(
              (partition, offset) -> {
                if (offset > trimmed.getOrDefault(partition, 0L)) {
                  due.put(partition, offset);
                }
              });
    }
    return due;
  }

  /** Records that deleting was done. */
  void done(Map<LogPartition, Long> before) {
    trimmed.putAll(before);
  }
}
