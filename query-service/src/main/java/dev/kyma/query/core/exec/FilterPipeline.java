package dev.kyma.query.core.exec;

import dev.kyma.format.vector.Selection;
import dev.kyma.query.core.expr.Condition;
import dev.kyma.query.core.expr.Expressions;
import dev.kyma.query.core.plan.Expr;

/** Rows for which a condition is true. */
final class FilterPipeline implements Pipeline {
  private final Pipeline input;
  private final Expr condition;
  private final QueryContext context;

  FilterPipeline(Pipeline input, Expr condition, QueryContext context) {
    this.input = input;
    this.condition = condition;
    this.context = context;
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  @Override
  public int parts() {
    return input.parts();
  }

  @Override
  public boolean narrow(int column, RowBound bound) {
    return input.narrow(column, bound);
  }

  @Override
  public Operator open(int part) {
    Operator rows = input.open(part);
    Condition test = Expressions.condition(condition, context.now());
    return () -> {
      for (Chunk chunk = rows.next(); chunk != null; chunk = rows.next()) {
        Selection selection = test.select(chunk.batch(), chunk.selection());
        if (!selection.isEmpty()) {
          return new Chunk(chunk.batch(), selection);
        }
      }
      return null;
    };
  }
}
