package dev.kyma.format.vector;

import dev.kyma.format.type.LogicalType;
import org.jspecify.annotations.Nullable;

/**
 * Floating-point numbers; 32-bit ones are held widened.
 *
 * @param type a type stored as {@link LogicalType.Physical#DOUBLE}
 * @param size how many rows there are
 * @param values one value a row
 * @param nulls the null bitmap, or null when no row is NULL
 */
@SuppressWarnings("ArrayRecordComponent") // the arrays are the point: kernels read them in place
public record DoubleVector(LogicalType type, int size, double[] values, long @Nullable [] nulls)
    implements ColumnVector {
  public DoubleVector {
    if (type.physical() != LogicalType.Physical.DOUBLE || values.length < size) {
      throw new IllegalArgumentException(type + " in " + values.length + " values of " + size);
    }
  }

  public DoubleVector(LogicalType type, double[] values) {
    this(type, values.length, values, null);
  }
}
