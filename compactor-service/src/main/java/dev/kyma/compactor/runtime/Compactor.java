package dev.kyma.compactor.runtime;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.archive.Archiver;
import dev.kyma.compactor.config.CompactorConfig;
import dev.kyma.compactor.core.FlushLoop;
import dev.kyma.compactor.core.FlushShare;
import dev.kyma.compactor.core.FlushedTo;
import dev.kyma.compactor.core.LogKeeper;
import dev.kyma.compactor.core.PartitionStatus;
import dev.kyma.compactor.core.Upkeep;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs flush and upkeep from start to stop, each in a thread of its own. When the process stops,
 * flushes under way are waited for; rows that are not flushed stay in the log.
 */
@ApplicationScoped
public class Compactor {
  private final CompactorConfig config;
  private final Catalog catalog;
  private final ObjectStore store;
  private final SegmentFormat format;
  private final LogSettings logSettings;
  private final LogTopics topics;
  private final FlushMetrics metrics;
  private @Nullable Running running;

  private record Running(
      FlushLoop loop,
      Upkeep upkeep,
      LoopThread flushThread,
      LoopThread upkeepThread,
      ExecutorService workers) {}

  @Inject
  Compactor(
      CompactorConfig config,
      Catalog catalog,
      ObjectStore store,
      SegmentFormat format,
      LogSettings logSettings,
      LogTopics topics,
      FlushMetrics metrics) {
    this.config = config;
    this.catalog = catalog;
    this.store = store;
    this.format = format;
    this.logSettings = logSettings;
    this.topics = topics;
    this.metrics = metrics;
  }

  void start(@Observes StartupEvent event) {
    LogKeeper keeper = new KafkaLogKeeper(topics);
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
    Archiver archiver = new Archiver(catalog, store);
    int batch = config.archive().batch();
    Upkeep upkeep =
        new Upkeep(
            catalog, () -> archiver.run(batch), keeper, config.upkeepSettings(), Clock.systemUTC());
    metrics.watch(this);
    running =
        new Running(
            loop,
            upkeep,
            LoopThread.start("kyma-flush", loop::step, () -> loop.drain(config.drainTimeout())),
            LoopThread.startEvery("kyma-upkeep", config.archive().interval(), upkeep::step),
            workers);
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
      stopping.upkeepThread().stop(config.drainTimeout());
      stopping.flushThread().stop(config.drainTimeout().plusSeconds(2));
      stopping.workers().shutdownNow();
    }
  }

  /** What is known of every partition this process flushes; empty when it does not run. */
  public List<PartitionStatus> partitions() {
    Running now = running;
    return now == null ? List.of() : now.loop().status();
  }

  /** How far the archive is; empty when the process does not run. */
  public Optional<Upkeep.Status> archive() {
    return Optional.ofNullable(running).map(r -> r.upkeep().status());
  }

  /** Whether the thread that flushes has been getting round to it. */
  public boolean isAlive() {
    Running now = running;
    return now != null && now.flushThread().isAlive();
  }

  /**
   * Flushes everything that is in the log now; see {@link FlushLoop#flush}.
   *
   * @param table the table's id; empty for all
   */
  public CompletableFuture<FlushedTo> flush(Optional<Long> table) {
    Running now = running;
    return now == null
        ? CompletableFuture.failedFuture(new IllegalStateException("the compactor is stopped"))
        : now.loop().flush(table);
  }
}
