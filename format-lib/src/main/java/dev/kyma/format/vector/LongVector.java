package dev.kyma.format.vector;

import dev.kyma.format.type.LogicalType;
import org.jspecify.annotations.Nullable;

/**
 * Whole numbers, truth values (1 and 0), dates, times, timestamps and short decimals.
 *
 * @param type a type stored as {@link LogicalType.Physical#LONG}
 * @param size how many rows there are
 * @param values one value a row
 * @param nulls the null bitmap, or null when no row is NULL
 */
@SuppressWarnings("ArrayRecordComponent") // the arrays are the point: kernels read them in place
public record LongVector(LogicalType type, int size, long[] values, long @Nullable [] nulls)
    implements ColumnVector {
  // Not compact: javac keeps the parameters' annotations only of constructors written in full.
  public LongVector(LogicalType type, int size, long[] values, long @Nullable [] nulls) {
    if (type.physical() != LogicalType.Physical.LONG || values.length < size) {
      throw new IllegalArgumentException(type + " in " + values.length + " values of " + size);
    }
    this.type = type;
    this.size = size;
    this.values = values;
    this.nulls = nulls;
  }

  public LongVector(LogicalType type, long[] values) {
    this(type, values.length, values, null);
  }
}
