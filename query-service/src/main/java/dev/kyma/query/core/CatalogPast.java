package dev.kyma.query.core;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Snapshot;
import dev.kyma.query.core.plan.ReadPoint;
import dev.kyma.query.core.read.PastSnapshots;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** States of the past as the catalog keeps them. Safe for use by many threads. */
record CatalogPast(Catalog catalog, Clock clock) implements PastSnapshots {
  @Override
  public Snapshot at(ReadPoint point) {
    try {
      return kept(point);
    } catch (CatalogException.SnapshotGone e) {
      throw new QueryException(
          QueryException.Code.SNAPSHOT_GONE,
          "snapshot %d is not kept any more, the oldest that is has the number %d"
              .formatted(e.number(), e.horizon()),
          Map.of("snapshot", e.number(), "oldest", e.horizon()));
    } catch (CatalogException.SnapshotAhead e) {
      throw new QueryException(
          QueryException.Code.SNAPSHOT_AHEAD,
          String.valueOf(e.getMessage()),
          Map.of("newest", e.newest()));
    } catch (CatalogException e) {
      throw new QueryException(
          QueryException.Code.STORAGE_UNAVAILABLE, "the catalog does not answer", e);
    }
  }

  private Snapshot kept(ReadPoint point) {
    try {
      return switch (point) {
        case ReadPoint.Current _ -> catalog.snapshot();
        case ReadPoint.Snapshot snapshot -> catalog.at(snapshot.number());
        case ReadPoint.Time time -> catalog.at(time.time());
      };
    } catch (CatalogException.SnapshotAhead e) {
      // A time that has come by the clock here is now, however far behind the catalog's clock is.
      if (point instanceof ReadPoint.Time(Instant time) && !time.isAfter(clock.instant())) {
        return catalog.snapshot();
      }
      throw e;
    }
  }
}
