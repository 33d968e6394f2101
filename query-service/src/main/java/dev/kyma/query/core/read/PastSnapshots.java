package dev.kyma.query.core.read;

import dev.kyma.catalog.Snapshot;
import dev.kyma.query.core.plan.ReadPoint;

/** Answers the snapshots that points in the past mean. */
@FunctionalInterface
public interface PastSnapshots {
  /**
   * The snapshot a point means.
   *
   * @throws dev.kyma.query.core.QueryException if the state is not kept any more, or is not yet
   */
  Snapshot at(ReadPoint point);
}
