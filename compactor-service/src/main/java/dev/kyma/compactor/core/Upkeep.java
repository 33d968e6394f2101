package dev.kyma.compactor.core;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Snapshot;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogIdentity;
import dev.kyma.service.log.LogPartition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows commits: they are copied to the object store, and then the log they made superfluous
 * is deleted. {@link #step} belongs to one thread; {@link #status} is safe for use by many.
 */
public final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  /** Copies commits that are not archived yet, in order. */
  public interface Archive {
    /** Copies what there is. */
    void run();
  }

  /**
   * How upkeep runs.
   *
   * @param trims whether logs are trimmed at all
   * @param trimMinAge how long cursors must be out of date before what lies before them is deleted
   * @param trimEvery how often logs are trimmed
   */
  public record Settings(boolean trims, Duration trimMinAge, Duration trimEvery) {}

  /**
   * How far the archive is.
   *
   * @param archivedThrough the last archived commit
   * @param newest the last commit
   * @param lag how long the oldest commit that is not archived has been waiting, zero when there is
   *     none
   */
  public record Status(long archivedThrough, long newest, Duration lag) {}

  private final Catalog catalog;
  private final Archive archive;
  private final LogKeeper logs;
  private final Settings settings;
  private final Clock clock;
  private final LogTrimmer trimmer;
  private Instant nextTrim = Instant.MIN;
  private volatile Status status = new Status(0, 0, Duration.ZERO);

  public Upkeep(Catalog catalog, Archive archive, LogKeeper logs, Settings settings, Clock clock) {
    this.catalog = catalog;
    this.archive = archive;
    this.logs = logs;
    this.settings = settings;
    this.clock = clock;
    this.trimmer = new LogTrimmer(settings.trimMinAge(), settings.trimEvery());
  }

  /** How far the archive is. */
  public Status status() {
    return status;
  }

  /** One round: archives what was committed, then trims if it is time. */
  public void step() {
    try {
      archive();
      if (settings.trims() && !clock.instant().isBefore(nextTrim)) {
        nextTrim = clock.instant().plus(settings.trimEvery());
        trim();
      }
    } catch (CatalogException | ObjectStoreException | LogException e) {
      LOG.warn("archive and trimming are put off: {}", e.getMessage());
    }
  }

  private void archive() {
    try {
      archive.run();
    } finally {
      Snapshot newest = catalog.snapshot();
      long archived = catalog.archivedThrough();
      status = new Status(archived, newest.number(), lag(archived, newest));
      trimmer.observe(newest, clock.instant());
    }
  }

  private Duration lag(long archived, Snapshot newest) {
    if (archived >= newest.number()) {
      return Duration.ZERO;
    }
    return catalog.commits(archived, 1).stream()
        .findFirst()
        .map(oldest -> Duration.between(oldest.time(), catalog.now()))
        .orElse(Duration.ZERO);
  }

  private void trim() {
    Map<LogPartition, Long> due =
        new HashMap<>(trimmer.due(catalog.archivedThrough(), clock.instant()));
    if (due.isEmpty()) {
      return;
    }
    // A topic made anew under the old name must not lose records by the old one's cursors.
    List<LogBinding> bindings =
        due.keySet().stream().map(LogPartition::binding).distinct().toList();
    Map<LogBinding, LogIdentity> identities = logs.verify(bindings);
    due.keySet().removeIf(p -> !(identities.get(p.binding()) instanceof LogIdentity.Same));
    logs.trim(due);
    trimmer.done(due);
    LOG.debug("trimmed {}", due);
  }
}
