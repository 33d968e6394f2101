package dev.kyma.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.process.KymaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What looking for a needle costs a process that has read nothing yet: requests to the object store
 * and bytes read, as its answer says. Kyma is started anew for each question.
 */
final class NeedleFigures {
  private final Path data;
  private final long rows;

  NeedleFigures(Path data, long rows) {
    this.data = data;
    this.rows = rows;
  }

  /**
   * @param traceId some trace's id
   * @param rareToken a word of one body
   */
  void run(String traceId, String rareToken, Consumer<Figure> report) {
    ask("trace", "SELECT span_id, body FROM otel_logs WHERE trace_id = '" + traceId + "'", report);
    ask("token", "SELECT body FROM otel_logs WHERE has(body, '" + rareToken + "')", report);
  }

  private void ask(String what, String sql, Consumer<Figure> report) {
    try (KymaProcess kyma = KymaProcess.start(data, Map.of(), List.of());
        KymaClient client = new KymaClient(kyma.http())) {
      JsonNode answer = client.tryQuery(sql, Map.of("X-Kyma-Freshness", "committed")).body();
      JsonNode stats = answer.path("stats");
      boolean found = !answer.path("rows").isEmpty();
      double considered = stats.at("/bytes/considered").asDouble();
      double read = stats.at("/bytes/read").asDouble();
      report.accept(figure("storage.needle_gets." + what, "GETs", requests(stats), found));
      report.accept(figure("storage.needle_bytes." + what, "bytes", read, found));
      report.accept(
          figure("storage.needle_bytes_fraction." + what, "%", 100 * read / considered, found));
    }
  }

  private static double requests(JsonNode stats) {
    if (!stats.has("requests")) {
      throw new IllegalStateException("the answer does not say how often it read: " + stats);
    }
    return stats.path("requests").asDouble();
  }

  private Figure figure(String name, String unit, double value, boolean found) {
    return new Figure(name, unit, value, null, null, null, rows, 1, found);
  }
}
