package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands each distinct tuple of arguments of a group to another accumulator once. Without another
 * accumulator it counts them.
 */
final class DistinctAccumulator implements Accumulator {
  private final GroupTable tuples;
  private final PairIds seen;
  private final @Nullable Accumulator target;
  private final CountAccumulator counts;
  private int[] tuple = new int[0];
  private int[] newRows = new int[0];
  private int[] newGroups = new int[0];

  /**
   * @param types the types of the arguments
   * @param target what the tuples are handed to; null to count them
   */
  DistinctAccumulator(List<LogicalType> types, @Nullable Accumulator target, MemoryBudget memory) {
    this.tuples = new GroupTable(types, memory);
    this.seen = new PairIds(memory);
    this.target = target;
    this.counts = new CountAccumulator(memory);
  }

  private Accumulator sink() {
    return target == null ? counts : target;
  }

  @Override
  public void reserve(int groups) {
    sink().reserve(groups);
  }

  @Override
  public void add(List<ColumnVector> arguments, int[] rows, int[] groups, int count) {
    if (tuple.length < count) {
      tuple = new int[count];
      newRows = new int[count];
      newGroups = new int[count];
    }
    tuples.assign(arguments, rows, count, tuple);
    int fresh = 0;
    for (int i = 0; i < count; i++) {
      int before = seen.size();
      if (seen.id(groups[i], tuple[i]) == before) {
        newRows[fresh] = rows[i];
        newGroups[fresh++] = groups[i];
      }
    }
    if (fresh > 0) {
      sink().add(arguments, newRows, newGroups, fresh);
    }
  }

  @Override
  public void merge(Accumulator other, int[] groups) {
    DistinctAccumulator that = (DistinctAccumulator) other;
    int size = that.seen.size();
    for (int from = 0; from < size; from += Batches.ROWS) {
      int count = Math.min(Batches.ROWS, size - from);
      int[] theirTuples = new int[count];
      int[] mine = new int[count];
      for (int i = 0; i < count; i++) {
        theirTuples[i] = that.seen.second(from + i);
        mine[i] = groups[that.seen.first(from + i)];
      }
      List<ColumnVector> values = new ArrayList<>(that.tuples.keysOf(theirTuples, count));
      add(values, Positions.all(count), mine, count);
    }
  }

  @Override
  public ColumnVector finish(int from, int to) {
    return sink().finish(from, to);
  }
}
