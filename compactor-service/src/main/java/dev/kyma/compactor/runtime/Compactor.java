package dev.kyma.compactor.runtime;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.archive.Archiver;
import dev.kyma.compactor.config.CompactorConfig;
import dev.kyma.compactor.config.CompactorConfig.Role;
import dev.kyma.compactor.core.FlushLoop;
import dev.kyma.compactor.core.FlushShare;
import dev.kyma.compactor.core.FlushedTo;
import dev.kyma.compactor.core.LogKeeper;
import dev.kyma.compactor.core.PartitionStatus;
import dev.kyma.compactor.core.Upkeep;
import dev.kyma.compactor.core.compact.CompactionStatus;
import dev.kyma.compactor.core.gc.Cleanup;
import dev.kyma.compactor.core.gc.GarbageCollector;
import dev.kyma.compactor.core.gc.OrphanSweep;
import dev.kyma.compactor.core.retention.Retention;
import dev.kyma.compactor.kafka.GroupFlushShare;
import dev.kyma.compactor.kafka.KafkaLogKeeper;
import dev.kyma.compactor.kafka.KafkaRowLog;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.service.log.FrameRecords;
import dev.kyma.service.log.LogReader;
import dev.kyma.service.log.LogSettings;
import dev.kyma.service.log.LogTopics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs the roles of this process from start to stop, each in threads of its own. When the process
 * stops, flushes under way are waited for, and rows that are not flushed stay in the log; merges
 * under way end at their next step and are begun anew by whoever comes next.
 */
@ApplicationScoped
public class Compactor {
  private static final Duration GC_PAUSE = Duration.ofMillis(200);

  private final CompactorConfig config;
  private final Catalog catalog;
  private final ObjectStore store;
  private final SegmentFormat format;
  private final LogSettings logSettings;
  private final LogTopics topics;
  private final FlushMetrics metrics;
  private final CompactionMetrics compactionMetrics;
  private @Nullable Running running;

  /** The roles this process has. */
  private record Running(
      Optional<Flushing> flushing,
      Optional<Merging> merging,
      Optional<Cleaning> cleaning,
      Optional<Archiving> archiving) {}

  private record Flushing(FlushLoop loop, LoopThread thread, ExecutorService workers) {}

  private record Cleaning(Cleanup cleanup, LoopThread thread) {}

  private record Archiving(Upkeep upkeep, LoopThread thread) {}

  @Inject
  Compactor(
      CompactorConfig config,
      Catalog catalog,
      ObjectStore store,
      SegmentFormat format,
      LogSettings logSettings,
      LogTopics topics,
      FlushMetrics metrics,
      CompactionMetrics compactionMetrics) {
    this.config = config;
    this.catalog = catalog;
    this.store = store;
    this.format = format;
    this.logSettings = logSettings;
    this.topics = topics;
    this.metrics = metrics;
    this.compactionMetrics = compactionMetrics;
  }

  void start(@Observes StartupEvent event) {
    LogKeeper keeper = new KafkaLogKeeper(topics);
    metrics.watch(this);
    compactionMetrics.watch(this);
    running =
        new Running(
            when(Role.FLUSH, () -> flushing(keeper)),
            when(
                Role.MERGE, () -> Merging.start(config, catalog, store, format, compactionMetrics)),
            when(Role.GC, this::cleaning),
            when(Role.ARCHIVE, () -> archiving(keeper)));
  }

  private <T> Optional<T> when(Role role, Supplier<T> start) {
    return config.roles().contains(role) ? Optional.of(start.get()) : Optional.empty();
  }

  private Flushing flushing(LogKeeper keeper) {
    ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    FlushLoop loop =
        new FlushLoop(
            new FlushLoop.Ports(
                catalog,
                store,
                format,
                new KafkaRowLog(new LogReader(logSettings, topics)),
                keeper,
                new FrameRecords(new SchemaStore(store)),
                share(),
                metrics,
                workers,
                Clock.systemUTC(),
                RandomGenerator.getDefault()),
            config.flushSettings());
    LoopThread thread =
        LoopThread.start("kyma-flush", loop::step, () -> loop.drain(config.drainTimeout()));
    return new Flushing(loop, thread, workers);
  }

  private Cleaning cleaning() {
    CompactorConfig.Gc gc = config.gc();
    Cleanup cleanup =
        new Cleanup(
            new GarbageCollector(catalog, store, gc.minAge()),
            new OrphanSweep(catalog, store, gc.grantAge(), gc.forgetAge()),
            new Retention(catalog, store, format, config.flush().commitPatience()),
            config.cleanupSettings(),
            Clock.systemUTC());
    return new Cleaning(cleanup, LoopThread.startEvery("kyma-gc", GC_PAUSE, cleanup::step));
  }

  private Archiving archiving(LogKeeper keeper) {
    Archiver archiver = new Archiver(catalog, store);
    int batch = config.archive().batch();
    Upkeep upkeep =
        new Upkeep(
            catalog, () -> archiver.run(batch), keeper, config.upkeepSettings(), Clock.systemUTC());
    LoopThread thread =
        LoopThread.startEvery("kyma-upkeep", config.archive().interval(), upkeep::step);
    return new Archiving(upkeep, thread);
  }

  private FlushShare share() {
    return switch (config.flush().share()) {
      case EVERYTHING -> FlushShare.everything();
      case GROUP -> GroupFlushShare.join(logSettings, topics);
    };
  }

  void stop(@Observes ShutdownEvent event) {
    Running stopping = running;
    if (stopping != null) {
      running = null;
      stopping.merging().ifPresent(merging -> merging.stop(config.drainTimeout()));
      stopping.cleaning().ifPresent(c -> c.thread().stop(config.drainTimeout()));
      stopping.archiving().ifPresent(a -> a.thread().stop(config.drainTimeout()));
      stopping
          .flushing()
          .ifPresent(
              flushing -> {
                flushing.thread().stop(config.drainTimeout().plusSeconds(2));
                flushing.workers().shutdownNow();
              });
    }
  }

  /** What is known of every partition this process flushes; empty when it does not. */
  public List<PartitionStatus> partitions() {
    return running(Running::flushing).map(f -> f.loop().status()).orElse(List.of());
  }

  /** How far the archive is; empty when this process does not write it. */
  public Optional<Upkeep.Status> archive() {
    return running(Running::archiving).map(a -> a.upkeep().status());
  }

  /** What compaction is doing; empty when this process does not merge. */
  public Optional<CompactionStatus> compaction() {
    return running(Running::merging).map(Merging::status);
  }

  /** What was taken away; empty when this process takes nothing away. */
  public Optional<Cleanup.Status> cleanup() {
    return running(Running::cleaning).map(c -> c.cleanup().status());
  }

  private <T> Optional<T> running(Function<Running, Optional<T>> role) {
    Running now = running;
    return now == null ? Optional.empty() : role.apply(now);
  }

  /** Whether the thread that flushes, if this process does, has been getting round to it. */
  public boolean isAlive() {
    Running now = running;
    return now != null && now.flushing().map(f -> f.thread().isAlive()).orElse(true);
  }

  /**
   * Flushes everything that is in the log now; see {@link FlushLoop#flush}.
   *
   * @param table the table's id; empty for all
   * @return fails with {@link RoleMissingException} when this process does not flush
   */
  public CompletableFuture<FlushedTo> flush(Optional<Long> table) {
    return running(Running::flushing)
        .map(f -> f.loop().flush(table))
        .orElseGet(() -> CompletableFuture.failedFuture(new RoleMissingException("flush")));
  }

  /**
   * Compacts a table as far as it can be; see {@link
   * dev.kyma.compactor.core.compact.CompactionLoop#compact}.
   *
   * @return fails with {@link RoleMissingException} when this process does not merge
   */
  public CompletableFuture<Snapshot> compact(long table) {
    return running(Running::merging)
        .map(m -> m.compact(table))
        .orElseGet(() -> CompletableFuture.failedFuture(new RoleMissingException("merge")));
  }
}
