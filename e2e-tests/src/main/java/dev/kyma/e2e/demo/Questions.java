package dev.kyma.e2e.demo;

import java.util.List;

/** What a person on call would ask of the sample. */
final class Questions {
  private Questions() {}

  /**
   * A question and the statement that answers it.
   *
   * @param title the question in words
   * @param sql the statement
   */
  record Question(String title, String sql) {}

  static final List<Question> ALL =
      List.of(
          new Question(
              "Which services fail, and how often?",
              """
              SELECT service_name,
                     count(*) AS spans,
                     count(*) FILTER (WHERE status_code = 'ERROR') AS errors
              FROM otel_traces
              GROUP BY service_name
              ORDER BY errors DESC, spans DESC
              LIMIT 5"""),
          new Question(
              "What did the slowest requests log last?",
              """
              WITH slowest AS (
                SELECT trace_id, duration_ns / 1000000 AS ms
                FROM otel_traces
                WHERE parent_span_id = ''
                ORDER BY duration_ns DESC
                LIMIT 3)
              SELECT s.ms, l.service_name, l.timestamp, l.body
              FROM slowest s JOIN otel_logs l ON l.trace_id = s.trace_id
              WHERE l.body LIKE '%successfully' OR has(l.body, 'complete')
              ORDER BY s.ms DESC, l.timestamp DESC
              LIMIT 6"""),
          new Question(
              "How slow is a request, minute by minute?",
              """
              SELECT date_trunc('minute', start_time) AS minute,
                     count(*) AS requests,
                     percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ns) / 1e6 AS p50_ms,
                     percentile_cont(0.99) WITHIN GROUP (ORDER BY duration_ns) / 1e6 AS p99_ms
              FROM otel_traces
              WHERE parent_span_id = ''
              GROUP BY 1
              ORDER BY 1"""),
          new Question(
              "Who was charged? (a rare word in 12,058 log lines)",
              """
              SELECT timestamp, service_name, body
              FROM otel_logs
              WHERE has(body, 'visa')
              ORDER BY timestamp
              LIMIT 5"""),
          new Question(
              "Which pages are slow? (paths inside the JSON attributes)",
              """
              SELECT attributes['http.req.method'] AS method,
                     attributes['http.resp.status'] AS status,
                     count(*) AS requests,
                     max((attributes ->> 'http.resp.took_ms')::bigint) AS slowest_ms
              FROM otel_logs
              WHERE attributes['http.resp.took_ms'] IS NOT NULL
              GROUP BY 1, 2
              ORDER BY requests DESC"""));
}
