package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.QueryException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/**
 * Exact sums and means of integers and decimals, kept as 128-bit integers.
 *
 * <p>A sum that leaves 128 bits on the way is an error even if it would come back: it is past every
 * type's range.
 */
final class SumAccumulator implements Accumulator {
  private static final BigInteger LIMIT = BigInteger.TEN.pow(LogicalType.MAX_DECIMAL_PRECISION);

  private final LogicalType type;
  private final boolean mean;
  private final int argumentScale;
  private final MemoryBudget memory;
  private long[] high = new long[0];
  private long[] low = new long[0];
  private long[] counts = new long[0];

  private SumAccumulator(LogicalType type, boolean mean, int argumentScale, MemoryBudget memory) {
    this.type = type;
    this.mean = mean;
    this.argumentScale = argumentScale;
    this.memory = memory;
  }

  static SumAccumulator sum(LogicalType type, MemoryBudget memory) {
    return new SumAccumulator(type, false, type.scale(), memory);
  }

  /**
   * @param type the answer's decimal type
   * @param argument the argument's type
   */
  static SumAccumulator mean(LogicalType type, LogicalType argument, MemoryBudget memory) {
    return new SumAccumulator(type, true, argument.scale(), memory);
  }

  @Override
  public void reserve(int groups) {
    high = Growing.longs(high, groups, memory);
    low = Growing.longs(low, groups, memory);
    counts = Growing.longs(counts, groups, memory);
  }

  @Override
  public void add(List<ColumnVector> arguments, int[] rows, int[] groups, int count) {
    if (arguments.getFirst() instanceof LongVector vector) {
      if (low.length == 1) {
        addToOne(vector.values(), rows, count);
      } else {
        add(vector.values(), rows, groups, count);
      }
      return;
    }
    Int128Vector vector = (Int128Vector) arguments.getFirst();
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      add(group, vector.high()[rows[i]], vector.low()[rows[i]]);
      counts[group]++;
    }
  }

  private void addToOne(long[] values, int[] rows, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      long value = values[rows[i]];
      long next = sum + value;
      if (((sum ^ next) & (value ^ next)) < 0) { // past 64 bits: set down what there is so far
        add(0, sum >> 63, sum);
        next = value;
      }
      sum = next;
    }
    add(0, sum >> 63, sum);
    counts[0] += count;
  }

  private void add(long[] values, int[] rows, int[] groups, int count) {
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      long value = values[rows[i]];
      long before = low[group];
      long after = before + value;
      low[group] = after;
      int carry = Long.compareUnsigned(after, before) < 0 ? 1 : 0;
      high[group] += (value >> 63) + carry;
      counts[group]++;
    }
  }

  private void add(int group, long addHigh, long addLow) {
    long before = low[group];
    long after = before + addLow;
    low[group] = after;
    int carry = Long.compareUnsigned(after, before) < 0 ? 1 : 0;
    long oldHigh = high[group];
    long newHigh = oldHigh + addHigh + carry;
    if (oldHigh < 0 == addHigh < 0 && newHigh < 0 != oldHigh < 0) {
      throw overflow();
    }
    high[group] = newHigh;
  }

  @Override
  public void merge(Accumulator other, int[] groups) {
    SumAccumulator that = (SumAccumulator) other;
    for (int g = 0; g < groups.length; g++) {
      add(groups[g], that.high[g], that.low[g]);
      counts[groups[g]] += that.counts[g];
    }
  }

  @Override
  public ColumnVector finish(int from, int to) {
    int size = to - from;
    long[] nulls = null;
    long[] highs = new long[size];
    long[] lows = new long[size];
    boolean wide = type.physical() == LogicalType.Physical.INT128;
    for (int i = 0; i < size; i++) {
      int group = from + i;
      if (counts[group] == 0) {
        if (nulls == null) {
          nulls = new long[Bits.words(size)];
        }
        Bits.set(nulls, i);
        continue;
      }
      if (!mean && !wide) {
        if (high[group] != low[group] >> 63) {
          throw overflow();
        }
        lows[i] = low[group];
        continue;
      }
      BigInteger value = Int128Vector.toBigInteger(high[group], low[group]);
      if (mean) {
        value =
            new BigDecimal(value, argumentScale)
                .divide(BigDecimal.valueOf(counts[group]), type.scale(), RoundingMode.HALF_UP)
                .unscaledValue();
      }
      if (value.abs().compareTo(LIMIT) >= 0) {
        throw overflow();
      }
      highs[i] = Int128Vector.high(value);
      lows[i] = Int128Vector.low(value);
    }
    return wide
        ? new Int128Vector(type, size, highs, lows, nulls)
        : new LongVector(type, size, lows, nulls);
  }

  private QueryException overflow() {
    return QueryException.invalidValue("sum is out of the range of " + type.sqlName());
  }
}
