package dev.kyma.query.api;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.QueryStats;
import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.frontend.OutputColumn;
import dev.kyma.query.core.text.ByteSink;
import dev.kyma.query.core.text.JsonText;
import dev.kyma.query.core.text.SqlText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * RFC 4180 with a header line. NULL is nothing at all, the empty text is {@code ""}. Times are as
 * in JSON answers. There is no place for statistics.
 */
final class CsvResult implements ResultWriter {
  private final ByteSink cell = new ByteSink(256);

  @Override
  public String mediaType() {
    return "text/csv;charset=UTF-8";
  }

  @Override
  public void begin(List<OutputColumn> columns, ByteSink sink) {
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        sink.put(',');
      }
      byte[] name = columns.get(i).name().getBytes(StandardCharsets.UTF_8);
      quoted(name, name.length, sink);
    }
    sink.put("\r\n");
  }

  @Override
  public void rows(Chunk chunk, ByteSink sink) {
    List<ColumnVector> columns = chunk.batch().columns();
    for (int row = 0; row < chunk.batch().rowCount(); row++) {
      if (!chunk.selection().contains(row)) {
        continue;
      }
      for (int i = 0; i < columns.size(); i++) {
        if (i > 0) {
          sink.put(',');
        }
        if (!columns.get(i).isNull(row)) {
          cell.clear();
          write(columns.get(i), row);
          quoted(cell.array(), cell.size(), sink);
        }
      }
      sink.put("\r\n");
    }
  }

  private void write(ColumnVector column, int row) {
    if (column.type().kind() == LogicalType.Kind.TIMESTAMP && column instanceof LongVector times) {
      JsonText.timestamp(times.values()[row], cell);
    } else {
      SqlText.write(column, row, cell);
    }
  }

  private static void quoted(byte[] data, int size, ByteSink sink) {
    boolean plain = size > 0;
    for (int i = 0; i < size && plain; i++) {
      plain = data[i] != ',' && data[i] != '"' && data[i] != '\n' && data[i] != '\r';
    }
    if (plain) {
      sink.put(data, 0, size);
      return;
    }
    sink.put('"');
    for (int i = 0; i < size; i++) {
      if (data[i] == '"') {
        sink.put('"');
      }
      sink.put(data[i]);
    }
    sink.put('"');
  }

  @Override
  public void end(QueryStats stats, ByteSink sink) {}

  @Override
  public boolean failed(String problem, ByteSink sink) {
    return false;
  }
}
