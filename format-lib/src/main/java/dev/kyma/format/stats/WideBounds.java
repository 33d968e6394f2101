package dev.kyma.format.stats;

import dev.kyma.format.encoding.Hashing;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Int128Vector;
import java.util.List;

/** The bounds, NULLs and distinct values of 128-bit integers. Used by one thread. */
final class WideBounds {
  private final DistinctSketch sketch = new DistinctSketch();
  private long rows;
  private long nulls;
  private long minHigh;
  private long minLow;
  private long maxHigh;
  private long maxLow;

  void add(Int128Vector values, int row) {
    if (values.isNull(row)) {
      rows++;
      nulls++;
      return;
    }
    long high = values.high()[row];
    long low = values.low()[row];
    sketch.add(Hashing.mix(Hashing.mix(high) ^ low));
    extend(high, low, high, low);
    rows++;
  }

  void add(WideBounds other) {
    sketch.add(other.sketch);
    if (other.rows > other.nulls) {
      extend(other.minHigh, other.minLow, other.maxHigh, other.maxLow);
    }
    rows += other.rows;
    nulls += other.nulls;
  }

  private void extend(long lowHigh, long lowLow, long highHigh, long highLow) {
    boolean first = rows == nulls;
    if (first || compare(lowHigh, lowLow, minHigh, minLow) < 0) {
      minHigh = lowHigh;
      minLow = lowLow;
    }
    if (first || compare(highHigh, highLow, maxHigh, maxLow) > 0) {
      maxHigh = highHigh;
      maxLow = highLow;
    }
  }

  private static int compare(long high, long low, long otherHigh, long otherLow) {
    return high != otherHigh ? Long.compare(high, otherHigh) : Long.compareUnsigned(low, otherLow);
  }

  ColumnStats stats(int column, LogicalType type) {
    boolean any = rows > nulls;
    return new ColumnStats(
        column,
        type,
        rows,
        nulls,
        any ? new Constant.OfInt128(type, Int128Vector.toBigInteger(minHigh, minLow)) : null,
        any ? new Constant.OfInt128(type, Int128Vector.toBigInteger(maxHigh, maxLow)) : null,
        true,
        sketch.estimate(rows - nulls),
        List.of());
  }
}
