package dev.kyma.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.fixture.RunningKyma;
import dev.kyma.e2e.process.KymaProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bad input is answered by a typed problem, loses nothing and disturbs nothing else. */
@ExtendWith(RunningKyma.class)
class BadInputIT {

  @Test
  void malformedOtlpIsRefusedWithoutAStackTrace(KymaProcess kyma) throws Exception {
    byte[] garbage =
        "this is no protobuf message at all \u00ff\u00fe".getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> protobuf =
        post(kyma.otlpHttp().resolve("/v1/logs"), garbage, "application/x-protobuf", "");
    assertThat(protobuf.statusCode()).isEqualTo(400);
    HttpResponse<String> json =
        post(
            kyma.otlpHttp().resolve("/v1/traces"),
            "{\"resourceSpans\":[{".getBytes(StandardCharsets.UTF_8),
            "application/json",
            "");
    assertThat(json.statusCode()).isEqualTo(400);
    assertThat(json.body()).doesNotContain("\tat ").doesNotContain("java.");
  }

  @Test
  void gzipBombIsRefusedAndTheServiceGoesOn(KymaProcess kyma, KymaClient client) throws Exception {
    byte[] bomb = gzip(new byte[400 * 1024 * 1024]);
    HttpResponse<String> answer =
        post(kyma.http().resolve("/v1/ingest"), bomb, "application/x-ndjson", "gzip");
    assertThat(answer.statusCode()).isEqualTo(413);
    HttpResponse<String> otlp =
        post(kyma.otlpHttp().resolve("/v1/logs"), bomb, "application/x-protobuf", "gzip");
    assertThat(otlp.statusCode()).isEqualTo(413);
    assertThat(client.ingest("after_bomb", "{\"n\":1}\n", Map.of()).status()).isEqualTo(200);
  }

  @Test
  void brokenGzipIsMalformed(KymaProcess kyma) throws Exception {
    HttpResponse<String> answer =
        post(
            kyma.http().resolve("/v1/ingest"),
            "not gzip".getBytes(StandardCharsets.UTF_8),
            "application/x-ndjson",
            "gzip");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertProblem(answer);
  }

  @Test
  void unknownTableIsAnsweredWhenAutoCreateIsOff(KymaClient client) {
    KymaClient.Answer answer =
        client.ingest("never_created", "{\"n\":1}\n", Map.of("X-Auto-Create", "false"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().required("code").asText()).isNotEmpty();
  }

  @Test
  void missingAndInvalidTableNamesAreRefused(KymaProcess kyma, KymaClient client) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(kyma.http().resolve("/v1/ingest"))
                  .header("Content-Type", "application/x-ndjson")
                  .POST(HttpRequest.BodyPublishers.ofString("{}\n"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(400);
      assertProblem(answer);
    }
    assertThat(client.ingest("no/slashes", "{}\n", Map.of()).status()).isBetween(400, 422);
  }

  @Test
  void unsupportedMediaTypeIsNamed(KymaProcess kyma) throws Exception {
    HttpResponse<String> answer =
        post(
            kyma.http().resolve("/v1/ingest"),
            "<rows/>".getBytes(StandardCharsets.UTF_8),
            "application/xml",
            "");
    assertThat(answer.statusCode()).isEqualTo(415);
    assertProblem(answer);
  }

  @Test
  void wrongTypeForADeclaredColumnIsRejectedWithItsLine(KymaClient client) {
    client.query("CREATE TABLE typed (n BIGINT NOT NULL)");
    KymaClient.Answer answer = client.ingest("typed", "{\"n\":1}\n{\"n\":\"many\"}\n", Map.of());
    assertThat(answer.status()).isIn(200, 422);
    assertThat(answer.body().toString()).contains("2");
    assertThat(client.query("SELECT count(*) FROM typed WHERE n IS NULL").single().asLong())
        .isZero();
  }

  private static void assertProblem(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body()).contains("\"code\"").doesNotContain("\tat ");
  }

  private static HttpResponse<String> post(URI uri, byte[] body, String type, String encoding)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", type)
            .header("X-Table", "bad_input")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!encoding.isEmpty()) {
      request.header("Content-Encoding", encoding);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(content);
    }
    return zipped.toByteArray();
  }
}
