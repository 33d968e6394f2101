package dev.kyma.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.e2e.process.KymaProcess;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With tokens configured, every protocol asks for one. */
class BearerTokenIT {
  private static final String TOKEN = "correct-horse-battery-staple";

  @TempDir static Path directory;
  private static KymaProcess kyma;

  @BeforeAll
  static void start() {
    kyma = KymaProcess.start(directory, Map.of("KYMA_AUTH_TOKENS", TOKEN), List.of());
  }

  @AfterAll
  static void stop() {
    kyma.close();
  }

  @Test
  void restNeedsAToken() throws Exception {
    for (String path : List.of("/v1/query", "/v1/ingest", "/v1/logs", "/q/metrics")) {
      assertThat(post(kyma.http().resolve(path), "").statusCode()).as(path).isEqualTo(401);
    }
    assertThat(post(kyma.http().resolve("/v1/query"), TOKEN + "x").statusCode()).isEqualTo(401);
    HttpResponse<String> answer = post(kyma.http().resolve("/v1/query"), TOKEN);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void otlpOverHttpNeedsAToken() throws Exception {
    assertThat(post(kyma.otlpHttp().resolve("/v1/logs"), "").statusCode()).isEqualTo(401);
    String endpoint = kyma.otlpHttp().resolve("/v1/logs").toString();
    assertThat(export(OtlpHttpLogRecordExporter.builder().setEndpoint(endpoint).build())).isFalse();
    assertThat(
            export(
                OtlpHttpLogRecordExporter.builder()
                    .setEndpoint(endpoint)
                    .addHeader("Authorization", "Bearer " + TOKEN)
                    .build()))
        .isTrue();
  }

  @Test
  void otlpOverGrpcNeedsAToken() {
    String endpoint = kyma.otlpGrpc().toString();
    assertThat(export(OtlpGrpcLogRecordExporter.builder().setEndpoint(endpoint).build())).isFalse();
    assertThat(
            export(
                OtlpGrpcLogRecordExporter.builder()
                    .setEndpoint(endpoint)
                    .addHeader("authorization", "Bearer " + TOKEN)
                    .build()))
        .isTrue();
  }

  @Test
  void healthProbesNeedNone() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest probe = HttpRequest.newBuilder(kyma.http().resolve("/q/health/ready")).build();
      assertThat(client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
    }
  }

  private static HttpResponse<String> post(URI uri, String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/sql")
            .POST(HttpRequest.BodyPublishers.ofString("SELECT 1"));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  /** Whether an exporter of the SDK was told that its record is stored. */
  private static boolean export(LogRecordExporter exporter) {
    Recording recording = new Recording(exporter, new ArrayList<>());
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .addLogRecordProcessor(SimpleLogRecordProcessor.create(recording))
            .build()) {
      provider.get("token").logRecordBuilder().setBody("hello").emit();
      assertThat(recording.results()).hasSize(1);
      return recording.results().getFirst().join(20, TimeUnit.SECONDS).isSuccess();
    }
  }

  /** An exporter that keeps what the real one answered. */
  private record Recording(LogRecordExporter exporter, List<CompletableResultCode> results)
      implements LogRecordExporter {
    @Override
    public CompletableResultCode export(Collection<LogRecordData> logs) {
      CompletableResultCode result = exporter.export(logs);
      results.add(result);
      return result;
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }
}
