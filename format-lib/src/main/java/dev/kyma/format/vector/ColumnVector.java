package dev.kyma.format.vector;

import dev.kyma.format.type.LogicalType;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column for a run of rows, in arrays on the heap.
 *
 * <p>Vectors are filled once and then only read; they may be shared between threads after that.
 * Arrays reached through accessors are the vector's own, may be longer than {@link #size()}, and
 * must not be written. The value stored for a null row is unspecified.
 */
public sealed interface ColumnVector
    permits LongVector, DoubleVector, Int128Vector, BytesVector, DictionaryVector, FloatsVector {

  /** The type of the values; its physical form says which kind of vector this is. */
  LogicalType type();

  /** How many rows there are. */
  int size();

  /** The null bitmap: bit {@code row} is set where the value is NULL; null when no row is. */
  long @Nullable [] nulls();

  /** Whether the value of a row is NULL. */
  default boolean isNull(int row) {
    long[] nulls = nulls();
    return nulls != null && Bits.get(nulls, row);
  }

  /** Whether any row may be NULL. */
  default boolean mayHaveNulls() {
    return nulls() != null;
  }
}
