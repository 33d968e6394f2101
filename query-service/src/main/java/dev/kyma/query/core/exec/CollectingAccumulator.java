package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.plan.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions that need a group's rows together and in order: keeps all rows and computes in the end.
 */
final class CollectingAccumulator implements Accumulator {
  /** Computes one function over collected rows. */
  interface Finisher {
    /**
     * @param arguments the arguments of all rows
     * @param rows the places of the rows, group after group and in order within each
     * @param starts group {@code g} of the answer has {@code rows[starts[g] .. starts[g + 1])}
     * @param groups how many groups to answer
     */
    ColumnVector finish(List<ColumnVector> arguments, int[] rows, int[] starts, int groups);
  }

  private final List<SortKey> order;
  private final Finisher finisher;
  private final boolean takesNulls;
  private final RowBuffer buffer;
  private final MemoryBudget memory;
  private int groupCount;
  private @Nullable ColumnVector answer;

  /**
   * @param types the types of the arguments followed by those of the columns {@code order} names
   * @param order places in those columns
   */
  CollectingAccumulator(
      List<LogicalType> types,
      List<SortKey> order,
      boolean takesNulls,
      Finisher finisher,
      MemoryBudget memory) {
    List<LogicalType> all = new ArrayList<>(types);
    all.add(LogicalType.INT64);
    this.buffer = new RowBuffer(all, memory);
    this.order = order;
    this.takesNulls = takesNulls;
    this.finisher = finisher;
    this.memory = memory;
  }

  @Override
  public boolean takesNulls() {
    return takesNulls;
  }

  @Override
  public void reserve(int groups) {
    groupCount = Math.max(groupCount, groups);
  }

  @Override
  public void add(List<ColumnVector> arguments, int[] rows, int[] groups, int count) {
    int size = 0;
    for (int i = 0; i < count; i++) {
      size = Math.max(size, rows[i] + 1);
    }
    long[] groupOfRow = new long[size];
    for (int i = 0; i < count; i++) {
      groupOfRow[rows[i]] = groups[i];
    }
    List<ColumnVector> columns = new ArrayList<>(arguments);
    columns.add(new LongVector(LogicalType.INT64, groupOfRow));
    buffer.append(columns, rows, count);
  }

  @Override
  public void merge(Accumulator other, int[] mapping) {
    Batch theirs = ((CollectingAccumulator) other).buffer.finish();
    int last = theirs.columns().size() - 1;
    long[] groups = ((LongVector) theirs.column(last)).values();
    long[] mapped = new long[theirs.rowCount()];
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = mapping[(int) groups[i]];
    }
    List<ColumnVector> columns = new ArrayList<>(theirs.columns().subList(0, last));
    columns.add(new LongVector(LogicalType.INT64, mapped));
    buffer.append(columns, Positions.all(mapped.length), mapped.length);
  }

  @Override
  public ColumnVector finish(int from, int to) {
    ColumnVector all = answer;
    if (all == null) {
      all = finishAll();
      answer = all;
    }
    int[] groups = new int[to - from];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = from + i;
    }
    return Gather.rows(all, groups, groups.length);
  }

  private ColumnVector finishAll() {
    Batch rows = buffer.finish();
    int groupColumn = rows.columns().size() - 1;
    memory.reserve(24L * rows.rowCount());
    List<SortKey> keys = new ArrayList<>();
    keys.add(new SortKey(groupColumn, SortKey.Direction.ASCENDING, SortKey.Nulls.LAST));
    keys.addAll(order);
    int[] sorted = new RowOrder(rows.columns(), keys).sort(rows.rowCount());
    long[] groups = ((LongVector) rows.column(groupColumn)).values();
    int[] starts = new int[groupCount + 1];
    for (int i = 0; i < rows.rowCount(); i++) {
      starts[(int) groups[i] + 1]++;
    }
    for (int g = 0; g < groupCount; g++) {
      starts[g + 1] += starts[g];
    }
    return finisher.finish(rows.columns(), sorted, starts, groupCount);
  }
}
