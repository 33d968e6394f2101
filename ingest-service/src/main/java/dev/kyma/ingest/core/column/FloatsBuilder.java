package dev.kyma.ingest.core.column;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.FloatsVector;
import java.util.Arrays;

/** A column of {@link LogicalType.Physical#FLOATS} values. */
public final class FloatsBuilder implements ColumnBuilder {
  private final LogicalType type;
  private final NullBitmap nulls = new NullBitmap();
  private float[] values;
  private int size;

  public FloatsBuilder(LogicalType type) {
    this.type = type;
    this.values = new float[type.precision() * 4];
  }

  /** Appends a row; {@code value} has exactly the column's dimension. */
  public void append(float[] value) {
    int at = reserve(1);
    System.arraycopy(value, 0, values, at, type.precision());
    size++;
  }

  private int reserve(int rows) {
    int at = Math.multiplyExact(size, type.precision());
    int needed = Math.addExact(at, Math.multiplyExact(rows, type.precision()));
    if (values.length < needed) {
      values = Arrays.copyOf(values, Math.max(needed, at * 2));
    }
    return at;
  }

  @Override
  public void appendNull() {
    nulls.set(size);
    reserve(1);
    size++;
  }

  @Override
  public void appendAll(ColumnVector vector) {
    FloatsVector floats = (FloatsVector) vector;
    nulls.setAll(size, floats);
    int at = reserve(floats.size());
    System.arraycopy(floats.values(), 0, values, at, floats.size() * type.precision());
    size += floats.size();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ColumnVector build() {
    return new FloatsVector(type, size, values, nulls.build(size));
  }
}
