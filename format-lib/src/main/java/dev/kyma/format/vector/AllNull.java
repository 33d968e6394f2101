package dev.kyma.format.vector;

import dev.kyma.format.type.LogicalType;

/** Columns in which every row is NULL. Stateless. */
public final class AllNull {
  private AllNull() {}

  /** A vector of {@code size} NULLs. */
  public static ColumnVector of(LogicalType type, int size) {
    long[] nulls = new long[Bits.words(size)];
    Bits.fill(nulls, size);
    return switch (type.physical()) {
      case LONG -> new LongVector(type, size, new long[size], nulls);
      case DOUBLE -> new DoubleVector(type, size, new double[size], nulls);
      case INT128 -> new Int128Vector(type, size, new long[size], new long[size], nulls);
      case BYTES -> new BytesVector(type, size, new byte[0], new int[size + 1], nulls);
      case FLOATS ->
          new FloatsVector(
              type, size, new float[Math.multiplyExact(size, type.precision())], nulls);
    };
  }
}
