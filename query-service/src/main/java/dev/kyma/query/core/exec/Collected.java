package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.query.core.plan.PlanColumn;
import java.util.ArrayList;
import java.util.List;

/** Brings all rows of a relation into memory. Stateless. */
final class Collected {
  private Collected() {}

  static List<LogicalType> types(List<PlanColumn> columns) {
    List<LogicalType> types = new ArrayList<>(columns.size());
    for (PlanColumn column : columns) {
      types.add(column.type());
    }
    return types;
  }

  /** All rows of a prepared pipeline, the same ones in the same order every time. */
  static Batch all(Pipeline input, List<PlanColumn> columns, QueryContext context) {
    int workers = Math.max(1, Math.min(context.parallelism(), input.parts()));
    List<RowBuffer> buffers =
        Workers.run(context, workers, worker -> collect(input, columns, context, worker, workers));
    if (buffers.size() == 1) {
      return buffers.getFirst().finish();
    }
    RowBuffer all = new RowBuffer(types(columns), context.memory());
    for (RowBuffer buffer : buffers) {
      Batch batch = buffer.finish();
      all.append(batch.columns(), Positions.all(batch.rowCount()), batch.rowCount());
    }
    return all.finish();
  }

  private static RowBuffer collect(
      Pipeline input, List<PlanColumn> columns, QueryContext context, int worker, int workers) {
    RowBuffer buffer = new RowBuffer(types(columns), context.memory());
    for (int part = worker; part < input.parts(); part += workers) {
      Operator rows = input.open(part);
      for (Chunk chunk = rows.next(); chunk != null; chunk = rows.next()) {
        context.check();
        buffer.append(chunk);
      }
    }
    return buffer;
  }
}
