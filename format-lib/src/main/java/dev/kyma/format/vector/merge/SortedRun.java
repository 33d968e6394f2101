package dev.kyma.format.vector.merge;

import dev.kyma.format.vector.Batch;
import org.jspecify.annotations.Nullable;

/** Rows in order, batch by batch; the batches have the columns and types all runs have. */
@FunctionalInterface
public interface SortedRun {

  /** The next rows, at least one, or null when there are no more. */
  @Nullable Batch next();
}
