package dev.kyma.format.vector;

import dev.kyma.format.type.LogicalType;

/**
 * Fills one column row by row; the arrays grow as needed.
 *
 * <p>Used by one thread. After {@link #build()} the builder is empty and starts a new vector of the
 * same type; nothing it handed out is written again.
 */
public sealed interface VectorBuilder
    permits LongVectorBuilder,
        DoubleVectorBuilder,
        Int128VectorBuilder,
        BytesVectorBuilder,
        FloatsVectorBuilder {

  /** The type of the vector that is built. */
  LogicalType type();

  /** How many rows have been appended since the last {@link #build()}. */
  int size();

  /** Adds a NULL row. */
  void appendNull();

  /**
   * Adds a row of a vector of the same physical type, NULL included.
   *
   * @throws IllegalArgumentException if the source is stored in another physical form
   */
  void append(ColumnVector source, int row);

  /** The rows appended so far as a vector. */
  ColumnVector build();

  /**
   * A builder for vectors of a type.
   *
   * @param expectedRows how many rows to make room for at first; more may come
   */
  static VectorBuilder of(LogicalType type, int expectedRows) {
    return switch (type.physical()) {
      case LONG -> new LongVectorBuilder(type, expectedRows);
      case DOUBLE -> new DoubleVectorBuilder(type, expectedRows);
      case INT128 -> new Int128VectorBuilder(type, expectedRows);
      case BYTES -> new BytesVectorBuilder(type, expectedRows);
      case FLOATS -> new FloatsVectorBuilder(type, expectedRows);
    };
  }
}
