package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.plan.AggregateCall;
import dev.kyma.query.core.plan.AggregateFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The groups of one grouping set with the state of every call. Used by one thread at a time. */
final class Aggregation {
  private final List<Integer> keys;
  private final GroupTable table;
  private final List<State> states = new ArrayList<>();
  private int[] groups = new int[0];
  private int[] keptRows = new int[0];
  private int[] keptGroups = new int[0];

  private record State(List<Integer> inputs, OptionalInt filter, Accumulator accumulator) {}

  /**
   * @param keys places in the input of the columns grouped by
   * @param input the types of the input
   */
  Aggregation(
      List<Integer> keys, List<AggregateCall> calls, List<LogicalType> input, MemoryBudget memory) {
    this.keys = keys;
    List<LogicalType> types = new ArrayList<>();
    for (int key : keys) {
      types.add(input.get(key));
    }
    this.table = new GroupTable(types, memory);
    for (AggregateCall call : calls) {
      if (call.function() != AggregateFunction.GROUPING) {
        Accumulators.Bound bound = Accumulators.of(call, input, memory);
        states.add(new State(bound.inputs(), call.filter(), bound.accumulator()));
      }
    }
    if (keys.isEmpty()) {
      for (State state : states) {
        state.accumulator.reserve(1);
      }
    }
  }

  /** How many groups there are. */
  int size() {
    return table.size();
  }

  void add(List<ColumnVector> columns, int[] rows, int count) {
    if (groups.length < count) {
      groups = new int[count];
    }
    List<ColumnVector> keyColumns = new ArrayList<>(keys.size());
    for (int key : keys) {
      keyColumns.add(columns.get(key));
    }
    table.assign(keyColumns, rows, count, groups);
    for (State state : states) {
      state.accumulator.reserve(table.size());
      List<ColumnVector> arguments = new ArrayList<>(state.inputs.size());
      boolean nulls = false;
      for (int input : state.inputs) {
        arguments.add(columns.get(input));
        nulls |= columns.get(input).mayHaveNulls() && !state.accumulator.takesNulls();
      }
      if (!nulls && state.filter.isEmpty()) {
        state.accumulator.add(arguments, rows, groups, count);
      } else {
        int kept = keep(columns, state, nulls ? arguments : List.of(), rows, count);
        state.accumulator.add(arguments, keptRows, keptGroups, kept);
      }
    }
  }

  /** Leaves out rows the filter does not let through and rows with NULL arguments. */
  private int keep(
      List<ColumnVector> columns, State state, List<ColumnVector> notNull, int[] rows, int count) {
    if (keptRows.length < count) {
      keptRows = new int[count];
      keptGroups = new int[count];
    }
    System.arraycopy(rows, 0, keptRows, 0, count);
    System.arraycopy(groups, 0, keptGroups, 0, count);
    int kept = count;
    if (state.filter.isPresent()) {
      LongVector filter = (LongVector) columns.get(state.filter.getAsInt());
      int n = 0;
      for (int i = 0; i < kept; i++) {
        int row = keptRows[i];
        if (filter.values()[row] != 0 && !filter.isNull(row)) {
          keptRows[n] = row;
          keptGroups[n++] = keptGroups[i];
        }
      }
      kept = n;
    }
    for (ColumnVector argument : notNull) {
      if (!argument.mayHaveNulls()) {
        continue;
      }
      int n = 0;
      for (int i = 0; i < kept; i++) {
        if (!argument.isNull(keptRows[i])) {
          keptRows[n] = keptRows[i];
          keptGroups[n++] = keptGroups[i];
        }
      }
      kept = n;
    }
    return kept;
  }

  void merge(Aggregation other) {
    int[] mapping = table.merge(other.table);
    for (int i = 0; i < states.size(); i++) {
      Accumulator accumulator = states.get(i).accumulator;
      accumulator.reserve(table.size());
      accumulator.merge(other.states.get(i).accumulator, mapping);
    }
  }

  /** The key columns of groups {@code from} to {@code to - 1}. */
  List<ColumnVector> keyColumns(int from, int to) {
    return table.keys(from, to);
  }

  /** The answers of a call, GROUPING calls not counted. */
  ColumnVector answer(int call, int from, int to) {
    Accumulator accumulator = states.get(call).accumulator;
    accumulator.reserve(table.size());
    return accumulator.finish(from, to);
  }
}
