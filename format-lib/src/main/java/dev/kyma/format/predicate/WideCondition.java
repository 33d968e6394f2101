package dev.kyma.format.predicate;

import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Int128Vector;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** Whether 128-bit values lie in one of some stretches. */
final class WideCondition implements ValueCondition {
  private static final BigInteger MIN = BigInteger.ONE.shiftLeft(127).negate();
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);

  // Four longs a stretch: its first value's halves, its last value's halves.
  private final long[] stretches;

  private WideCondition(List<ColumnRange> ranges) {
    long[] bounds = new long[ranges.size() * 4];
    int count = 0;
    for (ColumnRange range : ranges) {
      BigInteger from = range.from() == null ? MIN : range.from().max(MIN);
      BigInteger to = range.to() == null ? MAX : range.to().min(MAX);
      if (from.compareTo(to) <= 0) {
        bounds[count++] = Int128Vector.high(from);
        bounds[count++] = Int128Vector.low(from);
        bounds[count++] = Int128Vector.high(to);
        bounds[count++] = Int128Vector.low(to);
      }
    }
    stretches = Arrays.copyOf(bounds, count);
  }

  static WideCondition range(ColumnRange range) {
    return new WideCondition(List.of(range));
  }

  static WideCondition anyOf(List<BigInteger> points) {
    return new WideCondition(points.stream().map(point -> new ColumnRange(point, point)).toList());
  }

  @Override
  public void retain(ColumnVector vector, long[] rows) {
    if (!(vector instanceof Int128Vector wide)) {
      throw new IllegalArgumentException(vector.type() + " is not held in 128 bits");
    }
    for (int w = 0; w < Bits.words(wide.size()); w++) {
      for (long rest = rows[w]; rest != 0; rest &= rest - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(rest);
        if (!contains(wide.high()[row], wide.low()[row])) {
          Bits.clear(rows, row);
        }
      }
    }
  }

  private boolean contains(long high, long low) {
    for (int i = 0; i < stretches.length; i += 4) {
      if (compare(high, low, stretches[i], stretches[i + 1]) >= 0
          && compare(high, low, stretches[i + 2], stretches[i + 3]) <= 0) {
        return true;
      }
    }
    return false;
  }

  private static int compare(long high, long low, long otherHigh, long otherLow) {
    int order = Long.compare(high, otherHigh);
    return order != 0 ? order : Long.compareUnsigned(low, otherLow);
  }
}
