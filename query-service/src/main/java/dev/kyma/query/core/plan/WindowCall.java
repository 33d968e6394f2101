package dev.kyma.query.core.plan;

import dev.kyma.format.type.LogicalType;
import java.util.List;

/**
 * One function over a window of rows.
 *
 * @param function what is computed
 * @param arguments places of columns in the input, cast beforehand to what the function asks for
 * @param partition rows are in one partition where these columns are equal, NULL equal to NULL
 * @param order the order of rows in a partition
 * @param frame which rows around the current one take part, for functions that heed it
 * @param name the name shown to people
 * @param type the type of the answer
 */
public record WindowCall(
    Function function,
    List<Integer> arguments,
    List<Integer> partition,
    List<SortKey> order,
    Frame frame,
    String name,
    LogicalType type) {
  public WindowCall {
    arguments = List.copyOf(arguments);
    partition = List.copyOf(partition);
    order = List.copyOf(order);
  }

  /** What is computed over a window. */
  public sealed interface Function {
    /** An aggregate over the rows of the frame. */
    record OfFrame(AggregateFunction aggregate) implements Function {}

    /** A function of the row's place in its partition. */
    record OfPlace(PlaceFunction place) implements Function {}
  }

  /** Functions of a row's place; all but the offsets and {@code NTH_VALUE} ignore the frame. */
  public enum PlaceFunction {
    /** 1 for the first row of the partition, then one more for each. INT64. */
    ROW_NUMBER,
    /** The row number of the first row equal in order. INT64. */
    RANK,
    /** How many different orders came up to here. INT64. */
    DENSE_RANK,
    /** (rank − 1) / (rows − 1), 0 in a partition of one row. FLOAT64. */
    PERCENT_RANK,
    /** The share of rows at or before this one in order. FLOAT64. */
    CUME_DIST,
    /** The partition cut into as many parts as the argument says, numbered from 1. INT64. */
    NTILE,
    /** Argument 0 so many rows before (argument 1, else 1), else argument 2, else NULL. */
    LAG,
    /** Argument 0 so many rows after (argument 1, else 1), else argument 2, else NULL. */
    LEAD,
    /** Argument 0 in the n-th row of the frame, n being argument 1 from 1; else NULL. */
    NTH_VALUE
  }

  /**
   * Which rows around the current one take part.
   *
   * @param unit what bounds count
   * @param start the first row
   * @param end the last row
   */
  public record Frame(Unit unit, Bound start, Bound end) {
    /** What the offset of a bound counts. */
    public enum Unit {
      /** Rows. */
      ROWS,
      /** The distance in the value of the one sort key; equal rows belong together. */
      RANGE
    }
  }

  /** Where a frame begins or ends. */
  public sealed interface Bound {
    /** The partition's first row. */
    record UnboundedPreceding() implements Bound {}

    /** So far before the current row; the literal is of the unit's type. */
    record Preceding(Expr.Literal offset) implements Bound {}

    /** The current row, with its equals for RANGE. */
    record CurrentRow() implements Bound {}

    /** So far after the current row. */
    record Following(Expr.Literal offset) implements Bound {}

    /** The partition's last row. */
    record UnboundedFollowing() implements Bound {}
  }
}
