package dev.kyma.format.vector;

import dev.kyma.format.type.LogicalType;
import java.util.Arrays;

/** Builds a {@link FloatsVector}. */
public final class FloatsVectorBuilder implements VectorBuilder {
  private final LogicalType type;
  private final int dimension;
  private final NullBitmapBuilder nulls = new NullBitmapBuilder();
  private float[] values;
  private int size;

  public FloatsVectorBuilder(LogicalType type, int expectedRows) {
    this.type = type;
    this.dimension = type.precision();
    this.values = new float[Math.max(8, Math.multiplyExact(expectedRows, dimension))];
  }

  /** Adds a row: {@code dimension} floats from a place of an array on. */
  public void append(float[] source, int from) {
    int at = grow();
    System.arraycopy(source, from, values, at, dimension);
    size++;
  }

  @Override
  public LogicalType type() {
    return type;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void appendNull() {
    grow();
    nulls.set(size++);
  }

  @Override
  public void append(ColumnVector source, int row) {
    if (!(source instanceof FloatsVector floats) || floats.dimension() != dimension) {
      throw new IllegalArgumentException(source.type() + " into " + type);
    }
    if (floats.isNull(row)) {
      appendNull();
    } else {
      append(floats.values(), row * dimension);
    }
  }

  @Override
  public FloatsVector build() {
    FloatsVector vector = new FloatsVector(type, size, values, nulls.build(size));
    values = new float[Math.max(8, size * dimension)];
    size = 0;
    return vector;
  }

  private int grow() {
    int at = Math.multiplyExact(size, dimension);
    if (at + dimension > values.length) {
      values = Arrays.copyOf(values, Math.max(at + dimension, values.length * 2));
    }
    return at;
  }
}
