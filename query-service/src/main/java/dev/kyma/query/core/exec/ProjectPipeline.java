package dev.kyma.query.core.exec;

import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.query.core.expr.Evaluator;
import dev.kyma.query.core.expr.Expressions;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** Columns computed from each row. */
final class ProjectPipeline implements Pipeline {
  private final Pipeline input;
  private final Plan.Project project;
  private final QueryContext context;

  ProjectPipeline(Pipeline input, Plan.Project project, QueryContext context) {
    this.input = input;
    this.project = project;
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
    return project.expressions().get(column) instanceof Expr.ColumnRef reference
        && input.narrow(reference.index(), bound);
  }

  @Override
  public Operator open(int part) {
    Operator rows = input.open(part);
    List<Evaluator> evaluators = new ArrayList<>();
    for (Expr expression : project.expressions()) {
      evaluators.add(Expressions.evaluator(expression, context.now()));
    }
    return () -> {
      Chunk chunk = rows.next();
      if (chunk == null) {
        return null;
      }
      List<ColumnVector> columns = new ArrayList<>(evaluators.size());
      for (Evaluator evaluator : evaluators) {
        columns.add(evaluator.evaluate(chunk.batch(), chunk.selection()));
      }
      return new Chunk(new Batch(columns, chunk.batch().rowCount()), chunk.selection());
    };
  }
}
