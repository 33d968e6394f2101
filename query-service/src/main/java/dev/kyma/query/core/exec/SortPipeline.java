package dev.kyma.query.core.exec;

import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Gather;
import dev.kyma.query.core.plan.Plan;
import java.util.Arrays;

/** All rows in order. */
final class SortPipeline implements Pipeline {
  private final Pipeline input;
  private final Plan.Sort sort;
  private final QueryContext context;
  private Batch rows = new Batch(java.util.List.of(), 0);
  private int[] order = new int[0];

  SortPipeline(Pipeline input, Plan.Sort sort, QueryContext context) {
    this.input = input;
    this.sort = sort;
    this.context = context;
  }

  @Override
  public void prepare() {
    input.prepare();
    rows = Collected.all(input, sort.input().output(), context);
    context.memory().reserve(16L * rows.rowCount());
    order = new RowOrder(rows.columns(), sort.keys()).sort(rows.rowCount());
  }

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public Operator open(int part) {
    return Batches.of(
        order.length,
        (from, to) -> Gather.rows(rows, Arrays.copyOfRange(order, from, to), to - from));
  }
}
