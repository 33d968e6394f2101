package dev.kyma.standalone.simulation;

import dev.kyma.catalog.Catalog;
import dev.kyma.compactor.core.ExtentObjects;
import dev.kyma.compactor.core.FlushListener;
import dev.kyma.compactor.core.FlushLoop;
import dev.kyma.compactor.core.FlushSettings;
import dev.kyma.compactor.core.FlushShare;
import dev.kyma.compactor.core.WriteGrants;
import dev.kyma.compactor.core.compact.Compaction;
import dev.kyma.compactor.core.compact.CompactionLimits;
import dev.kyma.compactor.core.compact.CompactionListener;
import dev.kyma.compactor.core.compact.CompactionLoop;
import dev.kyma.compactor.core.compact.CompactionSettings;
import dev.kyma.compactor.core.compact.WorkClaims;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.service.log.FrameRecords;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executor;

/**
 * What compactor-service does, with thresholds so small that every path is taken.
 *
 * @param workers carries out what a round hands out
 */
record BackgroundWork(
    Catalog catalog,
    ObjectStore store,
    SimulatedLog log,
    Clock clock,
    Executor workers,
    Random random) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  FlushLoop flusher() {
    return new FlushLoop(
        new FlushLoop.Ports(
            catalog,
            store,
            format(),
            log.reader(),
            log,
            new FrameRecords(new SchemaStore(store)),
            FlushShare.everything(),
            FlushListener.NONE,
            workers,
            clock,
            random),
        new FlushSettings(
            64L << 20,
            1,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(5),
            PATIENCE,
            Duration.ofMinutes(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(5)));
  }

  CompactionLoop compactor() {
    return new CompactionLoop(
        new CompactionLoop.Ports(
            new Compaction.Ports(
                catalog,
                store,
                format(),
                new ExtentObjects(store),
                new WriteGrants(catalog, clock, Duration.ofMinutes(10)),
                PATIENCE),
            WorkClaims.UNSHARED,
            CompactionListener.NONE,
            workers,
            clock,
            random),
        new CompactionSettings(
            new CompactionLimits(2, 60, Duration.ofSeconds(30), 25, 1 << 20, 6, 200, 25),
            1,
            Duration.ZERO,
            Duration.ofSeconds(2),
            PATIENCE,
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            8));
  }

  static SegmentFormat format() {
    return new TlmFormat();
  }
}
