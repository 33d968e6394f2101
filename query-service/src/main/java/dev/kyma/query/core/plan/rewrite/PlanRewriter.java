package dev.kyma.query.core.plan.rewrite;

import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.plan.AggregateCall;
import dev.kyma.query.core.plan.AggregateFunction;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.PlanColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a translated tree ready for one execution. Stateless. */
public final class PlanRewriter {
  private final ConstantFolder folder;

  private PlanRewriter(Instant now) {
    this.folder = ConstantFolder.at(now);
  }

  /**
   * The tree with constants folded, conditions and dynamic paths in its scans, and only the columns
   * it needs. The output keeps its columns.
   *
   * @param plan the tree
   * @param now the time the statement began
   */
  public static Plan rewrite(Plan plan, Instant now) {
    Plan simplified = ProjectMerger.merge(new PlanRewriter(now).simplified(plan));
    return ProjectMerger.merge(ColumnPruner.prune(simplified));
  }

  private Plan simplified(Plan plan) {
    return switch (plan) {
      case Plan.Scan scan -> scan;
      case Plan.Values values -> values;
      case Plan.Filter filter -> filter(simplified(filter.input()), filter.condition());
      case Plan.Project project ->
          new Plan.Project(
              simplified(project.input()), folder.fold(project.expressions()), project.output());
      case Plan.Aggregate aggregate -> aggregate(aggregate);
      case Plan.Join join -> join(join);
      case Plan.Sort sort ->
          new Plan.Sort(simplified(sort.input()), sort.keys(), sort.offset(), sort.fetch());
      case Plan.Limit limit -> limit(limit);
      case Plan.SetOperation operation ->
          new Plan.SetOperation(
              operation.inputs().stream().map(this::simplified).toList(),
              operation.kind(),
              operation.output());
      case Plan.Window window -> new Plan.Window(simplified(window.input()), window.calls());
    };
  }

  private Plan filter(Plan input, Expr condition) {
    List<Expr> conjuncts = new ArrayList<>();
    split(folder.fold(condition), conjuncts);
    List<Expr> rest = new ArrayList<>();
    for (Expr conjunct : conjuncts) {
      Optional<Boolean> truth = ConstantFolder.truth(conjunct);
      boolean isNull = conjunct instanceof Expr.Literal literal && literal.isNull();
      if (isNull || truth.equals(Optional.of(false))) {
        return new Plan.Values(input.output(), List.of());
      }
      if (truth.isEmpty()) {
        rest.add(conjunct);
      }
    }
    if (input instanceof Plan.Scan scan) {
      return pushed(scan, rest);
    }
    return rest.isEmpty() ? input : new Plan.Filter(input, all(rest));
  }

  /** What holds wherever a condition is true, one by one. */
  private static void split(Expr condition, List<Expr> conjuncts) {
    if (condition instanceof Expr.Call call && call.function() == Function.AND) {
      call.arguments().forEach(argument -> split(argument, conjuncts));
    } else if (condition instanceof Expr.Call call && call.function() == Function.IS_TRUE) {
      split(call.arguments().getFirst(), conjuncts);
    } else {
      conjuncts.add(condition);
    }
  }

  private static Plan pushed(Plan.Scan scan, List<Expr> conjuncts) {
    Conditions conditions = new Conditions(scan.columns());
    List<Predicate> predicates = new ArrayList<>();
    if (scan.predicate() instanceof Predicate.And and) {
      predicates.addAll(and.operands());
    } else {
      predicates.add(scan.predicate());
    }
    List<Expr> rest = new ArrayList<>();
    for (Expr conjunct : conjuncts) {
      Optional<Predicate> predicate = conditions.predicate(conjunct);
      predicate.ifPresentOrElse(predicates::add, () -> rest.add(conjunct));
    }
    Plan reduced =
        new Plan.Scan(
            scan.table(),
            scan.point(),
            scan.versions(),
            scan.columns(),
            new Predicate.And(predicates));
    return rest.isEmpty() ? reduced : new Plan.Filter(reduced, all(rest));
  }

  private static Expr all(List<Expr> conjuncts) {
    return conjuncts.size() == 1
        ? conjuncts.getFirst()
        : new Expr.Call(Function.AND, conjuncts, LogicalType.BOOL);
  }

  private Plan aggregate(Plan.Aggregate aggregate) {
    Plan input = simplified(aggregate.input());
    List<PlanColumn> columns = input.output();
    List<AggregateCall> calls =
        aggregate.calls().stream().map(call -> counting(call, columns)).toList();
    return new Plan.Aggregate(
        input, aggregate.keys(), aggregate.groupingSets(), calls, aggregate.output());
  }

  /** A count of what is never NULL as a count of rows, which reads nothing. */
  private static AggregateCall counting(AggregateCall call, List<PlanColumn> columns) {
    boolean allRows =
        call.function() == AggregateFunction.COUNT
            && !call.distinct()
            && call.arguments().stream().noneMatch(column -> columns.get(column).nullable());
    return allRows
        ? new AggregateCall(
            call.function(),
            List.of(),
            call.parameters(),
            false,
            call.filter(),
            call.order(),
            call.name(),
            call.type())
        : call;
  }

  private Plan join(Plan.Join join) {
    Optional<Expr> residual =
        join.residual()
            .map(folder::fold)
            .filter(expr -> !ConstantFolder.truth(expr).equals(Optional.of(true)));
    return new Plan.Join(
        simplified(join.left()),
        simplified(join.right()),
        join.kind(),
        join.keys(),
        residual,
        join.build());
  }

  /** A limit on rows that were just ordered joins the order: a top-N. */
  private Plan limit(Plan.Limit limit) {
    Plan input = simplified(limit.input());
    boolean whole = input instanceof Plan.Sort sort && sort.offset() == 0 && sort.fetch().isEmpty();
    return whole && input instanceof Plan.Sort sort
        ? new Plan.Sort(sort.input(), sort.keys(), limit.offset(), limit.fetch())
        : new Plan.Limit(input, limit.offset(), limit.fetch());
  }
}
