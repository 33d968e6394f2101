package dev.kyma.compactor.core.retention;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.TableSettings;
import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes extents whose rows are all too old out of tables. What the settings say now counts: they
 * may change at any time. Used by one thread.
 */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int MOST_CONFLICTS = 5;

  private final Catalog catalog;
  private final Tombstones tombstones;
  private final Duration commitPatience;

  /** Set while the outcome of a commit is not known; no other may be submitted then. */
  private @Nullable Commit submitted;

  public Retention(
      Catalog catalog, ObjectStore store, SegmentFormat format, Duration commitPatience) {
    this.catalog = catalog;
    this.tombstones = new Tombstones(store, format);
    this.commitPatience = commitPatience;
  }

  /**
   * Looks at every table once.
   *
   * @return how many extents were taken out
   * @throws CatalogException if the catalog does not answer
   */
  public long run() {
    Commit unknown = submitted;
    long removed = unknown == null ? 0 : commit(unknown);
    if (submitted != null) {
      return removed;
    }
    for (TableDef table : catalog.snapshot().tables()) {
      try {
        removed += run(table.id());
      } catch (ObjectStoreException | CorruptExtentException | IllegalArgumentException e) {
        LOG.warn("table {}: retention is put off: {}", table.id(), e.getMessage());
      }
      if (submitted != null) {
        return removed;
      }
    }
    return removed;
  }

  private long run(long id) {
    for (int conflicts = 0; conflicts < MOST_CONFLICTS; conflicts++) {
      Snapshot snapshot = catalog.snapshot();
      TableDef table = snapshot.table(id).orElse(null);
      if (table == null) {
        return 0;
      }
      List<ExtentRef> expired = expired(snapshot, table);
      if (expired.isEmpty()) {
        return 0;
      }
      List<Removal> removals = new ArrayList<>();
      for (ExtentRef extent : expired) {
        removals.add(new Removal(extent.key(), snapshot.deleted(extent.key()).cardinality()));
      }
      Commit commit =
          new Commit(
              UUID.randomUUID(),
              Commit.Kind.RETENTION,
              null,
              List.of(),
              removals,
              List.of(),
              List.of(),
              List.of());
      long removed = commit(commit);
      if (removed > 0 || submitted != null) {
        return removed;
      }
    }
    return 0;
  }

  private List<ExtentRef> expired(Snapshot snapshot, TableDef table) {
    TableSettings settings = TableSettings.of(table);
    Instant now = catalog.now();
    if (!table.isKeyed()) {
      return settings
          .retention()
          .map(age -> ExpiredExtents.byEventTime(snapshot, table, now.minus(age)))
          .orElse(List.of());
    }
    if (settings.historyRetention().isEmpty()) {
      return List.of();
    }
    Instant cutoff = now.minus(settings.historyRetention().get());
    List<ExtentRef> old =
        ExpiredExtents.history(snapshot, table, catalog.addedBefore(table.id(), cutoff));
    return tombstones.whoMayLeave(snapshot, table, old);
  }

  /** How many extents a commit took out: all of them or none. */
  private long commit(Commit commit) {
    submitted = commit;
    return switch (catalog.commit(commit, commitPatience)) {
      case CommitOutcome.Committed committed -> {
        submitted = null;
        LOG.debug(
            "{} extents left in snapshot {}", commit.remove().size(), committed.record().number());
        yield commit.remove().size();
      }
      case CommitOutcome.Conflict conflict -> {
        submitted = null;
        LOG.debug("retention begins anew: {}", conflict);
        yield 0;
      }
      case CommitOutcome.Unknown unknown -> {
        LOG.warn("retention does not know its outcome: {}", unknown.cause().getMessage());
        yield 0;
      }
    };
  }
}
