package dev.kyma.ingest.core.column;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;

/** A column being filled row by row. */
public sealed interface ColumnBuilder
    permits LongBuilder, DoubleBuilder, Int128Builder, BytesBuilder, FloatsBuilder {

  /** How many rows were appended. */
  int size();

  /** Appends a row whose value is NULL. */
  void appendNull();

  /** Appends rows of a vector of this builder's type. */
  void appendAll(ColumnVector vector);

  /** The rows so far, as a vector that owns the arrays; the builder must not be used again. */
  ColumnVector build();

  /** An empty builder for a type. */
  static ColumnBuilder of(LogicalType type) {
    return switch (type.physical()) {
      case LONG -> new LongBuilder(type);
      case DOUBLE -> new DoubleBuilder(type);
      case INT128 -> new Int128Builder(type);
      case BYTES -> new BytesBuilder(type);
      case FLOATS -> new FloatsBuilder(type);
    };
  }
}
