package dev.kyma.compactor.runtime;

import dev.kyma.catalog.Catalog;
import dev.kyma.compactor.config.CompactorConfig;
import dev.kyma.compactor.core.FlushedTo;
import dev.kyma.compactor.core.PartitionState;
import dev.kyma.compactor.core.check.LogBounds;
import dev.kyma.compactor.core.check.StorageCheck;
import dev.kyma.compactor.core.compact.CompactionStatus;
import dev.kyma.compactor.core.job.AdoptLogWork;
import dev.kyma.compactor.core.job.CheckWork;
import dev.kyma.compactor.core.job.CompactWork;
import dev.kyma.compactor.core.job.DroppedLogs;
import dev.kyma.compactor.core.job.FlushHelp;
import dev.kyma.compactor.core.job.FlushWork;
import dev.kyma.compactor.core.job.JobLoop;
import dev.kyma.compactor.core.job.JobWork;
import dev.kyma.compactor.kafka.KafkaLogBounds;
import dev.kyma.compactor.kafka.KafkaLogKeeper;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.service.log.LogTopics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does jobs from start to stop, in threads of its own: slow ones never keep flush waiting. */
@ApplicationScoped
public class JobRunner {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration DROPPED_EVERY = Duration.ofMinutes(1);

  private final CompactorConfig config;
  private final Catalog catalog;
  private final ObjectStore store;
  private final SegmentFormat format;
  private final LogTopics topics;
  private final Compactor compactor;
  private final Instance<JobWork> others;
  private @Nullable Running running;

  private record Running(
      JobLoop loop, LoopThread thread, Optional<LoopThread> dropped, ExecutorService workers) {}

  /**
   * @param others work of kinds that other parts do
   */
  @Inject
  JobRunner(
      CompactorConfig config,
      Catalog catalog,
      ObjectStore store,
      SegmentFormat format,
      LogTopics topics,
      Compactor compactor,
      Instance<JobWork> others) {
    this.config = config;
    this.catalog = catalog;
    this.store = store;
    this.format = format;
    this.topics = topics;
    this.compactor = compactor;
    this.others = others;
  }

  void start(@Observes StartupEvent event) {
    if (!config.jobs().enabled()) {
      return;
    }
    ExecutorService workers =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("kyma-job-", 0).factory());
    LogBounds logs = new KafkaLogBounds(topics);
    Function<Long, CompletableFuture<FlushedTo>> flush =
        table -> compactor.flush(Optional.of(table));
    List<JobWork> works = new ArrayList<>();
    if (config.roles().contains(CompactorConfig.Role.FLUSH)) {
      works.add(new FlushWork(catalog, logs, flush));
    }
    if (config.roles().contains(CompactorConfig.Role.MERGE)) {
      works.add(
          new CompactWork(
              compactor::compact, () -> compactor.compaction().orElse(CompactionStatus.NONE)));
    }
    works.add(
        new CheckWork(
            new StorageCheck(
                catalog, store, format, logs, workers, config.jobs().checkParallelism())));
    works.add(new AdoptLogWork(catalog, new KafkaLogKeeper(topics), logs, this::isStopped));
    others.forEach(works::add);
    String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    JobLoop loop =
        new JobLoop(
            catalog.jobs(), owner, works, config.jobs().turns(), workers, Clock.systemUTC());
    FlushHelp help = new FlushHelp(catalog, flush, Clock.systemUTC());
    boolean alone = config.flush().share() == CompactorConfig.Share.EVERYTHING;
    Runnable step =
        alone
            ? loop::step
            : () -> {
              loop.step();
              help.step();
            };
    DroppedLogs dropped = new DroppedLogs(catalog, topics::delete, config.gc().minAge());
    running =
        new Running(
            loop,
            LoopThread.startEvery("kyma-jobs", config.jobs().poll(), step),
            config.roles().contains(CompactorConfig.Role.GC)
                ? Optional.of(
                    LoopThread.startEvery("kyma-dropped-logs", DROPPED_EVERY, dropped::step))
                : Optional.empty(),
            workers);
  }

  private boolean isStopped(long table) {
    return compactor.partitions().stream()
        .anyMatch(
            partition ->
                partition.table() == table && partition.state() instanceof PartitionState.Stopped);
  }

  void stop(@Observes ShutdownEvent event) {
    Running stopping = running;
    if (stopping != null) {
      running = null;
      stopping.dropped().ifPresent(thread -> thread.stop(PATIENCE));
      stopping.thread().stop(PATIENCE);
      stopping.loop().stop();
      stopping.workers().shutdownNow();
    }
  }
}
