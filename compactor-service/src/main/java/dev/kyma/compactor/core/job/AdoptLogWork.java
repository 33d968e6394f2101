package dev.kyma.compactor.core.job;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.Job;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.compactor.core.LogKeeper;
import dev.kyma.compactor.core.check.LogBounds;
import dev.kyma.service.job.JobRequest;
import dev.kyma.service.log.LogIdentity;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogRange;
import dev.kyma.service.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * STORAGE ADOPT LOG: after an operator's decision the table's topic is its log as it is now, though
 * it was cut off, deleted, made anew or resized.
 *
 * <p>The log gets ordinals of its own: a row is known by ordinal and offset for life, and offsets
 * of a log that was cut off or made anew come again. Of a topic that is still the same, records
 * before the old cursor are in extents and are not read again; of another one everything is read.
 */
public final class AdoptLogWork implements JobWork {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 5;

  private final Catalog catalog;
  private final LogKeeper keeper;
  private final LogBounds logs;
  private final LongPredicate stopped;

  /**
   * @param stopped whether the flush of a table, given by its id, has stopped for what it found in
   *     the log
   */
  public AdoptLogWork(Catalog catalog, LogKeeper keeper, LogBounds logs, LongPredicate stopped) {
    this.catalog = catalog;
    this.keeper = keeper;
    this.logs = logs;
    this.stopped = stopped;
  }

  @Override
  public Job.Kind kind() {
    return Job.Kind.ADOPT_LOG;
  }

  @Override
  public Report run(Job job, JobProgress progress) {
    if (!(JobRequest.of(job) instanceof JobRequest.AdoptLog(long id))) {
      throw new IllegalArgumentException(job.kind().name());
    }
    for (int attempt = 1; ; attempt++) {
      progress.step("adopt", 0, 1);
      Snapshot snapshot = catalog.snapshot();
      TableDef table =
          snapshot.table(id).orElseThrow(() -> new JobFailedException("The table is gone."));
      TableChange.SwitchLog change = change(table, snapshot);
      CommitOutcome outcome =
          catalog.commit(Commit.ofTables(Commit.Kind.SWITCH_LOG, List.of(change)), PATIENCE);
      switch (outcome) {
        case CommitOutcome.Committed(var record) -> {
          progress.step("adopted", 1, 1);
          return report(table, change, snapshot, record.number());
        }
        case CommitOutcome.Conflict(CommitOutcome.Reason _, String detail) -> {
          if (attempt == ATTEMPTS) {
            throw new JobFailedException("Others change the table all the time: " + detail);
          }
        }
        case CommitOutcome.Unknown(Throwable cause) ->
            throw new JobFailedException(
                "The catalog did not say whether the log was adopted.", cause);
      }
    }
  }

  private TableChange.SwitchLog change(TableDef table, Snapshot snapshot) {
    LogBinding known = table.log();
    LogIdentity identity =
        logs.verify(List.of(known)).getOrDefault(known, new LogIdentity.Missing());
    boolean sameTopic =
        switch (identity) {
          case LogIdentity.Same _, LogIdentity.Resized _ -> true;
          case LogIdentity.Replaced _, LogIdentity.Missing _ -> false;
        };
    if (identity instanceof LogIdentity.Same
        && !stopped.test(table.id())
        && isWhole(known, snapshot)) {
      throw new JobFailedException(
          "The log is the one the catalog knows and goes on at its cursors: there is nothing to"
              + " adopt.");
    }
    int partitions =
        identity instanceof LogIdentity.Resized(int actual) ? actual : known.partitions();
    // Finds the topic where there is one, and makes it where there is none.
    LogBinding found = keeper.create(table.id(), partitions, 0);
    LogBinding log =
        new LogBinding(
            found.topic(),
            found.topicId(),
            found.partitions(),
            catalog.allocateLogOrdinals(found.partitions()));
    Map<LogPartition, LogRange> bounds = logs.bounds(partitions(log));
    List<Long> offsets = new ArrayList<>();
    for (int i = 0; i < log.partitions(); i++) {
      LogRange range = bounds.get(new LogPartition(log, i));
      if (range == null) {
        throw new JobFailedException("The bounds of the log are not known.");
      }
      long reached =
          sameTopic && i < known.partitions()
              ? snapshot.cursor(known.ordinal(i)).map(SourceCursor::nextOffset).orElse(0L)
              : 0;
      offsets.add(Math.clamp(reached, range.start(), range.end()));
    }
    return new TableChange.SwitchLog(table.id(), table.schemaVersion(), log, offsets);
  }

  private static List<LogPartition> partitions(LogBinding log) {
    List<LogPartition> partitions = new ArrayList<>();
    for (int i = 0; i < log.partitions(); i++) {
      partitions.add(new LogPartition(log, i));
    }
    return partitions;
  }

  /**
   * Whether every cursor lies within its log. A log that was cut off and written again beyond its
   * cursor looks so too; the flush, which compares leader epochs, stops there.
   */
  private boolean isWhole(LogBinding log, Snapshot snapshot) {
    Map<LogPartition, LogRange> bounds = logs.bounds(partitions(log));
    for (LogPartition partition : partitions(log)) {
      long cursor = snapshot.cursor(partition.ordinal()).map(SourceCursor::nextOffset).orElse(0L);
      LogRange range = bounds.get(partition);
      if (range == null || cursor < range.start() || cursor > range.end()) {
        return false;
      }
    }
    return true;
  }

  private static Report report(
      TableDef table, TableChange.SwitchLog change, Snapshot before, long snapshot) {
    Report.Builder report =
        Report.of()
            .text("table")
            .integer("partition")
            .text("old_topic_id")
            .text("topic_id")
            .integer("old_log")
            .integer("log")
            .integer("old_offset")
            .integer("offset")
            .integer("snapshot");
    for (int i = 0; i < change.log().partitions(); i++) {
      boolean known = i < table.log().partitions();
      int old = known ? table.log().ordinal(i) : -1;
      report.row(
          table.database() + "." + table.name(),
          i,
          table.log().topicId(),
          change.log().topicId(),
          known ? old : null,
          change.log().ordinal(i),
          known ? before.cursor(old).map(SourceCursor::nextOffset).orElse(null) : null,
          change.offsets().get(i),
          snapshot);
    }
    return report.build();
  }
}
