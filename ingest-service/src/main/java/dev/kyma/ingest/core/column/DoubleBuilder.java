package dev.kyma.ingest.core.column;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVector;
import java.util.Arrays;

/** A column of {@link LogicalType.Physical#DOUBLE} values. */
public final class DoubleBuilder implements ColumnBuilder {
  private final LogicalType type;
  private final NullBitmap nulls = new NullBitmap();
  private double[] values = new double[16];
  private int size;

  public DoubleBuilder(LogicalType type) {
    this.type = type;
  }

  public void append(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  @Override
  public void appendNull() {
    nulls.set(size);
    append(0);
  }

  @Override
  public void appendAll(ColumnVector vector) {
    DoubleVector doubles = (DoubleVector) vector;
    nulls.setAll(size, doubles);
    if (values.length < size + doubles.size()) {
      values = Arrays.copyOf(values, Math.max(size * 2, size + doubles.size()));
    }
    System.arraycopy(doubles.values(), 0, values, size, doubles.size());
    size += doubles.size();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ColumnVector build() {
    return new DoubleVector(type, size, values, nulls.build(size));
  }
}
