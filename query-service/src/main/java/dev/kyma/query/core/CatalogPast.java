package dev.kyma.query.core;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Snapshot;
import dev.kyma.query.core.plan.ReadPoint;
import dev.kyma.query.core.read.PastSnapshots;

/** States of the past as the catalog keeps them. Safe for use by many threads. */
record CatalogPast(Catalog catalog) implements PastSnapshots {
  @Override
  public Snapshot at(ReadPoint point) {
    return switch (point) {
      case ReadPoint.Current _ -> catalog.snapshot();
      case ReadPoint.Snapshot _, ReadPoint.Time _ ->
          throw QueryException.unsupported("reading a state of the past");
    };
  }
}
