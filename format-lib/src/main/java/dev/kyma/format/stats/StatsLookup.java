package dev.kyma.format.stats;

import dev.kyma.format.predicate.ColumnPath;
import org.jspecify.annotations.Nullable;

/** Where pruning gets statistics from. */
@FunctionalInterface
public interface StatsLookup {
  /**
   * What is known of a column, or of a dynamic path, over the rows in question; null when nothing
   * is.
   */
  @Nullable ColumnStats stats(ColumnPath column);
}
