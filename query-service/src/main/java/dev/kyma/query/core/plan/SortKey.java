package dev.kyma.query.core.plan;

/**
 * One key of an order.
 *
 * <p>Text and binary order bytewise, false before true, and NaN after every other number, as in
 * Postgres with the C collation. {@link Direction} turns this round; {@link Nulls} does not depend
 * on it.
 *
 * @param column the place of the column in the input
 * @param direction whether small values come first
 * @param nulls where NULL comes
 */
public record SortKey(int column, Direction direction, Nulls nulls) {
  /** Which values come first. */
  public enum Direction {
    ASCENDING,
    DESCENDING
  }

  /** Where NULL comes. */
  public enum Nulls {
    FIRST,
    LAST
  }
}
