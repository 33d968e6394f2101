package dev.kyma.ingest.core.column;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import java.util.Arrays;

/** A column of {@link LogicalType.Physical#LONG} values. */
public final class LongBuilder implements ColumnBuilder {
  private final LogicalType type;
  private final NullBitmap nulls = new NullBitmap();
  private long[] values = new long[16];
  private int size;

  public LongBuilder(LogicalType type) {
    this.type = type;
  }

  public void append(long value) {
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
    LongVector longs = (LongVector) vector;
    nulls.setAll(size, longs);
    if (values.length < size + longs.size()) {
      values = Arrays.copyOf(values, Math.max(size * 2, size + longs.size()));
    }
    System.arraycopy(longs.values(), 0, values, size, longs.size());
    size += longs.size();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ColumnVector build() {
    return new LongVector(type, size, values, nulls.build(size));
  }
}
