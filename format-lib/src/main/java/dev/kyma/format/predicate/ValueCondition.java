package dev.kyma.format.predicate;

import dev.kyma.format.vector.ColumnVector;

/** A condition on values that are not NULL. Used by one thread. */
interface ValueCondition {
  /**
   * Clears the bits of rows whose value does not meet the condition.
   *
   * @param rows the rows to look at, none of them NULL
   */
  void retain(ColumnVector vector, long[] rows);
}
