package dev.kyma.compactor.core.gc;

import dev.kyma.catalog.CatalogException;
import dev.kyma.compactor.core.retention.Retention;
import dev.kyma.format.io.ObjectStoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that takes things away: retention, garbage and orphans, each when it is time. {@link
 * #step} belongs to one thread; {@link #status} is safe for use by many.
 */
public final class Cleanup {
  private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);

  /**
   * How often.
   *
   * @param collectEvery how often garbage is removed
   * @param sweepEvery how often orphans are looked for
   * @param retentionEvery how often tables are looked at for rows that are too old
   */
  public record Settings(Duration collectEvery, Duration sweepEvery, Duration retentionEvery) {}

  /**
   * What was done since the start.
   *
   * @param removed objects removed from the store
   * @param expired extents taken out of tables because of their age
   * @param lastError the last thing that went wrong, kept for people; empty when nothing did
   */
  public record Status(GcFigures removed, long expired, Optional<String> lastError) {}

  private final GarbageCollector collector;
  private final OrphanSweep sweep;
  private final Retention retention;
  private final Settings settings;
  private final Clock clock;
  private Instant nextCollection = Instant.MIN;
  private Instant nextSweep = Instant.MIN;
  private Instant nextRetention = Instant.MIN;
  private volatile Status status = new Status(GcFigures.NONE, 0, Optional.empty());

  public Cleanup(
      GarbageCollector collector,
      OrphanSweep sweep,
      Retention retention,
      Settings settings,
      Clock clock) {
    this.collector = collector;
    this.sweep = sweep;
    this.retention = retention;
    this.settings = settings;
    this.clock = clock;
  }

  /** What was done. */
  public Status status() {
    return status;
  }

  /** One round: whatever is due. */
  public void step() {
    Instant now = clock.instant();
    if (!now.isBefore(nextRetention)) {
      nextRetention = now.plus(settings.retentionEvery());
      guarded(
          "retention",
          () -> {
            long expired = retention.run();
            status = new Status(status.removed(), status.expired() + expired, status.lastError());
          });
    }
    if (!now.isBefore(nextCollection)) {
      nextCollection = now.plus(settings.collectEvery());
      guarded("garbage collection", () -> add(collector.run()));
    }
    if (!now.isBefore(nextSweep)) {
      nextSweep = now.plus(settings.sweepEvery());
      guarded("the sweep of orphans", () -> add(sweep.run()));
    }
  }

  private void add(GcFigures figures) {
    status = new Status(status.removed().plus(figures), status.expired(), status.lastError());
  }

  private void guarded(String what, Runnable work) {
    try {
      work.run();
    } catch (CatalogException | ObjectStoreException e) {
      LOG.warn("{} is put off: {}", what, e.getMessage());
      status =
          new Status(status.removed(), status.expired(), Optional.of(what + ": " + e.getMessage()));
    }
  }
}
