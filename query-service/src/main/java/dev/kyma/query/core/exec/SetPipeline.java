package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Union, intersection and difference that compare rows as wholes. */
final class SetPipeline implements Pipeline {
  private final List<Pipeline> inputs;
  private final Plan.SetOperation operation;
  private final QueryContext context;
  private final GroupTable table;
  private int[] answer = new int[0];

  SetPipeline(List<Pipeline> inputs, Plan.SetOperation operation, QueryContext context) {
    this.inputs = inputs;
    this.operation = operation;
    this.context = context;
    List<LogicalType> types = new ArrayList<>(Collected.types(operation.output()));
    if (types.isEmpty()) {
      types.add(LogicalType.INT64); // rows without columns are all equal
    }
    this.table = new GroupTable(types, context.memory());
  }

  @Override
  public void prepare() {
    List<long[]> counts = new ArrayList<>();
    for (Pipeline input : inputs) {
      input.prepare();
      counts.add(count(input));
    }
    int size = operation.output().isEmpty() ? Math.min(1, table.size()) : table.size();
    int[] rows = new int[1_024];
    int filled = 0;
    for (int group = 0; group < size; group++) {
      for (long left = repeats(counts, group); left > 0; left--) {
        if (filled == rows.length) {
          context.memory().reserve(4L * filled);
          rows = Arrays.copyOf(rows, filled * 2);
        }
        rows[filled++] = group;
      }
    }
    answer = Arrays.copyOf(rows, filled);
  }

  private long[] count(Pipeline input) {
    long[] counts = new long[64];
    Positions positions = new Positions();
    int[] groups = new int[0];
    Operator rows = Pipelines.all(input);
    for (Chunk chunk = rows.next(); chunk != null; chunk = rows.next()) {
      context.check();
      positions.of(chunk.selection());
      if (groups.length < positions.count) {
        groups = new int[positions.count];
      }
      Batch batch = operation.output().isEmpty() ? zeros(chunk) : chunk.batch();
      table.assign(batch.columns(), positions.rows, positions.count, groups);
      counts = Growing.longs(counts, table.size(), context.memory());
      for (int i = 0; i < positions.count; i++) {
        counts[groups[i]]++;
      }
    }
    return counts;
  }

  private static Batch zeros(Chunk chunk) {
    int size = chunk.batch().rowCount();
    return new Batch(List.of(new LongVector(LogicalType.INT64, new long[size])), size);
  }

  /** How often a row is answered. */
  private long repeats(List<long[]> counts, int group) {
    long first = at(counts.getFirst(), group);
    long least = first;
    long others = 0;
    for (long[] input : counts.subList(1, counts.size())) {
      least = Math.min(least, at(input, group));
      others += at(input, group);
    }
    return switch (operation.kind()) {
      case UNION_ALL -> first + others;
      case UNION -> 1;
      case INTERSECT_ALL -> least;
      case INTERSECT -> Math.min(1, least);
      case EXCEPT_ALL -> Math.max(0, first - others);
      case EXCEPT -> first > 0 && others == 0 ? 1 : 0;
    };
  }

  private static long at(long[] counts, int group) {
    return group < counts.length ? counts[group] : 0;
  }

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public Operator open(int part) {
    return Batches.of(
        answer.length,
        (from, to) ->
            operation.output().isEmpty()
                ? new Batch(List.of(), to - from)
                : new Batch(
                    table.keysOf(Arrays.copyOfRange(answer, from, to), to - from), to - from));
  }
}
