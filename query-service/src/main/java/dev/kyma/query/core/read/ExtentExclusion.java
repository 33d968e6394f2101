package dev.kyma.query.core.read;

import java.util.Set;

/** Answers by the catalog's filters which extents cannot hold a value. */
@FunctionalInterface
public interface ExtentExclusion {
  /** Knows nothing. */
  ExtentExclusion NONE = (table, column, hash) -> Set.of();

  /**
   * Extents that hold no value with a hash.
   *
   * @param table the table's id
   * @param column the number of the filter, see {@link dev.kyma.format.index.ExtentFilter#column}
   * @param hash see {@link dev.kyma.format.index.ExtentFilter#hash}
   */
  Set<String> excluded(long table, int column, long hash);
}
