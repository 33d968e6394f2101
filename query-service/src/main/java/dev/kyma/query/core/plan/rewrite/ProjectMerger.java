package dev.kyma.query.core.plan.rewrite;

import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one projection of two that follow each other, and none of one that changes nothing. */
final class ProjectMerger {
  private ProjectMerger() {}

  static Plan merge(Plan plan) {
    return switch (plan) {
      case Plan.Scan scan -> scan;
      case Plan.Values values -> values;
      case Plan.Filter filter -> new Plan.Filter(merge(filter.input()), filter.condition());
      case Plan.Project project -> project(project);
      case Plan.Aggregate aggregate ->
          new Plan.Aggregate(
              merge(aggregate.input()),
              aggregate.keys(),
              aggregate.groupingSets(),
              aggregate.calls(),
              aggregate.output());
      case Plan.Join join ->
          new Plan.Join(
              merge(join.left()),
              merge(join.right()),
              join.kind(),
              join.keys(),
              join.residual(),
              join.build());
      case Plan.Sort sort ->
          new Plan.Sort(merge(sort.input()), sort.keys(), sort.offset(), sort.fetch());
      case Plan.Limit limit -> new Plan.Limit(merge(limit.input()), limit.offset(), limit.fetch());
      case Plan.SetOperation operation ->
          new Plan.SetOperation(
              operation.inputs().stream().map(ProjectMerger::merge).toList(),
              operation.kind(),
              operation.output());
      case Plan.Window window -> new Plan.Window(merge(window.input()), window.calls());
    };
  }

  private static Plan project(Plan.Project project) {
    Plan input = merge(project.input());
    Plan.Project merged = new Plan.Project(input, project.expressions(), project.output());
    if (input instanceof Plan.Project inner && isWorthwhile(project, inner)) {
      List<Expr> expressions =
          Exprs.replace(
              project.expressions(),
              part ->
                  part instanceof Expr.ColumnRef ref
                      ? Optional.of(inner.expressions().get(ref.index()))
                      : Optional.empty());
      merged = new Plan.Project(inner.input(), expressions, project.output());
    }
    return isIdentity(merged) ? merged.input() : merged;
  }

  /** Whether merging computes nothing twice. */
  private static boolean isWorthwhile(Plan.Project outer, Plan.Project inner) {
    int[] uses = new int[inner.expressions().size()];
    for (Expr expr : outer.expressions()) {
      Exprs.replace(
          expr,
          part -> {
            if (part instanceof Expr.ColumnRef ref) {
              uses[ref.index()]++;
            }
            return Optional.empty();
          });
    }
    for (int i = 0; i < uses.length; i++) {
      Expr expr = inner.expressions().get(i);
      // A path costs nothing here: a scan below will read it, in the type it is cast to.
      boolean free =
          expr instanceof Expr.ColumnRef
              || expr instanceof Expr.Literal
              || Paths.of(expr).isPresent();
      if (!free && uses[i] > 1) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIdentity(Plan.Project project) {
    List<Expr> same = new ArrayList<>();
    for (int i = 0; i < project.input().output().size(); i++) {
      same.add(new Expr.ColumnRef(i, project.input().output().get(i).type()));
    }
    return same.equals(project.expressions());
  }
}
