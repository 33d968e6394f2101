package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.query.core.QueryException;
import java.util.List;

/** Sums, means, variances and standard deviations of floats. */
final class FloatAccumulator implements Accumulator {
  /** What is answered. */
  enum Kind {
    SUM,
    MEAN,
    VAR_SAMP,
    VAR_POP,
    STDDEV_SAMP,
    STDDEV_POP;

    boolean needsSquares() {
      return this != SUM && this != MEAN;
    }
  }

  private final Kind kind;
  private final MemoryBudget memory;
  private long[] counts = new long[0];
  private double[] sums = new double[0];

  /** Sums of squared differences from the mean, by the method of Youngs and Cramer. */
  private double[] squares = new double[0];

  private boolean[] infinite = new boolean[0];

  FloatAccumulator(Kind kind, MemoryBudget memory) {
    this.kind = kind;
    this.memory = memory;
  }

  @Override
  public void reserve(int groups) {
    counts = Growing.longs(counts, groups, memory);
    sums = Growing.doubles(sums, groups, memory);
    infinite = Growing.flags(infinite, groups, memory);
    if (kind.needsSquares()) {
      squares = Growing.doubles(squares, groups, memory);
    }
  }

  @Override
  public void add(List<ColumnVector> arguments, int[] rows, int[] groups, int count) {
    double[] values = ((DoubleVector) arguments.getFirst()).values();
    if (kind.needsSquares()) {
      for (int i = 0; i < count; i++) {
        int group = groups[i];
        double value = values[rows[i]];
        long n = ++counts[group];
        sums[group] += value;
        if (n > 1) {
          double difference = value * n - sums[group];
          squares[group] += difference * difference / ((double) n * (n - 1));
        } else {
          // Of one number there is no variance, of what is no finite number no telling.
          squares[group] = Double.isFinite(value) ? 0 : Double.NaN;
        }
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      double value = values[rows[i]];
      sums[group] += value;
      counts[group]++;
      if (Double.isInfinite(value)) {
        infinite[group] = true;
      }
    }
  }

  @Override
  public void merge(Accumulator other, int[] groups) {
    FloatAccumulator that = (FloatAccumulator) other;
    for (int g = 0; g < groups.length; g++) {
      int mine = groups[g];
      long n1 = counts[mine];
      long n2 = that.counts[g];
      if (kind.needsSquares() && n2 > 0) {
        if (n1 == 0) {
          squares[mine] = that.squares[g];
        } else {
          double difference = sums[mine] / n1 - that.sums[g] / n2;
          squares[mine] +=
              that.squares[g] + difference * difference * ((double) n1 * n2 / (n1 + n2));
        }
      }
      counts[mine] += n2;
      sums[mine] += that.sums[g];
      infinite[mine] |= that.infinite[g];
    }
  }

  @Override
  public ColumnVector finish(int from, int to) {
    int size = to - from;
    double[] values = new double[size];
    long[] nulls = null;
    for (int i = 0; i < size; i++) {
      int group = from + i;
      long n = counts[group];
      boolean sample = kind == Kind.VAR_SAMP || kind == Kind.STDDEV_SAMP;
      if (n < (sample ? 2 : 1)) {
        if (nulls == null) {
          nulls = new long[Bits.words(size)];
        }
        Bits.set(nulls, i);
        continue;
      }
      values[i] =
          switch (kind) {
            case SUM -> sum(group);
            case MEAN -> sum(group) / n;
            case VAR_SAMP -> squares[group] / (n - 1);
            case VAR_POP -> squares[group] / n;
            case STDDEV_SAMP -> Math.sqrt(squares[group] / (n - 1));
            case STDDEV_POP -> Math.sqrt(squares[group] / n);
          };
    }
    return new DoubleVector(LogicalType.FLOAT64, size, values, nulls);
  }

  private double sum(int group) {
    double sum = sums[group];
    if (Double.isInfinite(sum) && !infinite[group]) {
      throw QueryException.invalidValue("sum is out of the range of DOUBLE");
    }
    return sum;
  }
}
