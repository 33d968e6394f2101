package dev.kyma.query.core;

import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.text.ByteSink;
import dev.kyma.query.core.text.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Answers as text for comparing: one JSON array a row. */
final class Rows {
  private Rows() {}

  static List<String> of(QueryEngine engine, String sql) {
    return of(engine, QueryRequest.sql(sql));
  }

  static List<String> of(QueryEngine engine, QueryRequest request) {
    List<String> rows = new ArrayList<>();
    try (QueryAnswer answer = engine.answer(request, new CancelSignal())) {
      for (Chunk chunk = answer.next(); chunk != null; chunk = answer.next()) {
        for (int row = 0; row < chunk.batch().rowCount(); row++) {
          if (chunk.selection().contains(row)) {
            rows.add(text(chunk, row));
          }
        }
      }
    }
    return rows;
  }

  static List<String> sorted(QueryEngine engine, String sql) {
    List<String> rows = of(engine, sql);
    rows.sort(null);
    return rows;
  }

  private static String text(Chunk chunk, int row) {
    ByteSink sink = new ByteSink(128);
    sink.put('[');
    for (int i = 0; i < chunk.batch().columns().size(); i++) {
      if (i > 0) {
        sink.put(',');
      }
      JsonText.write(chunk.batch().column(i), row, sink);
    }
    sink.put(']');
    return new String(sink.array(), 0, sink.size(), StandardCharsets.UTF_8);
  }
}
