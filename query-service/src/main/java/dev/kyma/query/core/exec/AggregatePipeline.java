package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.AllNull;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.plan.AggregateCall;
import dev.kyma.query.core.plan.AggregateFunction;
import dev.kyma.query.core.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Groups with their aggregates; every grouping set is computed in the same pass. */
final class AggregatePipeline implements Pipeline {
  private final Pipeline input;
  private final Plan.Aggregate aggregate;
  private final RowSource source;
  private final QueryContext context;
  private final List<LogicalType> types;
  private List<Aggregation> sets = List.of();
  private OptionalLong known = OptionalLong.empty();

  AggregatePipeline(
      Pipeline input, Plan.Aggregate aggregate, RowSource source, QueryContext context) {
    this.input = input;
    this.aggregate = aggregate;
    this.source = source;
    this.context = context;
    this.types = Collected.types(aggregate.input().output());
  }

  @Override
  public void prepare() {
    known = countWithoutReading();
    if (known.isPresent()) {
      return;
    }
    input.prepare();
    int workers = Math.max(1, Math.min(context.parallelism(), input.parts()));
    List<List<Aggregation>> partial =
        Workers.run(context, workers, worker -> aggregate(worker, workers));
    sets = partial.getFirst();
    for (List<Aggregation> other : partial.subList(1, partial.size())) {
      for (int i = 0; i < sets.size(); i++) {
        context.check();
        sets.get(i).merge(other.get(i));
      }
    }
  }

  /** The number of rows, where that is all that is asked for and nothing need be read for it. */
  private OptionalLong countWithoutReading() {
    if (!aggregate.keys().isEmpty()
        || aggregate.groupingSets().size() != 1
        || !(aggregate.input() instanceof Plan.Scan scan)) {
      return OptionalLong.empty();
    }
    for (AggregateCall call : aggregate.calls()) {
      if (call.function() != AggregateFunction.COUNT
          || !call.arguments().isEmpty()
          || call.filter().isPresent()) {
        return OptionalLong.empty();
      }
    }
    return source.count(scan);
  }

  private List<Aggregation> aggregate(int worker, int workers) {
    List<Aggregation> aggregations = new ArrayList<>();
    for (List<Integer> set : aggregate.groupingSets()) {
      List<Integer> keys = set.stream().map(aggregate.keys()::get).toList();
      aggregations.add(new Aggregation(keys, aggregate.calls(), types, context.memory()));
    }
    Positions positions = new Positions();
    for (int part = worker; part < input.parts(); part += workers) {
      Operator rows = input.open(part);
      for (Chunk chunk = rows.next(); chunk != null; chunk = rows.next()) {
        context.check();
        positions.of(chunk.selection());
        for (Aggregation aggregation : aggregations) {
          aggregation.add(chunk.batch().columns(), positions.rows, positions.count);
        }
      }
    }
    return aggregations;
  }

  @Override
  public int parts() {
    return known.isPresent() ? 1 : sets.size();
  }

  @Override
  public Operator open(int part) {
    if (known.isPresent()) {
      long rows = known.getAsLong();
      List<ColumnVector> columns = new ArrayList<>();
      for (int i = 0; i < aggregate.calls().size(); i++) {
        columns.add(new LongVector(LogicalType.INT64, new long[] {rows}));
      }
      return Batches.of(1, (from, to) -> new Batch(columns, 1));
    }
    Aggregation set = sets.get(part);
    List<Integer> keys = aggregate.groupingSets().get(part);
    return Batches.of(set.size(), (from, to) -> slice(set, keys, from, to));
  }

  private Batch slice(Aggregation set, List<Integer> keys, int from, int to) {
    int count = to - from;
    List<ColumnVector> grouped = set.keyColumns(from, to);
    List<ColumnVector> columns = new ArrayList<>();
    for (int key = 0; key < aggregate.keys().size(); key++) {
      int place = keys.indexOf(key);
      columns.add(
          place >= 0 ? grouped.get(place) : AllNull.of(aggregate.output().get(key).type(), count));
    }
    int answered = 0;
    for (AggregateCall call : aggregate.calls()) {
      if (call.function() == AggregateFunction.GROUPING) {
        columns.add(grouping(call, keys, count));
      } else {
        columns.add(set.answer(answered++, from, to));
      }
    }
    return new Batch(columns, count);
  }

  private LongVector grouping(AggregateCall call, List<Integer> keys, int count) {
    long bits = 0;
    for (int argument : call.arguments()) {
      int key = aggregate.keys().indexOf(argument);
      bits = bits << 1 | (keys.contains(key) ? 0 : 1);
    }
    long[] values = new long[count];
    Arrays.fill(values, bits);
    return new LongVector(LogicalType.INT64, values);
  }
}
