package dev.kyma.format.vector;

import dev.kyma.format.type.LogicalType;
import java.util.Arrays;

/** Builds a {@link DoubleVector}. */
public final class DoubleVectorBuilder implements VectorBuilder {
  private final LogicalType type;
  private final NullBitmapBuilder nulls = new NullBitmapBuilder();
  private double[] values;
  private int size;

  public DoubleVectorBuilder(LogicalType type, int expectedRows) {
    this.type = type;
    this.values = new double[Math.max(8, expectedRows)];
  }

  /** Adds a value. */
  public void append(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
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
    nulls.set(size);
    append(0);
  }

  @Override
  public void append(ColumnVector source, int row) {
    if (!(source instanceof DoubleVector doubles)) {
      throw new IllegalArgumentException(source.type() + " into " + type);
    }
    if (doubles.isNull(row)) {
      appendNull();
    } else {
      append(doubles.values()[row]);
    }
  }

  @Override
  public DoubleVector build() {
    DoubleVector vector = new DoubleVector(type, size, values, nulls.build(size));
    values = new double[Math.max(8, size)];
    size = 0;
    return vector;
  }
}
