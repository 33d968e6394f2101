package dev.kyma.query.core.exec;

import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.AllNull;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Gather;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.plan.AggregateCall;
import dev.kyma.query.core.plan.SortKey;
import dev.kyma.query.core.text.ByteSink;
import dev.kyma.query.core.text.JsonText;
import dev.kyma.query.core.text.SqlText;
import java.util.ArrayList;
import java.util.List;

/** Makes the accumulator of an aggregate call. Stateless. */
final class Accumulators {
  private Accumulators() {}

  /**
   * @param inputs the places of the input columns the accumulator is to be given, in order
   * @param accumulator takes them
   */
  record Bound(List<Integer> inputs, Accumulator accumulator) {}

  static Bound of(AggregateCall call, List<LogicalType> input, MemoryBudget memory) {
    List<Integer> places = new ArrayList<>(call.arguments());
    List<SortKey> order = new ArrayList<>();
    for (SortKey key : call.order()) {
      order.add(new SortKey(places.size(), key.direction(), key.nulls()));
      places.add(key.column());
    }
    List<LogicalType> types = new ArrayList<>();
    for (int place : places) {
      types.add(input.get(place));
    }
    List<LogicalType> arguments = types.subList(0, call.arguments().size());
    if (!call.distinct()) {
      return new Bound(places, plain(call, types, order, memory));
    }
    return switch (call.function()) {
      case MIN, MAX, ANY_VALUE, BOOL_AND, BOOL_OR, BIT_AND, BIT_OR, APPROX_COUNT_DISTINCT ->
          new Bound(places, plain(call, types, order, memory));
      case COUNT -> new Bound(call.arguments(), new DistinctAccumulator(arguments, null, memory));
      case SUM,
          AVG,
          BIT_XOR,
          STDDEV_SAMP,
          STDDEV_POP,
          VAR_SAMP,
          VAR_POP,
          PERCENTILE_CONT,
          PERCENTILE_DISC,
          APPROX_PERCENTILE,
          FIRST_VALUE,
          LAST_VALUE,
          STRING_AGG,
          ARRAY_AGG,
          GROUPING,
          SINGLE_VALUE ->
          new Bound(
              places, new DistinctAccumulator(types, plain(call, types, order, memory), memory));
    };
  }

  private static Accumulator plain(
      AggregateCall call, List<LogicalType> types, List<SortKey> order, MemoryBudget memory) {
    LogicalType type = call.type();
    return switch (call.function()) {
      case COUNT -> new CountAccumulator(memory);
      case SUM ->
          type.physical() == LogicalType.Physical.DOUBLE
              ? new FloatAccumulator(FloatAccumulator.Kind.SUM, memory)
              : SumAccumulator.sum(type, memory);
      case AVG ->
          type.physical() == LogicalType.Physical.DOUBLE
              ? new FloatAccumulator(FloatAccumulator.Kind.MEAN, memory)
              : SumAccumulator.mean(type, types.getFirst(), memory);
      case MIN -> new ExtremeAccumulator(type, ExtremeAccumulator.Kind.MIN, memory);
      case MAX -> new ExtremeAccumulator(type, ExtremeAccumulator.Kind.MAX, memory);
      case ANY_VALUE -> new ExtremeAccumulator(type, ExtremeAccumulator.Kind.ANY, memory);
      case BOOL_AND, BIT_AND -> new BitAccumulator(type, BitAccumulator.Kind.AND, memory);
      case BOOL_OR, BIT_OR -> new BitAccumulator(type, BitAccumulator.Kind.OR, memory);
      case BIT_XOR -> new BitAccumulator(type, BitAccumulator.Kind.XOR, memory);
      case STDDEV_SAMP -> new FloatAccumulator(FloatAccumulator.Kind.STDDEV_SAMP, memory);
      case STDDEV_POP -> new FloatAccumulator(FloatAccumulator.Kind.STDDEV_POP, memory);
      case VAR_SAMP -> new FloatAccumulator(FloatAccumulator.Kind.VAR_SAMP, memory);
      case VAR_POP -> new FloatAccumulator(FloatAccumulator.Kind.VAR_POP, memory);
      case PERCENTILE_CONT, APPROX_PERCENTILE ->
          new PercentileAccumulator(ascending(call, fraction(call)), memory);
      case PERCENTILE_DISC -> {
        double fraction = fraction(call);
        yield collecting(
            types,
            order,
            false,
            (arguments, rows, starts, groups) ->
                pick(arguments.getFirst(), rows, starts, groups, n -> discrete(fraction, n)),
            memory);
      }
      // Exact while the query's memory lasts, which a sketch's answer may be too.
      case APPROX_COUNT_DISTINCT -> new DistinctAccumulator(types, null, memory);
      case FIRST_VALUE ->
          collecting(
              types,
              order,
              true,
              (arguments, rows, starts, groups) ->
                  pick(arguments.getFirst(), rows, starts, groups, n -> 0),
              memory);
      case LAST_VALUE ->
          collecting(
              types,
              order,
              true,
              (arguments, rows, starts, groups) ->
                  pick(arguments.getFirst(), rows, starts, groups, n -> n - 1),
              memory);
      case SINGLE_VALUE ->
          collecting(
              types,
              order,
              true,
              (arguments, rows, starts, groups) ->
                  pick(arguments.getFirst(), rows, starts, groups, Accumulators::single),
              memory);
      case STRING_AGG -> {
        byte[] separator = separator(call);
        yield collecting(
            types,
            order,
            false,
            (arguments, rows, starts, groups) ->
                join(arguments.getFirst(), rows, starts, groups, separator),
            memory);
      }
      case ARRAY_AGG ->
          collecting(
              types,
              order,
              true,
              (arguments, rows, starts, groups) ->
                  array(arguments.getFirst(), rows, starts, groups),
              memory);
      case GROUPING -> throw new IllegalStateException("grouping is not accumulated");
    };
  }

  private static Accumulator collecting(
      List<LogicalType> types,
      List<SortKey> order,
      boolean takesNulls,
      CollectingAccumulator.Finisher finisher,
      MemoryBudget memory) {
    return new CollectingAccumulator(types, order, takesNulls, finisher, memory);
  }

  private static double fraction(AggregateCall call) {
    if (!call.parameters().isEmpty()
        && call.parameters().getFirst().value() instanceof Constant.OfDouble parameter) {
      double fraction = parameter.value();
      if (fraction >= 0 && fraction <= 1) {
        return fraction;
      }
    }
    throw QueryException.invalidValue("a percentile's fraction must be a number from 0 to 1");
  }

  /** The fraction of the ascending order that a call's own order means. */
  private static double ascending(AggregateCall call, double fraction) {
    boolean descending =
        !call.order().isEmpty()
            && call.order().getFirst().direction() == SortKey.Direction.DESCENDING;
    return descending ? 1 - fraction : fraction;
  }

  private static byte[] separator(AggregateCall call) {
    return !call.parameters().isEmpty()
            && call.parameters().getFirst().value() instanceof Constant.OfBytes separator
        ? separator.value()
        : new byte[0];
  }

  private static int discrete(double fraction, int count) {
    return Math.max(0, (int) Math.ceil(fraction * count) - 1);
  }

  private static int single(int count) {
    if (count > 1) {
      throw QueryException.invalidValue("a subquery used as a value answers more than one row");
    }
    return 0;
  }

  /** Chooses a place among so many rows. */
  private interface Chooser {
    int choose(int count);
  }

  private static ColumnVector pick(
      ColumnVector argument, int[] rows, int[] starts, int groups, Chooser chooser) {
    int[] picked = new int[groups];
    for (int g = 0; g < groups; g++) {
      int count = starts[g + 1] - starts[g];
      picked[g] = count == 0 ? -1 : rows[starts[g] + chooser.choose(count)];
    }
    return argument.size() == 0
        ? AllNull.of(argument.type(), groups)
        : Gather.rows(argument, picked, groups);
  }

  private static ColumnVector join(
      ColumnVector argument, int[] rows, int[] starts, int groups, byte[] separator) {
    ByteSink sink = new ByteSink(1_024);
    int[] offsets = new int[groups + 1];
    long[] nulls = new long[Bits.words(groups)];
    for (int g = 0; g < groups; g++) {
      for (int i = starts[g]; i < starts[g + 1]; i++) {
        if (i > starts[g]) {
          sink.put(separator);
        }
        SqlText.write(argument, rows[i], sink);
      }
      offsets[g + 1] = sink.size();
      if (starts[g] == starts[g + 1]) {
        Bits.set(nulls, g);
      }
    }
    return new BytesVector(LogicalType.TEXT, groups, sink.toBytes(), offsets, nulls);
  }

  private static ColumnVector array(ColumnVector argument, int[] rows, int[] starts, int groups) {
    ByteSink sink = new ByteSink(1_024);
    int[] offsets = new int[groups + 1];
    long[] nulls = new long[Bits.words(groups)];
    for (int g = 0; g < groups; g++) {
      if (starts[g] == starts[g + 1]) {
        Bits.set(nulls, g);
      } else {
        sink.put('[');
        for (int i = starts[g]; i < starts[g + 1]; i++) {
          if (i > starts[g]) {
            sink.put(',');
          }
          JsonText.write(argument, rows[i], sink);
        }
        sink.put(']');
      }
      offsets[g + 1] = sink.size();
    }
    return new BytesVector(LogicalType.DYNAMIC, groups, sink.toBytes(), offsets, nulls);
  }
}
