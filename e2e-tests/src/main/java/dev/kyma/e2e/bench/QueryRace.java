package dev.kyma.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kyma.e2e.client.KymaClient;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Asks Kyma and DuckDB the same, in turn, and compares whole answers. */
final class QueryRace {
  private static final int WARM_UP = 2;
  private static final int ROUNDS = 7;

  /**
   * A question in both dialects; answers are compared row by row, as text.
   *
   * @param name the figure's name
   * @param ours asked of Kyma
   * @param theirs asked of DuckDB
   */
  record Race(String name, String ours, String theirs) {}

  private final KymaClient client;
  private final DuckDbPeer peer;
  private final long rows;

  QueryRace(KymaClient client, DuckDbPeer peer, long rows) {
    this.client = client;
    this.peer = peer;
    this.rows = rows;
  }

  /** The five questions, about data of which a trace id is known. */
  static List<Race> races(String traceId) {
    String from = "TIMESTAMP '2026-01-01 10:00:00'";
    String to = "TIMESTAMP '2026-01-01 10:30:00'";
    String windowCount =
        "SELECT count(*) FROM otel_logs WHERE timestamp >= " + from + " AND timestamp < " + to;
    String topServices =
        "SELECT service_name, count(*) AS errors FROM otel_logs WHERE severity_text = 'ERROR'"
            + " GROUP BY service_name ORDER BY errors DESC, service_name LIMIT 10";
    String traceLookup =
        "SELECT span_id, body FROM otel_logs WHERE trace_id = '" + traceId + "' ORDER BY span_id";
    String perMinute =
        "SELECT service_name, severity_text, count(*) AS c, min(span_id) AS s FROM otel_logs"
            + " WHERE timestamp >= "
            + from
            + " AND timestamp < TIMESTAMP '2026-01-01 14:00:00'"
            + " GROUP BY service_name, severity_text ORDER BY service_name, severity_text";
    return List.of(
        new Race("query.window_count", windowCount, windowCount),
        new Race("query.top_services_errors", topServices, topServices),
        new Race(
            "query.rare_token",
            "SELECT count(*) FROM otel_logs WHERE body LIKE '%needle1%'",
            "SELECT count(*) FROM otel_logs WHERE body LIKE '%needle1%'"),
        new Race("query.trace_lookup", traceLookup, traceLookup),
        new Race("query.service_severity", perMinute, perMinute));
  }

  Figure run(Race race) throws SQLException {
    List<List<String>> ours = ask(race.ours());
    List<List<String>> theirs = peer.query(race.theirs());
    boolean equal = ours.equals(theirs);
    if (!equal) {
      System.out.println(
          race.name() + " differs:\n  ours   " + cut(ours) + "\n  theirs " + cut(theirs));
    }
    double[] ourMillis = new double[ROUNDS];
    double[] theirMillis = new double[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long start = System.nanoTime();
      ask(race.ours());
      long between = System.nanoTime();
      peer.query(race.theirs());
      long end = System.nanoTime();
      if (round >= 0) {
        ourMillis[round] = (between - start) / 1e6;
        theirMillis[round] = (end - between) / 1e6;
      }
    }
    return Figure.lessIsBetter(
        race.name(), "ms", median(ourMillis), median(theirMillis), rows, ROUNDS, equal);
  }

  private List<List<String>> ask(String sql) {
    List<List<String>> rows = new ArrayList<>();
    for (List<JsonNode> row : client.query(sql).rows()) {
      rows.add(row.stream().map(JsonNode::asText).toList());
    }
    return rows;
  }

  private static String cut(List<List<String>> rows) {
    String text = rows.toString();
    return text.length() < 400 ? text : text.substring(0, 400) + "…";
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
