package dev.kyma.query.core.exec;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known, while a query runs, of the rows still wanted: a later operator needs only rows
 * whose value in a column is good enough. Safe for use by many threads.
 */
public interface RowBound {
  /**
   * A condition that every row still wanted meets, about the given column; null when nothing is
   * known yet. Rows that do not meet it may be left out.
   */
  @Nullable Predicate predicate(ColumnPath column);
}
