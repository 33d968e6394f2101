package dev.kyma.query.core.exec;

import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.PlanColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Makes a relation with fewer columns that reads fewer columns. Stateless. */
final class Narrowing {
  private Narrowing() {}

  /**
   * The given columns of a relation, in the given order; empty where the relation is made of more
   * than a scan, filters and projections.
   */
  static Optional<Plan> to(Plan plan, List<Integer> wanted) {
    return switch (plan) {
      case Plan.Scan scan ->
          Optional.of(
              new Plan.Scan(
                  scan.table(),
                  scan.point(),
                  scan.versions(),
                  wanted.stream().map(scan.columns()::get).toList(),
                  scan.predicate()));
      case Plan.Project project -> {
        List<Expr> expressions = wanted.stream().map(project.expressions()::get).toList();
        List<PlanColumn> output = wanted.stream().map(project.output()::get).toList();
        List<Integer> needed = references(expressions);
        yield to(project.input(), needed)
            .map(input -> new Plan.Project(input, moved(expressions, needed), output));
      }
      case Plan.Filter filter -> {
        TreeSet<Integer> all = new TreeSet<>(wanted);
        collect(filter.condition(), all);
        List<Integer> needed = List.copyOf(all);
        List<Expr> picked = new ArrayList<>();
        for (int column : wanted) {
          picked.add(new Expr.ColumnRef(column, filter.output().get(column).type()));
        }
        List<PlanColumn> output = wanted.stream().map(filter.output()::get).toList();
        yield to(filter.input(), needed)
            .map(
                input ->
                    new Plan.Project(
                        new Plan.Filter(input, moved(filter.condition(), needed)),
                        moved(picked, needed),
                        output));
      }
      case Plan.Values _,
          Plan.Aggregate _,
          Plan.Join _,
          Plan.Sort _,
          Plan.Limit _,
          Plan.SetOperation _,
          Plan.Window _ ->
          Optional.empty();
    };
  }

  private static List<Integer> references(List<Expr> expressions) {
    TreeSet<Integer> columns = new TreeSet<>();
    expressions.forEach(expression -> collect(expression, columns));
    return List.copyOf(columns);
  }

  private static void collect(Expr expression, TreeSet<Integer> columns) {
    switch (expression) {
      case Expr.ColumnRef reference -> columns.add(reference.index());
      case Expr.Literal _ -> {}
      case Expr.Cast cast -> collect(cast.argument(), columns);
      case Expr.Case choice -> {
        for (Expr.Branch branch : choice.branches()) {
          collect(branch.condition(), columns);
          collect(branch.value(), columns);
        }
        collect(choice.otherwise(), columns);
      }
      case Expr.In in -> collect(in.operand(), columns);
      case Expr.Call call -> call.arguments().forEach(argument -> collect(argument, columns));
    }
  }

  private static List<Expr> moved(List<Expr> expressions, List<Integer> kept) {
    return expressions.stream().map(expression -> moved(expression, kept)).toList();
  }

  /** The expression over only the columns kept. */
  private static Expr moved(Expr expression, List<Integer> kept) {
    return switch (expression) {
      case Expr.ColumnRef reference ->
          new Expr.ColumnRef(kept.indexOf(reference.index()), reference.type());
      case Expr.Literal literal -> literal;
      case Expr.Cast cast -> new Expr.Cast(moved(cast.argument(), kept), cast.type());
      case Expr.Case choice ->
          new Expr.Case(
              choice.branches().stream()
                  .map(b -> new Expr.Branch(moved(b.condition(), kept), moved(b.value(), kept)))
                  .toList(),
              moved(choice.otherwise(), kept));
      case Expr.In in -> new Expr.In(moved(in.operand(), kept), in.constants());
      case Expr.Call call ->
          new Expr.Call(call.function(), moved(call.arguments(), kept), call.type());
    };
  }
}
