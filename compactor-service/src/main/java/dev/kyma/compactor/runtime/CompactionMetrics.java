package dev.kyma.compactor.runtime;

import dev.kyma.compactor.core.compact.CompactionListener;
import dev.kyma.compactor.core.compact.CompactionResult;
import dev.kyma.compactor.core.compact.CompactionStatus;
import dev.kyma.compactor.core.compact.CompactionTask;
import dev.kyma.compactor.core.gc.Cleanup;
import dev.kyma.compactor.core.gc.GcFigures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.ToDoubleFunction;

/** What an operator watches of compaction: work done, work waiting. */
@ApplicationScoped
public class CompactionMetrics implements CompactionListener {
  private final MeterRegistry registry;
  private final Counter rows;
  private final Counter bytesRead;
  private final Counter bytesWritten;
  private final Counter committed;
  private final Counter discarded;
  private final Counter failed;

  @Inject
  CompactionMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.rows = counter("kyma.compact.rows", "Rows of extents that were replaced");
    this.bytesRead = counter("kyma.compact.read.bytes", "Bytes of extents that were replaced");
    this.bytesWritten = counter("kyma.compact.written.bytes", "Bytes of extents written instead");
    this.committed = counter("kyma.compact.commits", "Merges that were committed");
    this.discarded =
        counter("kyma.compact.discarded", "Merges thrown away because others had been faster");
    this.failed = counter("kyma.compact.failed", "Merges that could not be done");
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  void watch(Compactor compactor) {
    watchCleanup(compactor);
    gauge(compactor, "kyma.compact.running", "Merges under way", status -> status.running().size());
    gauge(compactor, "kyma.extents", "Live extents of all tables", CompactionStatus::extents);
    gauge(
        compactor,
        "kyma.extents.flushed",
        "Live extents of all tables that were not merged yet",
        CompactionStatus::flushRuns);
  }

  private void watchCleanup(Compactor compactor) {
    removed(compactor, "kyma.gc.garbage", "Dereferenced objects removed", GcFigures::garbage);
    removed(
        compactor, "kyma.gc.orphans", "Objects removed that no commit named", GcFigures::orphans);
    removed(compactor, "kyma.gc.refused", "Removals the store refused", GcFigures::refused);
    FunctionCounter.builder(
            "kyma.retention.extents",
            compactor,
            c -> c.cleanup().map(Cleanup.Status::expired).orElse(0L))
        .description("Extents taken out of tables because of their age")
        .register(registry);
  }

  private void removed(
      Compactor compactor, String name, String description, ToDoubleFunction<GcFigures> value) {
    FunctionCounter.builder(
            name,
            compactor,
            c -> c.cleanup().map(s -> value.applyAsDouble(s.removed())).orElse(0.0))
        .description(description)
        .register(registry);
  }

  private void gauge(
      Compactor compactor,
      String name,
      String description,
      ToDoubleFunction<CompactionStatus> value) {
    Gauge.builder(name, compactor, c -> c.compaction().map(s -> value.applyAsDouble(s)).orElse(0.0))
        .description(description)
        .register(registry);
  }

  @Override
  public void ended(CompactionTask task, CompactionResult result) {
    switch (result) {
      case CompactionResult.Committed(var _, var figures) -> {
        committed.increment();
        rows.increment(figures.rows());
        bytesRead.increment(figures.bytesRead());
        bytesWritten.increment(figures.bytesWritten());
      }
      case CompactionResult.Discarded _ -> discarded.increment();
      case CompactionResult.Failed _, CompactionResult.Retry _ -> failed.increment();
      case CompactionResult.Stopped() -> {}
    }
  }
}
