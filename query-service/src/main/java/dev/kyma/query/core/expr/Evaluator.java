package dev.kyma.query.core.expr;

import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Selection;

/** Computes a value for each row. Used by one thread. */
public interface Evaluator {
  /**
   * The values for a batch's rows; those of rows not selected are unspecified.
   *
   * @throws dev.kyma.query.core.QueryException if the value of a selected row cannot be computed
   */
  ColumnVector evaluate(Batch batch, Selection selection);
}
