package dev.kyma.compactor.core.job;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Job;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.compactor.core.FlushedTo;
import dev.kyma.compactor.core.LogStoppedException;
import dev.kyma.compactor.core.check.LogBounds;
import dev.kyma.service.job.JobRequest;
import dev.kyma.service.log.LogIdentity;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogRange;
import dev.kyma.service.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * STORAGE FLUSH: fixes the ends of the logs, has this process flush what is its own, and waits
 * until the cursors have reached those ends, by whichever process.
 */
public final class FlushWork implements JobWork {
  private static final Duration POLL = Duration.ofMillis(20);

  private final Catalog catalog;
  private final LogBounds logs;
  private final Function<Long, CompletableFuture<FlushedTo>> flush;

  /**
   * @param flush flushes the partitions of a table's log that are this process's
   */
  public FlushWork(
      Catalog catalog, LogBounds logs, Function<Long, CompletableFuture<FlushedTo>> flush) {
    this.catalog = catalog;
    this.logs = logs;
    this.flush = flush;
  }

  @Override
  public Job.Kind kind() {
    return Job.Kind.FLUSH;
  }

  /** The tables a request to flush is about. */
  static List<TableDef> tables(JobRequest request, Snapshot snapshot) {
    List<TableDef> tables = new ArrayList<>(snapshot.tables());
    switch (request) {
      case JobRequest.FlushTable(long table) -> tables.removeIf(found -> found.id() != table);
      case JobRequest.FlushAll(Optional<String> database) ->
          tables.removeIf(
              found -> database.isPresent() && !found.database().equals(database.get()));
      case JobRequest.Compact _,
          JobRequest.CheckTable _,
          JobRequest.CheckStorage _,
          JobRequest.CheckAll _,
          JobRequest.AdoptLog _ ->
          throw new IllegalArgumentException(request.toString());
    }
    tables.sort(Comparator.comparing(TableDef::database).thenComparing(TableDef::name));
    return tables;
  }

  @Override
  public Report run(Job job, JobProgress progress) {
    JobRequest request = JobRequest.of(job);
    List<TableDef> tables = tables(request, catalog.snapshot());
    if (tables.isEmpty() && request instanceof JobRequest.FlushTable) {
      throw new JobFailedException("The table is gone.");
    }
    requireSameLogs(tables);
    Map<LogPartition, Long> targets = targets(tables);
    List<CompletableFuture<FlushedTo>> own =
        tables.stream().map(table -> flush.apply(table.id())).toList();
    while (true) {
      Snapshot snapshot = catalog.snapshot();
      long open = open(targets, snapshot);
      progress.step("log partitions", targets.size() - open, targets.size());
      if (open == 0) {
        return report(tables, targets, snapshot);
      }
      for (CompletableFuture<FlushedTo> flushed : own) {
        requireNotFailed(flushed);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private void requireSameLogs(List<TableDef> tables) {
    List<LogBinding> bindings = tables.stream().map(TableDef::log).toList();
    logs.verify(bindings)
        .forEach(
            (binding, identity) -> {
              if (!(identity instanceof LogIdentity.Same)) {
                throw identity.fault(binding).orElseThrow();
              }
            });
  }

  private Map<LogPartition, Long> targets(List<TableDef> tables) {
    List<LogPartition> partitions = new ArrayList<>();
    for (TableDef table : tables) {
      for (int i = 0; i < table.log().partitions(); i++) {
        partitions.add(new LogPartition(table.log(), i));
      }
    }
    Map<LogPartition, Long> targets = new HashMap<>();
    for (Map.Entry<LogPartition, LogRange> bound : logs.bounds(partitions).entrySet()) {
      targets.put(bound.getKey(), bound.getValue().end());
    }
    return targets;
  }

  /** How many partitions are not flushed yet; those of tables dropped meanwhile count as such. */
  private static long open(Map<LogPartition, Long> targets, Snapshot snapshot) {
    return targets.entrySet().stream()
        .filter(
            target ->
                snapshot
                    .cursor(target.getKey().ordinal())
                    .map(SourceCursor::nextOffset)
                    .map(reached -> reached < target.getValue())
                    .orElse(false))
        .count();
  }

  private static void requireNotFailed(CompletableFuture<FlushedTo> flushed) {
    if (!flushed.isCompletedExceptionally()) {
      return;
    }
    try {
      flushed.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof LogStoppedException stopped) {
        throw new JobFailedException(stopped.code() + ": " + stopped.getMessage(), stopped);
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static Report report(
      List<TableDef> tables, Map<LogPartition, Long> targets, Snapshot snapshot) {
    Report.Builder report =
        Report.of()
            .text("table")
            .integer("partition")
            .integer("log")
            .integer("offset")
            .integer("snapshot");
    for (TableDef table : tables) {
      for (int i = 0; i < table.log().partitions(); i++) {
        LogPartition partition = new LogPartition(table.log(), i);
        report.row(
            table.database() + "." + table.name(),
            i,
            partition.ordinal(),
            targets.getOrDefault(partition, 0L),
            snapshot.number());
      }
    }
    return report.build();
  }
}
