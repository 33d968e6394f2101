package dev.kyma.format.predicate;

import dev.kyma.format.type.LogicalType;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The values that stand in a relation to a constant, as a stretch of the line of {@link
 * ColumnPoint}.
 *
 * @param from the first value, null when there is no least one
 * @param to the last value, null when there is no greatest one; before {@code from} when empty
 */
public record ColumnRange(@Nullable BigInteger from, @Nullable BigInteger to) {
  private static final ColumnRange EMPTY = new ColumnRange(BigInteger.ONE, BigInteger.ZERO);

  /**
   * The values of a column that compare so with a constant; for {@code NOT_EQUAL} those that do
   * not.
   *
   * @throws IllegalArgumentException if values of the two types cannot be compared
   */
  public static ColumnRange of(
      LogicalType column, Predicate.Comparison comparison, Constant constant) {
    ColumnPoint point = ColumnPoint.of(column, constant);
    BigInteger floor = point.floor();
    BigInteger next = floor.add(BigInteger.ONE);
    return switch (comparison) {
      case EQUAL, NOT_EQUAL -> point.exact() ? new ColumnRange(floor, floor) : EMPTY;
      case LESS -> new ColumnRange(null, point.exact() ? floor.subtract(BigInteger.ONE) : floor);
      case LESS_OR_EQUAL -> new ColumnRange(null, floor);
      case GREATER -> new ColumnRange(next, null);
      case GREATER_OR_EQUAL -> new ColumnRange(point.exact() ? floor : next, null);
    };
  }

  /** Whether no value of {@code [least, greatest]} is in the range. */
  public boolean isOutside(BigInteger least, BigInteger greatest) {
    return from != null && greatest.compareTo(from) < 0
        || to != null && least.compareTo(to) > 0
        || isEmpty();
  }

  /** Whether every value of {@code [least, greatest]} is in the range. */
  public boolean covers(BigInteger least, BigInteger greatest) {
    return (from == null || least.compareTo(from) >= 0)
        && (to == null || greatest.compareTo(to) <= 0)
        && !isEmpty();
  }

  private boolean isEmpty() {
    return from != null && to != null && from.compareTo(to) > 0;
  }
}
