package dev.kyma.query.api;

import dev.kyma.query.core.QueryStats;
import dev.kyma.query.core.text.ByteSink;
import dev.kyma.query.core.text.JsonText;
import java.util.Locale;

/** The {@code stats} of an answer as JSON. Stateless. */
final class StatsJson {
  private StatsJson() {}

  static void write(QueryStats stats, ByteSink sink) {
    sink.put("{\"snapshot\":").put(stats.snapshot());
    sink.put(",\"freshness\":{\"level\":");
    JsonText.string(stats.freshness(), sink);
    sink.put(",\"token\":");
    JsonText.string(stats.token(), sink);
    sink.put(",\"lag_ms\":").put(stats.lag().toMillis());
    sink.put("},\"placement\":{\"nodes\":1,\"workers\":").put((long) stats.workers());
    sink.put("},\"elapsed_ms\":");
    sink.put(String.format(Locale.ROOT, "%.3f", stats.elapsed().toNanos() / 1e6));
    sink.put(",\"rows\":").put(stats.rows());
    pair("extents", stats.read().extents(), stats.read().extentsRead(), sink);
    pair("blocks", stats.read().scans().blocks(), stats.read().scans().blocksRead(), sink);
    pair("bytes", stats.read().bytes(), stats.read().scans().bytesRead(), sink);
    sink.put(",\"requests\":").put(stats.read().scans().requests());
    sink.put(",\"tail_rows\":").put(stats.read().tailRows());
    sink.put(",\"peak_memory_bytes\":").put(stats.peakMemory()).put('}');
  }

  private static void pair(String name, long considered, long read, ByteSink sink) {
    sink.put(",\"").put(name).put("\":{\"considered\":").put(considered);
    sink.put(",\"read\":").put(read).put('}');
  }
}
