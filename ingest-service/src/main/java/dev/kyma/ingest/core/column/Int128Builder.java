package dev.kyma.ingest.core.column;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Int128Vector;
import java.math.BigInteger;
import java.util.Arrays;

/** A column of {@link LogicalType.Physical#INT128} values. */
public final class Int128Builder implements ColumnBuilder {
  private final LogicalType type;
  private final NullBitmap nulls = new NullBitmap();
  private long[] high = new long[16];
  private long[] low = new long[16];
  private int size;

  public Int128Builder(LogicalType type) {
    this.type = type;
  }

  public void append(BigInteger unscaled) {
    append(Int128Vector.high(unscaled), Int128Vector.low(unscaled));
  }

  private void append(long highHalf, long lowHalf) {
    if (size == high.length) {
      high = Arrays.copyOf(high, size * 2);
      low = Arrays.copyOf(low, size * 2);
    }
    high[size] = highHalf;
    low[size++] = lowHalf;
  }

  @Override
  public void appendNull() {
    nulls.set(size);
    append(0, 0);
  }

  @Override
  public void appendAll(ColumnVector vector) {
    Int128Vector values = (Int128Vector) vector;
    nulls.setAll(size, values);
    for (int i = 0; i < values.size(); i++) {
      append(values.high()[i], values.low()[i]);
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ColumnVector build() {
    return new Int128Vector(type, size, high, low, nulls.build(size));
  }
}
