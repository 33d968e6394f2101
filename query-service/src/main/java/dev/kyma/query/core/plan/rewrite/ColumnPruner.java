package dev.kyma.query.core.plan.rewrite;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.query.core.plan.AggregateCall;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.PlanColumn;
import dev.kyma.query.core.plan.ScanColumn;
import dev.kyma.query.core.plan.SetKind;
import dev.kyma.query.core.plan.SortKey;
import dev.kyma.query.core.plan.WindowCall;
import dev.kyma.query.core.plan.rewrite.Paths.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Drops the columns that nobody needs and lets scans read dynamic paths instead of whole values.
 *
 * <p>Each relation is asked for some of its columns and for paths into them; it answers with a
 * relation that has these, possibly others too, and says where they are.
 */
final class ColumnPruner {
  private ColumnPruner() {}

  /** The tree with the same output, reading no more than it needs. */
  static Plan prune(Plan plan) {
    int width = plan.output().size();
    Demand all = new Demand();
    all.columns().set(0, width);
    return plan(plan, all).select(plan.output());
  }

  static Supply plan(Plan plan, Demand demand) {
    return switch (plan) {
      case Plan.Scan scan -> scan(scan, demand);
      case Plan.Values values -> values(values, demand);
      case Plan.Filter filter -> filter(filter, demand);
      case Plan.Project project -> project(project, demand);
      case Plan.Aggregate aggregate -> aggregate(aggregate, demand);
      case Plan.Join join -> JoinPruner.join(join, demand);
      case Plan.Sort sort -> sort(sort, demand);
      case Plan.Limit limit -> {
        Supply input = plan(limit.input(), demand);
        yield input.over(new Plan.Limit(input.plan(), limit.offset(), limit.fetch()));
      }
      case Plan.SetOperation operation -> setOperation(operation, demand);
      case Plan.Window window -> window(window, demand);
    };
  }

  private static Supply scan(Plan.Scan scan, Demand demand) {
    List<ScanColumn> columns = new ArrayList<>();
    Supply.Places places = new Supply.Places();
    demand.columns().stream()
        .forEach(
            column -> {
              places.column(column, columns.size());
              columns.add(scan.columns().get(column));
            });
    for (Path path : demand.paths()) {
      ScanColumn from = scan.columns().get(path.column());
      places.path(path, columns.size());
      columns.add(
          new ScanColumn(
              String.join(".", path.keys()),
              new ColumnPath(from.source().column(), path.keys(), path.type()),
              true));
    }
    return new Supply(
        new Plan.Scan(scan.table(), scan.point(), scan.versions(), columns, scan.predicate()),
        places);
  }

  private static Supply values(Plan.Values values, Demand demand) {
    int[] needed = demand.columnsWithPaths().stream().toArray();
    Supply.Places places = new Supply.Places();
    List<PlanColumn> output = new ArrayList<>();
    for (int column : needed) {
      places.column(column, output.size());
      output.add(values.output().get(column));
    }
    List<List<Expr.Literal>> rows =
        values.rows().stream()
            .map(row -> IntStream.of(needed).mapToObj(row::get).toList())
            .toList();
    return new Supply(new Plan.Values(output, rows), places).with(demand.paths());
  }

  private static Supply filter(Plan.Filter filter, Demand demand) {
    Demand below = demand.copy();
    below.add(filter.condition());
    Supply input = plan(filter.input(), below);
    return input.over(new Plan.Filter(input.plan(), input.rewrite(filter.condition())));
  }

  private static Supply project(Plan.Project project, Demand demand) {
    List<Expr> wanted = new ArrayList<>();
    List<PlanColumn> output = new ArrayList<>();
    Supply.Places places = new Supply.Places();
    demand.columns().stream()
        .forEach(
            column -> {
              places.column(column, wanted.size());
              wanted.add(project.expressions().get(column));
              output.add(project.output().get(column));
            });
    for (Path path : demand.paths()) {
      places.path(path, wanted.size());
      wanted.add(Supply.read(project.expressions().get(path.column()), path));
      output.add(new PlanColumn(String.join(".", path.keys()), path.type(), true));
    }
    Demand below = new Demand();
    wanted.forEach(below::add);
    Supply input = plan(project.input(), below);
    if (wanted.isEmpty()) {
      return new Supply(input.plan(), places);
    }
    List<Expr> rewritten = wanted.stream().map(input::rewrite).toList();
    return new Supply(new Plan.Project(input.plan(), rewritten, output), places);
  }

  private static Supply aggregate(Plan.Aggregate aggregate, Demand demand) {
    int keys = aggregate.keys().size();
    Demand below = new Demand();
    aggregate.keys().forEach(below.columns()::set);
    List<AggregateCall> kept = new ArrayList<>();
    List<PlanColumn> output = new ArrayList<>(aggregate.output().subList(0, keys));
    Supply.Places places = new Supply.Places();
    IntStream.range(0, keys).forEach(key -> places.column(key, key));
    BitSet needed = demand.columnsWithPaths();
    for (int i = 0; i < aggregate.calls().size(); i++) {
      if (!needed.get(keys + i)) {
        continue;
      }
      AggregateCall call = aggregate.calls().get(i);
      places.column(keys + i, keys + kept.size());
      output.add(aggregate.output().get(keys + i));
      kept.add(call);
      call.arguments().forEach(below.columns()::set);
      call.filter().ifPresent(below.columns()::set);
      call.order().forEach(key -> below.columns().set(key.column()));
    }
    Supply input = plan(aggregate.input(), below);
    List<AggregateCall> calls = kept.stream().map(call -> moved(call, input)).toList();
    Plan plan =
        new Plan.Aggregate(
            input.plan(),
            aggregate.keys().stream().map(input::place).toList(),
            aggregate.groupingSets(),
            calls,
            output);
    return new Supply(plan, places).with(demand.paths());
  }

  private static AggregateCall moved(AggregateCall call, Supply input) {
    OptionalInt filter =
        call.filter().isPresent()
            ? OptionalInt.of(input.place(call.filter().getAsInt()))
            : OptionalInt.empty();
    return new AggregateCall(
        call.function(),
        call.arguments().stream().map(input::place).toList(),
        call.parameters(),
        call.distinct(),
        filter,
        moved(call.order(), input),
        call.name(),
        call.type());
  }

  private static List<SortKey> moved(List<SortKey> keys, Supply input) {
    return keys.stream()
        .map(key -> new SortKey(input.place(key.column()), key.direction(), key.nulls()))
        .toList();
  }

  private static Supply sort(Plan.Sort sort, Demand demand) {
    Demand below = demand.copy();
    sort.keys().forEach(key -> below.columns().set(key.column()));
    Supply input = plan(sort.input(), below);
    return input.over(
        new Plan.Sort(input.plan(), moved(sort.keys(), input), sort.offset(), sort.fetch()));
  }

  private static Supply setOperation(Plan.SetOperation operation, Demand demand) {
    boolean all = operation.kind() == SetKind.UNION_ALL;
    BitSet needed = demand.columnsWithPaths();
    if (!all) {
      // Rows are compared as wholes, so every column counts.
      needed.set(0, operation.output().size());
    }
    List<PlanColumn> output = new ArrayList<>();
    Supply.Places places = new Supply.Places();
    needed.stream()
        .forEach(
            column -> {
              places.column(column, output.size());
              output.add(operation.output().get(column));
            });
    List<Plan> inputs = new ArrayList<>();
    for (Plan input : operation.inputs()) {
      Demand below = new Demand();
      below.columns().or(needed);
      inputs.add(plan(input, below).select(needed, output));
    }
    return new Supply(new Plan.SetOperation(inputs, operation.kind(), output), places)
        .with(demand.paths());
  }

  private static Supply window(Plan.Window window, Demand demand) {
    int width = window.input().output().size();
    BitSet needed = demand.columnsWithPaths();
    Demand below = new Demand();
    below.columns().or(needed.get(0, width));
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < window.calls().size(); i++) {
      if (needed.get(width + i)) {
        kept.add(i);
        WindowCall call = window.calls().get(i);
        call.arguments().forEach(below.columns()::set);
        call.partition().forEach(below.columns()::set);
        call.order().forEach(key -> below.columns().set(key.column()));
      }
    }
    Supply input = plan(window.input(), below);
    Supply.Places places = new Supply.Places();
    below.columns().stream().forEach(column -> places.column(column, input.place(column)));
    int inputWidth = input.plan().output().size();
    List<WindowCall> calls = new ArrayList<>();
    for (int i : kept) {
      WindowCall call = window.calls().get(i);
      places.column(width + i, inputWidth + calls.size());
      calls.add(
          new WindowCall(
              call.function(),
              call.arguments().stream().map(input::place).toList(),
              call.partition().stream().map(input::place).toList(),
              moved(call.order(), input),
              call.frame(),
              call.name(),
              call.type()));
    }
    Plan plan = calls.isEmpty() ? input.plan() : new Plan.Window(input.plan(), calls);
    return new Supply(plan, places).with(demand.paths());
  }
}
