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
  // Not compact: javac keeps the parameters' annotations only of constructors written in full.
  public DoubleVector(LogicalType type, int size, double[] values, long @Nullable [] nulls) {
    if (type.physical() != LogicalType.Physical.DOUBLE || values.length < size) {
      throw new IllegalArgumentException(type + " in " + values.length + " values of " + size);
    }
    this.type = type;
    this.size = size;
    this.values = values;
    this.nulls = nulls;
  }

  public DoubleVector(LogicalType type, double[] values) {
    this(type, values.length, values, null);
  }
}
