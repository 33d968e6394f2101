package dev.kyma.compactor.runtime;

import dev.kyma.catalog.CommitRecord;
import dev.kyma.compactor.core.FlushListener;
import dev.kyma.compactor.core.PartitionState;
import dev.kyma.compactor.core.PartitionStatus;
import dev.kyma.compactor.core.Upkeep;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;

/** What an operator watches: rows and extents written, how far behind flush and archive are. */
@ApplicationScoped
public class FlushMetrics implements FlushListener {
  private final MeterRegistry registry;
  private final Counter rows;
  private final Counter commits;
  private final Counter bytes;

  @Inject
  FlushMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.rows =
        Counter.builder("kyma.flush.rows")
            .description("Rows moved into extents")
            .register(registry);
    this.commits =
        Counter.builder("kyma.flush.commits").description("Flush commits").register(registry);
    this.bytes =
        Counter.builder("kyma.flush.extent.bytes")
            .description("Bytes of extents written by flush")
            .baseUnit("bytes")
            .register(registry);
  }

  void watch(Compactor compactor) {
    Gauge.builder("kyma.flush.lag.records", compactor, FlushMetrics::lag)
        .description("Offsets of the log that are not in extents yet")
        .register(registry);
    Gauge.builder("kyma.flush.oldest.seconds", compactor, FlushMetrics::oldestSeconds)
        .description("Age of the oldest row that was read and is not in an extent")
        .register(registry);
    Gauge.builder("kyma.flush.partitions.stopped", compactor, FlushMetrics::stopped)
        .description("Log partitions whose flush has stopped and needs an operator")
        .register(registry);
    Gauge.builder("kyma.archive.lag.seconds", compactor, FlushMetrics::archiveLagSeconds)
        .description("Age of the oldest commit that is not archived")
        .register(registry);
  }

  private static double lag(Compactor compactor) {
    return compactor.partitions().stream().mapToLong(PartitionStatus::lag).sum();
  }

  private static double oldestSeconds(Compactor compactor) {
    Instant now = Instant.now();
    return compactor.partitions().stream()
            .flatMap(status -> status.oldestAppend().stream())
            .mapToLong(oldest -> Duration.between(oldest, now).toMillis())
            .max()
            .orElse(0)
        / 1_000.0;
  }

  private static double stopped(Compactor compactor) {
    return compactor.partitions().stream()
        .filter(status -> status.state() instanceof PartitionState.Stopped)
        .count();
  }

  private static double archiveLagSeconds(Compactor compactor) {
    return compactor.archive().map(Upkeep.Status::lag).orElse(Duration.ZERO).toMillis() / 1_000.0;
  }

  @Override
  public void committed(CommitRecord record, long rowCount) {
    rows.increment(rowCount);
    commits.increment();
    record.commit().add().forEach(extent -> bytes.increment(extent.length()));
  }
}
