package dev.kyma.e2e.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.client.QueryResult;
import dev.kyma.e2e.fixture.RunningKyma;
import dev.kyma.e2e.process.KymaProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * OpenTelemetry's published JSON examples and captured exporter bodies are accepted as they are.
 */
@ExtendWith(RunningKyma.class)
class PublishedExamplesIT {

  @Test
  void publishedLogsExampleIsReadBack(KymaProcess kyma, KymaClient client) throws Exception {
    postJson(kyma, "/v1/logs", "logs.json");
    QueryResult rows =
        client.query(
            "SELECT timestamp, severity_number, severity_text, trace_id, span_id, body,"
                + " scope_name, scope_version, attributes['double.attribute'] AS d,"
                + " attributes['array.attribute'] AS a FROM otel_logs"
                + " WHERE service_name = 'my.service' AND body = 'Example log record'");
    assertThat(rows.rows()).isNotEmpty();
    assertThat(rows.text(0, "timestamp")).isEqualTo("2018-12-13T14:51:00.300000000Z");
    assertThat(rows.text(0, "severity_number")).isEqualTo("10");
    assertThat(rows.text(0, "trace_id")).isEqualTo("5b8efff798038103d269b633813fc60c");
    assertThat(rows.text(0, "span_id")).isEqualTo("eee19b7ec3c1b174");
    assertThat(rows.text(0, "scope_name")).isEqualTo("my.library");
    assertThat(rows.text(0, "scope_version")).isEqualTo("1.0.0");
    assertThat(rows.rows().get(0).get(8).asDouble()).isEqualTo(637.704);
    assertThat(rows.rows().get(0).get(9).toString()).isEqualTo("[\"many\",\"values\"]");
  }

  @Test
  void publishedEventsExampleKeepsItsStructuredBody(KymaProcess kyma, KymaClient client)
      throws Exception {
    postJson(kyma, "/v1/logs", "events.json");
    QueryResult rows =
        client.query(
            "SELECT body, body_json ->> 'title' AS title, event_name FROM otel_logs"
                + " WHERE event_name = 'browser.page_view'");
    assertThat(rows.rows()).isNotEmpty();
    assertThat(rows.rows().getFirst().getFirst().isNull()).isTrue();
    assertThat(rows.text(0, "title")).isEqualTo("Free Online GUID Generator");
  }

  @Test
  void publishedTraceExampleIsReadBack(KymaProcess kyma, KymaClient client) throws Exception {
    postJson(kyma, "/v1/traces", "trace.json");
    QueryResult rows =
        client.query(
            "SELECT name, kind, duration_ns, parent_span_id, attributes ->> 'my.span.attr' AS v"
                + " FROM otel_traces WHERE service_name = 'my.service'");
    assertThat(rows.rows()).isNotEmpty();
    assertThat(rows.text(0, "name")).isEqualTo("I'm a server span");
    assertThat(rows.text(0, "duration_ns")).isEqualTo("1000000000");
    assertThat(rows.text(0, "parent_span_id")).isEqualTo("eee19b7ec3c1b173");
    assertThat(rows.text(0, "v")).isEqualTo("some value");
  }

  @Test
  void publishedMetricsExampleYieldsEveryPoint(KymaProcess kyma, KymaClient client)
      throws Exception {
    postJson(kyma, "/v1/metrics", "metrics.json");
    QueryResult rows =
        client.query(
            "SELECT DISTINCT metric_name, type FROM otel_metrics"
                + " WHERE service_name = 'my.service' ORDER BY metric_name");
    assertThat(rows.rows().stream().map(row -> row.getFirst().asText()))
        .containsExactly("my.counter", "my.exponential.histogram", "my.gauge", "my.histogram");
  }

  @Test
  void capturedProtobufBodiesAreReadBack(KymaProcess kyma, KymaClient client) throws Exception {
    long spans = count(client, "otel_traces");
    long logs = count(client, "otel_logs");
    long points = count(client, "otel_metrics");
    postProtobuf(kyma, "/v1/traces", "001_v1_traces.pb");
    postProtobuf(kyma, "/v1/logs", "002_v1_logs.pb");
    postProtobuf(kyma, "/v1/metrics", "003_v1_metrics.pb");
    assertThat(count(client, "otel_traces") - spans).isEqualTo(200);
    assertThat(count(client, "otel_logs") - logs).isEqualTo(100);
    assertThat(count(client, "otel_metrics") - points).isGreaterThanOrEqualTo(5);
  }

  /** Rows of the exporters the bodies were captured from. */
  private static long count(KymaClient client, String table) {
    KymaClient.Answer answer =
        client.tryQuery(
            "SELECT count(*) FROM " + table + " WHERE service_name = 'checkout'", Map.of());
    return answer.status() == 404 || answer.status() == 400
        ? 0
        : answer.body().at("/rows/0/0").asLong();
  }

  private static void postJson(KymaProcess kyma, String path, String resource) throws Exception {
    HttpResponse<String> response =
        send(request(kyma, path, "application/json"), resource(resource));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("application/json");
  }

  private static void postProtobuf(KymaProcess kyma, String path, String resource)
      throws Exception {
    HttpResponse<String> response =
        send(request(kyma, path, "application/x-protobuf"), resource(resource));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("application/x-protobuf");
  }

  private static HttpRequest.Builder request(KymaProcess kyma, String path, String type) {
    return HttpRequest.newBuilder(kyma.otlpHttp().resolve(path))
        .header("Content-Type", type)
        .header("Content-Encoding", "gzip");
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, byte[] body)
      throws IOException, InterruptedException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(body);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          request.POST(HttpRequest.BodyPublishers.ofByteArray(zipped.toByteArray())).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PublishedExamplesIT.class.getResourceAsStream("/otlp/" + name))) {
      return in.readAllBytes();
    }
  }
}
