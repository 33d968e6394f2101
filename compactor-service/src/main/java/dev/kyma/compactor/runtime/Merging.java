package dev.kyma.compactor.runtime;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Snapshot;
import dev.kyma.compactor.config.CompactorConfig;
import dev.kyma.compactor.core.ExtentObjects;
import dev.kyma.compactor.core.WriteGrants;
import dev.kyma.compactor.core.compact.CatalogClaims;
import dev.kyma.compactor.core.compact.Compaction;
import dev.kyma.compactor.core.compact.CompactionListener;
import dev.kyma.compactor.core.compact.CompactionLoop;
import dev.kyma.compactor.core.compact.CompactionStatus;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/**
 * The role that merges extents: the loop's thread and its workers, both of less priority than those
 * that flush, so that merging takes the time flush leaves.
 */
final class Merging {
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final CompactionLoop loop;
  private final LoopThread thread;
  private final ExecutorService workers;

  private Merging(CompactionLoop loop, LoopThread thread, ExecutorService workers) {
    this.loop = loop;
    this.thread = thread;
    this.workers = workers;
  }

  static Merging start(
      CompactorConfig config,
      Catalog catalog,
      ObjectStore store,
      SegmentFormat format,
      CompactionListener listener) {
    ExecutorService workers =
        Executors.newFixedThreadPool(
            config.compact().workers(),
            Thread.ofPlatform()
                .name("kyma-merge-worker-", 0)
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .factory());
    CompactionLoop loop =
        new CompactionLoop(
            new CompactionLoop.Ports(
                new Compaction.Ports(
                    catalog,
                    store,
                    format,
                    new ExtentObjects(store),
                    new WriteGrants(catalog, Clock.systemUTC(), config.flush().grantAge()),
                    config.flush().commitPatience()),
                new CatalogClaims(
                    catalog.jobs(),
                    ProcessHandle.current().pid() + "-" + UUID.randomUUID(),
                    config.compact().claimLease(),
                    Clock.systemUTC()),
                listener,
                workers,
                Clock.systemUTC(),
                RandomGenerator.getDefault()),
            config.compactionSettings());
    LoopThread thread =
        LoopThread.startEvery(
            "kyma-merge",
            config.compact().interval(),
            loop::step,
            () -> loop.drain(config.drainTimeout()));
    return new Merging(loop, thread, workers);
  }

  CompactionStatus status() {
    return loop.status();
  }

  CompletableFuture<Snapshot> compact(long table) {
    return loop.compact(table);
  }

  void stop(Duration patience) {
    thread.stop(patience.plus(GRACE));
    workers.shutdownNow();
  }
}
