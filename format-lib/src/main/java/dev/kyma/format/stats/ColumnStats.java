package dev.kyma.format.stats;

import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one column's values in an extent or in a block of it, before any masking.
 *
 * @param column the column's id
 * @param type the column's type in the extent, possibly narrower than the table's today
 * @param rows how many rows the statistics cover
 * @param nulls how many of them are NULL
 * @param min a lower bound of the values that are not NULL, null when unknown or there are none.
 *     Text and binary are bounded bytewise by a prefix; NaN counts as greater than every number
 * @param max an upper bound, likewise
 * @param exactBounds whether min and max occur as values
 * @param distinct an estimate of how many distinct values there are, -1 when unknown
 * @param valueCounts every distinct value with the number of its rows, when there are few; else
 *     empty
 */
public record ColumnStats(
    int column,
    LogicalType type,
    long rows,
    long nulls,
    @Nullable Constant min,
    @Nullable Constant max,
    boolean exactBounds,
    long distinct,
    List<ValueCount> valueCounts) {
  public ColumnStats {
    valueCounts = List.copyOf(valueCounts);
  }

  /** A value and how many rows hold it. */
  public record ValueCount(Constant value, long rows) {}
}
