package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import java.util.ArrayList;
import java.util.List;

/** Rows collected from many chunks into one batch. Used by one thread. */
final class RowBuffer {
  private final List<ColumnBuffer> columns = new ArrayList<>();
  private final Positions positions = new Positions();
  private int size;

  RowBuffer(List<LogicalType> types, MemoryBudget memory) {
    for (LogicalType type : types) {
      columns.add(new ColumnBuffer(type, memory));
    }
  }

  int size() {
    return size;
  }

  void append(Chunk chunk) {
    positions.of(chunk.selection());
    append(chunk.batch().columns(), positions.rows, positions.count);
  }

  void append(List<ColumnVector> source, int[] rows, int count) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).append(source.get(i), rows, count);
    }
    size += count;
  }

  /** Everything added so far. Nothing may be added afterwards. */
  Batch finish() {
    List<ColumnVector> vectors = new ArrayList<>(columns.size());
    for (ColumnBuffer column : columns) {
      vectors.add(column.finish());
    }
    return new Batch(vectors, size);
  }
}
