package dev.kyma.format.vector;

import dev.kyma.format.type.LogicalType;
import java.math.BigInteger;
import java.util.Arrays;

/** Builds an {@link Int128Vector}. */
public final class Int128VectorBuilder implements VectorBuilder {
  private final LogicalType type;
  private final NullBitmapBuilder nulls = new NullBitmapBuilder();
  private long[] high;
  private long[] low;
  private int size;

  public Int128VectorBuilder(LogicalType type, int expectedRows) {
    this.type = type;
    this.high = new long[Math.max(8, expectedRows)];
    this.low = new long[high.length];
  }

  /** Adds a value by its halves. */
  public void append(long upper, long lower) {
    if (size == high.length) {
      high = Arrays.copyOf(high, size * 2);
      low = Arrays.copyOf(low, size * 2);
    }
    high[size] = upper;
    low[size++] = lower;
  }

  /**
   * Adds an unscaled value.
   *
   * @throws ArithmeticException if it needs more than 128 bits
   */
  public void append(BigInteger value) {
    append(Int128Vector.high(value), Int128Vector.low(value));
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
    append(0, 0);
  }

  @Override
  public void append(ColumnVector source, int row) {
    if (!(source instanceof Int128Vector wide)) {
      throw new IllegalArgumentException(source.type() + " into " + type);
    }
    if (wide.isNull(row)) {
      appendNull();
    } else {
      append(wide.high()[row], wide.low()[row]);
    }
  }

  @Override
  public Int128Vector build() {
    Int128Vector vector = new Int128Vector(type, size, high, low, nulls.build(size));
    high = new long[Math.max(8, size)];
    low = new long[high.length];
    size = 0;
    return vector;
  }
}
