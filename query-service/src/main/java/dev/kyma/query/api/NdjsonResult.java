package dev.kyma.query.api;

import dev.kyma.format.vector.ColumnVector;
import dev.kyma.query.core.QueryStats;
import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.frontend.OutputColumn;
import dev.kyma.query.core.text.ByteSink;
import dev.kyma.query.core.text.JsonText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One JSON object a row, then one with the statistics, {@code {"stats":…}}. An answer that broke
 * off ends with {@code {"error":…}} instead. Of columns with one name the later ones get a number.
 */
final class NdjsonResult implements ResultWriter {
  private byte[][] names = new byte[0][];

  @Override
  public String mediaType() {
    return "application/x-ndjson";
  }

  @Override
  public void begin(List<OutputColumn> columns, ByteSink sink) {
    names = new byte[columns.size()][];
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < names.length; i++) {
      String name = columns.get(i).name();
      for (int n = 2; !taken.add(name); n++) {
        name = columns.get(i).name() + "_" + n;
      }
      ByteSink key = new ByteSink(32);
      key.put(i == 0 ? '{' : ',');
      JsonText.string(name, key);
      names[i] = key.put(':').toBytes();
    }
  }

  @Override
  public void rows(Chunk chunk, ByteSink sink) {
    List<ColumnVector> columns = chunk.batch().columns();
    for (int row = 0; row < chunk.batch().rowCount(); row++) {
      if (!chunk.selection().contains(row)) {
        continue;
      }
      if (names.length == 0) {
        sink.put('{');
      }
      for (int i = 0; i < names.length; i++) {
        sink.put(names[i]);
        JsonText.write(columns.get(i), row, sink);
      }
      sink.put("}\n");
    }
  }

  @Override
  public void end(QueryStats stats, ByteSink sink) {
    sink.put("{\"stats\":");
    StatsJson.write(stats, sink);
    sink.put("}\n");
  }

  @Override
  public boolean failed(String problem, ByteSink sink) {
    sink.put("{\"error\":").put(problem).put("}\n");
    return true;
  }
}
