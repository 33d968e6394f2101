package dev.kyma.ingest.core.typing;

import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.type.TableSchema;
import dev.kyma.ingest.core.Cells;
import dev.kyma.ingest.core.json.BodyRows;
import dev.kyma.ingest.core.json.RawRows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Rows and tables for tests, without catalog or log. */
final class Rows {
  static final long NOW = 1_700_000_000_000_000_000L;

  private Rows() {}

  static RawRows raw(String... lines) {
    byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    BodyRows rows = BodyRows.lines(body, body.length);
    RawRows raw = rows.next(List::of);
    if (rows.rejectedCount() > 0 || rows.hasNext()) {
      throw new AssertionError(rows.rejections().toString());
    }
    return raw;
  }

  static TableDef inferred(RawRows raw) {
    SchemaPlanner.Shape shape = new SchemaPlanner(1_000).shape(raw);
    return table(shape.schema(), shape.timeColumn(), shape.overflowColumn());
  }

  static TableDef table(TableSchema schema, int timeColumn, int overflowColumn) {
    return new TableDef(
        1,
        "default",
        "t",
        1,
        schema,
        timeColumn,
        overflowColumn,
        List.of(),
        new FlushPolicy(1, 1, Duration.ofSeconds(1)),
        new LogBinding("kyma.t.1", "id", 1, 0),
        Map.of());
  }

  /** The cells of rows stored in a table made for them. */
  static List<Map<String, Object>> stored(String... lines) {
    RawRows raw = raw(lines);
    return map(inferred(raw), raw);
  }

  static List<Map<String, Object>> map(TableDef table, RawRows raw) {
    MappedRows mapped = new RowMapper(table, true, raw, NOW, RowDefaults.none(table)).map();
    if (mapped.rejectedCount() > 0) {
      throw new AssertionError(mapped.rejections().toString());
    }
    return Cells.of(table.schema(), List.of(mapped.batch()));
  }
}
