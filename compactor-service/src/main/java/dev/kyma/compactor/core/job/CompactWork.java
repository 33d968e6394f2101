package dev.kyma.compactor.core.job;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Job;
import dev.kyma.catalog.Snapshot;
import dev.kyma.compactor.core.compact.CompactionStatus;
import dev.kyma.compactor.core.compact.TableGoneException;
import dev.kyma.format.RowOrder;
import dev.kyma.service.job.JobRequest;
import dev.kyma.service.report.Report;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** STORAGE COMPACT: has this process merge a table's extents until nothing is left to merge. */
public final class CompactWork implements JobWork {
  private static final long POLL_NANOS = 20_000_000;

  private final LongFunction<CompletableFuture<Snapshot>> compact;
  private final Supplier<CompactionStatus> status;

  /**
   * @param compact merges a table; cancelling what it answers ends that
   * @param status what is being merged
   */
  public CompactWork(
      LongFunction<CompletableFuture<Snapshot>> compact, Supplier<CompactionStatus> status) {
    this.compact = compact;
    this.status = status;
  }

  @Override
  public Job.Kind kind() {
    return Job.Kind.COMPACT;
  }

  @Override
  public Report run(Job job, JobProgress progress) {
    if (!(JobRequest.of(job) instanceof JobRequest.Compact(long table))) {
      throw new IllegalArgumentException(job.toString());
    }
    CompletableFuture<Snapshot> merged = compact.apply(table);
    try {
      while (!merged.isDone()) {
        report(table, progress);
        LockSupport.parkNanos(POLL_NANOS);
      }
      return report(table, merged.join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof TableGoneException) {
        throw new JobFailedException("The table is gone.", e);
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      merged.cancel(false);
    }
  }

  private void report(long table, JobProgress progress) {
    long done = 0;
    long total = 0;
    for (CompactionStatus.Running running : status.get().running()) {
      if (running.table() == table) {
        done += running.rowsDone();
        total += running.rowsTotal();
      }
    }
    progress.step("rows", done, total);
  }

  private static Report report(long table, Snapshot snapshot) {
    long extents = 0;
    long history = 0;
    long rows = 0;
    for (ExtentRef extent : snapshot.extents(table)) {
      boolean isHistory = extent.summary().order() == RowOrder.HISTORY;
      history += isHistory ? 1 : 0;
      extents += isHistory ? 0 : 1;
      rows += extent.summary().rows();
    }
    return Report.of()
        .integer("extents")
        .integer("history_extents")
        .integer("rows")
        .integer("snapshot")
        .row(extents, history, rows, snapshot.number())
        .build();
  }
}
