package dev.kyma.query.api;

import dev.kyma.format.vector.ColumnVector;
import dev.kyma.query.core.QueryStats;
import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.frontend.OutputColumn;
import dev.kyma.query.core.text.ByteSink;
import dev.kyma.query.core.text.JsonText;
import java.util.List;

/** {@code {"columns":[{"name","type"}],"rows":[[…]],"stats":{…}}}. */
final class JsonResult implements ResultWriter {
  private boolean anyRow;

  @Override
  public String mediaType() {
    return "application/json";
  }

  @Override
  public void begin(List<OutputColumn> columns, ByteSink sink) {
    sink.put("{\"columns\":[");
    boolean first = true;
    for (OutputColumn column : columns) {
      sink.put(first ? "{\"name\":" : ",{\"name\":");
      first = false;
      JsonText.string(column.name(), sink);
      sink.put(",\"type\":");
      JsonText.string(column.type().id(), sink);
      sink.put('}');
    }
    sink.put("],\"rows\":[");
  }

  @Override
  public void rows(Chunk chunk, ByteSink sink) {
    List<ColumnVector> columns = chunk.batch().columns();
    for (int row = 0; row < chunk.batch().rowCount(); row++) {
      if (!chunk.selection().contains(row)) {
        continue;
      }
      sink.put(anyRow ? ",\n[" : "\n[");
      anyRow = true;
      for (int i = 0; i < columns.size(); i++) {
        if (i > 0) {
          sink.put(',');
        }
        JsonText.write(columns.get(i), row, sink);
      }
      sink.put(']');
    }
  }

  @Override
  public void end(QueryStats stats, ByteSink sink) {
    sink.put("\n],\"stats\":");
    StatsJson.write(stats, sink);
    sink.put("}\n");
  }

  @Override
  public boolean failed(String problem, ByteSink sink) {
    return false;
  }
}
