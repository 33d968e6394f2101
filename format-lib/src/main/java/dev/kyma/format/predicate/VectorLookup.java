package dev.kyma.format.predicate;

import dev.kyma.format.vector.ColumnVector;

/**
 * Where an evaluator gets a batch's columns from. Asked only for columns whose values matter, once
 * for each condition on them, so that others need never be read.
 */
@FunctionalInterface
public interface VectorLookup {
  /** The column's values for the rows of the batch, in the type of the path. */
  ColumnVector vector(ColumnPath column);
}
