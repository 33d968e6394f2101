package dev.kyma.standalone.simulation;

import dev.kyma.catalog.Catalog;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.query.calcite.SqlFrontend;
import dev.kyma.query.core.CancelSignal;
import dev.kyma.query.core.Freshness;
import dev.kyma.query.core.IngestGateway;
import dev.kyma.query.core.QueryAnswer;
import dev.kyma.query.core.QueryEngine;
import dev.kyma.query.core.QueryLimits;
import dev.kyma.query.core.QueryRequest;
import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.read.Extents;
import dev.kyma.query.core.read.TailCache;
import dev.kyma.query.core.read.TailLog;
import dev.kyma.query.core.text.ByteSink;
import dev.kyma.query.core.text.JsonText;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** A reader with caches of its own. */
final class QueryNode {
  private static final SqlFrontend SQL = new SqlFrontend();

  private final QueryEngine engine;

  QueryNode(Catalog catalog, ObjectStore store, TailLog log, ExecutorService workers) {
    this.engine =
        new QueryEngine(
            List.of(SQL),
            catalog,
            log,
            new TailCache(log, new SchemaStore(store), 64 << 20),
            new Extents(store, formats()),
            noIngest(),
            new QueryLimits(
                1L << 28,
                Duration.ofMinutes(5),
                Duration.ofMillis(300),
                4,
                Duration.ofSeconds(5),
                1),
            workers,
            Clock.systemUTC());
  }

  private static Map<String, SegmentFormat> formats() {
    SegmentFormat format = BackgroundWork.format();
    return Map.of(format.name(), format);
  }

  private static IngestGateway noIngest() {
    return (IngestGateway)
        Proxy.newProxyInstance(
            IngestGateway.class.getClassLoader(),
            new Class<?>[] {IngestGateway.class},
            (proxy, method, args) -> {
              throw new IllegalStateException("rows come by the log");
            });
  }

  /** The rows of an answer as JSON arrays, sorted. */
  List<String> rows(String sql, Freshness freshness) {
    List<String> rows = new ArrayList<>();
    try (QueryAnswer answer =
        engine.answer(QueryRequest.sql(sql).with(freshness), new CancelSignal())) {
      for (Chunk chunk = answer.next(); chunk != null; chunk = answer.next()) {
        for (int row = 0; row < chunk.batch().rowCount(); row++) {
          if (chunk.selection().contains(row)) {
            rows.add(text(chunk, row));
          }
        }
      }
    }
    rows.sort(null);
    return rows;
  }

  private static String text(Chunk chunk, int row) {
    ByteSink sink = new ByteSink(64);
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
