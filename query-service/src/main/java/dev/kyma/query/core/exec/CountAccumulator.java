package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import java.util.Arrays;
import java.util.List;

/** Counts rows. */
final class CountAccumulator implements Accumulator {
  private final MemoryBudget memory;
  private long[] counts = new long[0];

  CountAccumulator(MemoryBudget memory) {
    this.memory = memory;
  }

  @Override
  public void reserve(int groups) {
    counts = Growing.longs(counts, groups, memory);
  }

  @Override
  public void add(List<ColumnVector> arguments, int[] rows, int[] groups, int count) {
    if (counts.length == 1) {
      counts[0] += count;
      return;
    }
    for (int i = 0; i < count; i++) {
      counts[groups[i]]++;
    }
  }

  /** Adds rows that were counted without being read. */
  void add(int group, long rows) {
    counts[group] += rows;
  }

  @Override
  public void merge(Accumulator other, int[] groups) {
    long[] theirs = ((CountAccumulator) other).counts;
    for (int g = 0; g < groups.length; g++) {
      counts[groups[g]] += theirs[g];
    }
  }

  @Override
  public ColumnVector finish(int from, int to) {
    return new LongVector(LogicalType.INT64, Arrays.copyOfRange(counts, from, to));
  }
}
