package dev.kyma.compactor.core.job;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Job;
import dev.kyma.compactor.core.FlushedTo;
import dev.kyma.service.job.JobRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flushes this process's partitions when a job of another process asks for the whole table: one
 * process has the job, and all of them flush. Used by one thread.
 */
public final class FlushHelp {
  private static final Logger LOG = LoggerFactory.getLogger(FlushHelp.class);
  private static final Duration EVERY = Duration.ofMillis(300);
  private static final int NEWEST = 50;

  private final Catalog catalog;
  private final Function<Long, CompletableFuture<FlushedTo>> flush;
  private final Clock clock;
  private Set<Long> helped = new HashSet<>();
  private Instant next = Instant.MIN;

  /**
   * @param flush flushes the partitions of a table's log that are this process's
   */
  public FlushHelp(
      Catalog catalog, Function<Long, CompletableFuture<FlushedTo>> flush, Clock clock) {
    this.catalog = catalog;
    this.flush = flush;
    this.clock = clock;
  }

  /** Looks for jobs from time to time. */
  public void step() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(EVERY);
    try {
      Set<Long> open = new HashSet<>();
      for (Job job : catalog.jobs().list(NEWEST)) {
        if (job.kind() == Job.Kind.FLUSH && job.state() == Job.State.RUNNING) {
          open.add(job.id());
          if (!helped.contains(job.id())) {
            List<CompletableFuture<FlushedTo>> begun =
                FlushWork.tables(JobRequest.of(job), catalog.snapshot()).stream()
                    .map(table -> flush.apply(table.id()))
                    .toList();
            LOG.debug("job {} has {} tables flushed here too", job.id(), begun.size());
          }
        }
      }
      helped = open;
    } catch (CatalogException e) {
      LOG.warn("jobs to flush are not looked for: {}", e.getMessage());
    }
  }
}
