package dev.kyma.query.core.expr;

/** A function of one row's arguments. */
@FunctionalInterface
interface RowFunction {
  /**
   * Gives the result exactly one value.
   *
   * @throws dev.kyma.query.core.QueryException if the arguments have no value
   */
  void apply(Row row, Result result);
}
