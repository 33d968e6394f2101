package dev.kyma.format.vector;

import dev.kyma.format.type.LogicalType;
import java.util.Arrays;

/** Builds a {@link LongVector}. */
public final class LongVectorBuilder implements VectorBuilder {
  private final LogicalType type;
  private final NullBitmapBuilder nulls = new NullBitmapBuilder();
  private long[] values;
  private int size;

  public LongVectorBuilder(LogicalType type, int expectedRows) {
    this.type = type;
    this.values = new long[Math.max(8, expectedRows)];
  }

  /** Adds a value. */
  public void append(long value) {
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
    if (!(source instanceof LongVector longs)) {
      throw new IllegalArgumentException(source.type() + " into " + type);
    }
    if (longs.isNull(row)) {
      appendNull();
    } else {
      append(longs.values()[row]);
    }
  }

  @Override
  public LongVector build() {
    LongVector vector = new LongVector(type, size, values, nulls.build(size));
    values = new long[Math.max(8, size)];
    size = 0;
    return vector;
  }
}
