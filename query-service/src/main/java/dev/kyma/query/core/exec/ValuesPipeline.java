package dev.kyma.query.core.exec;

import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.query.core.expr.Literals;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** Rows of constants. */
final class ValuesPipeline implements Pipeline {
  private final Plan.Values values;

  ValuesPipeline(Plan.Values values) {
    this.values = values;
  }

  @Override
  public void prepare() {}

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public Operator open(int part) {
    return Batches.of(values.rows().size(), this::slice);
  }

  private Batch slice(int from, int to) {
    List<ColumnVector> columns = new ArrayList<>();
    for (int c = 0; c < values.output().size(); c++) {
      List<Expr.Literal> column = new ArrayList<>(to - from);
      for (int row = from; row < to; row++) {
        column.add(values.rows().get(row).get(c));
      }
      columns.add(Literals.column(values.output().get(c).type(), column));
    }
    return new Batch(columns, to - from);
  }
}
