package dev.kyma.format.vector;

import dev.kyma.format.type.LogicalType;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of 32-bit floats of one dimension, laid end to end.
 *
 * @param type a {@link LogicalType.Kind#VECTOR}; its precision is the dimension
 * @param size how many rows there are
 * @param values {@code dimension} floats a row
 * @param nulls the null bitmap, or null when no row is NULL
 */
@SuppressWarnings("ArrayRecordComponent") // the arrays are the point: kernels read them in place
public record FloatsVector(LogicalType type, int size, float[] values, long @Nullable [] nulls)
    implements ColumnVector {
  // Not compact: javac keeps the parameters' annotations only of constructors written in full.
  public FloatsVector(LogicalType type, int size, float[] values, long @Nullable [] nulls) {
    if (type.physical() != LogicalType.Physical.FLOATS
        || values.length < (long) size * type.precision()) {
      throw new IllegalArgumentException(type + " of " + size);
    }
    this.type = type;
    this.size = size;
    this.values = values;
    this.nulls = nulls;
  }

  /** How many floats each row has. */
  public int dimension() {
    return type.precision();
  }
}
