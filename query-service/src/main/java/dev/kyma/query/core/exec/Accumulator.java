package dev.kyma.query.core.exec;

import dev.kyma.format.vector.ColumnVector;
import java.util.List;

/**
 * One aggregate function's state for every group. Used by one thread at a time.
 *
 * <p>Rows come with the group each belongs to. Unless {@link #takesNulls()}, rows where an argument
 * is NULL have been left out before.
 */
interface Accumulator {
  /** Makes room for groups 0 to {@code groups - 1}. */
  void reserve(int groups);

  /**
   * Takes rows.
   *
   * @param arguments the argument columns
   * @param rows places in the columns
   * @param groups the group of each of {@code rows}, in step with it
   */
  void add(List<ColumnVector> arguments, int[] rows, int[] groups, int count);

  /**
   * Takes the state of an accumulator of the same kind.
   *
   * @param groups which group here each of the other's groups is
   */
  void merge(Accumulator other, int[] groups);

  /** The answers for groups {@code from} to {@code to - 1}. */
  ColumnVector finish(int from, int to);

  /** Whether rows with NULL arguments are to be added too. */
  default boolean takesNulls() {
    return false;
  }
}
