package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVector;
import java.util.Arrays;
import java.util.List;

/**
 * Interpolated percentiles of floats, exact.
 *
 * <p>Values are kept in the order they come with the group of each; in the end they are dealt to
 * their groups in one pass, and each group's values are put in order.
 */
final class PercentileAccumulator implements Accumulator {
  private final double fraction;
  private final MemoryBudget memory;
  private double[] values = new double[0];
  private int[] groups = new int[0];
  private int size;
  private int groupCount;

  /** After dealing: group {@code g} has {@code values[starts[g] .. starts[g + 1])}, in order. */
  private int[] starts = new int[0];

  /**
   * @param fraction from 0 to 1, of the values in ascending order
   */
  PercentileAccumulator(double fraction, MemoryBudget memory) {
    this.fraction = fraction;
    this.memory = memory;
  }

  @Override
  public void reserve(int count) {
    groupCount = Math.max(groupCount, count);
  }

  @Override
  public void add(List<ColumnVector> arguments, int[] rows, int[] rowGroups, int count) {
    grow(count);
    double[] source = ((DoubleVector) arguments.getFirst()).values();
    for (int i = 0; i < count; i++) {
      values[size + i] = source[rows[i]];
    }
    System.arraycopy(rowGroups, 0, groups, size, count);
    size += count;
  }

  private void grow(int more) {
    if (size + more > values.length) {
      int capacity = Math.max(Math.addExact(size, more), Math.max(8_192, values.length * 2));
      memory.reserve(12L * (capacity - values.length));
      values = Arrays.copyOf(values, capacity);
      groups = Arrays.copyOf(groups, capacity);
    }
  }

  @Override
  public void merge(Accumulator other, int[] mapping) {
    PercentileAccumulator that = (PercentileAccumulator) other;
    grow(that.size);
    System.arraycopy(that.values, 0, values, size, that.size);
    for (int i = 0; i < that.size; i++) {
      groups[size + i] = mapping[that.groups[i]];
    }
    size += that.size;
  }

  private void deal() {
    int[] ends = new int[groupCount + 1];
    for (int i = 0; i < size; i++) {
      ends[groups[i] + 1]++;
    }
    for (int g = 0; g < groupCount; g++) {
      ends[g + 1] += ends[g];
    }
    starts = ends.clone();
    memory.reserve(8L * size);
    double[] dealt = new double[size];
    for (int i = 0; i < size; i++) {
      dealt[ends[groups[i]]++] = values[i];
    }
    values = dealt;
    groups = new int[0];
    memory.release(12L * size);
  }

  @Override
  public ColumnVector finish(int from, int to) {
    if (starts.length == 0) {
      deal();
    }
    int count = to - from;
    double[] answers = new double[count];
    long[] nulls = null;
    for (int i = 0; i < count; i++) {
      int start = starts[from + i];
      int end = starts[from + i + 1];
      if (start == end) {
        if (nulls == null) {
          nulls = new long[Bits.words(count)];
        }
        Bits.set(nulls, i);
        continue;
      }
      double place = fraction * (end - start - 1);
      int below = (int) Math.floor(place);
      Select.nth(values, start, end, start + below);
      double low = values[start + below];
      if (place == below) {
        answers[i] = low;
      } else {
        double high = Select.least(values, start + below + 1, end);
        answers[i] = low + (place - below) * (high - low);
      }
    }
    return new DoubleVector(LogicalType.FLOAT64, count, answers, nulls);
  }
}
