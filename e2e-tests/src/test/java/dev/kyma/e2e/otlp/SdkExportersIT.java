package dev.kyma.e2e.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.client.QueryResult;
import dev.kyma.e2e.fixture.RunningKyma;
import dev.kyma.e2e.process.KymaProcess;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The OpenTelemetry SDK's own exporters, over every transport: counts and values by SQL. */
@ExtendWith(RunningKyma.class)
class SdkExportersIT {
  private static final int RECORDS = 1_000;
  private static final long EPOCH_NANOS = 1_700_000_000_000_000_000L;

  enum Transport {
    GRPC,
    GRPC_GZIP,
    HTTP,
    HTTP_GZIP;

    private String compression() {
      return this == GRPC_GZIP || this == HTTP_GZIP ? "gzip" : "none";
    }

    private boolean isGrpc() {
      return this == GRPC || this == GRPC_GZIP;
    }

    SpanExporter spans(KymaProcess kyma) {
      return isGrpc()
          ? OtlpGrpcSpanExporter.builder()
              .setEndpoint(kyma.otlpGrpc().toString())
              .setCompression(compression())
              .build()
          : OtlpHttpSpanExporter.builder()
              .setEndpoint(kyma.otlpHttp() + "/v1/traces")
              .setCompression(compression())
              .build();
    }

    LogRecordExporter logs(KymaProcess kyma) {
      return isGrpc()
          ? OtlpGrpcLogRecordExporter.builder()
              .setEndpoint(kyma.otlpGrpc().toString())
              .setCompression(compression())
              .build()
          : OtlpHttpLogRecordExporter.builder()
              .setEndpoint(kyma.otlpHttp() + "/v1/logs")
              .setCompression(compression())
              .build();
    }

    MetricExporter metrics(KymaProcess kyma) {
      return isGrpc()
          ? OtlpGrpcMetricExporter.builder()
              .setEndpoint(kyma.otlpGrpc().toString())
              .setCompression(compression())
              .build()
          : OtlpHttpMetricExporter.builder()
              .setEndpoint(kyma.otlpHttp() + "/v1/metrics")
              .setCompression(compression())
              .build();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyLogRecordIsReadBack(Transport transport, KymaProcess kyma, KymaClient client) {
    String service = uniqueService();
    try (OpenTelemetrySdk sdk = sdk(transport, kyma, service)) {
      for (int i = 0; i < RECORDS; i++) {
        sdk.getLogsBridge()
            .get("scope")
            .logRecordBuilder()
            .setTimestamp(EPOCH_NANOS + i, TimeUnit.NANOSECONDS)
            .setSeverity(i % 10 == 0 ? Severity.ERROR : Severity.INFO)
            .setSeverityText(i % 10 == 0 ? "ERROR" : "INFO")
            .setBody("message " + i)
            .setAttribute(AttributeKey.longKey("n"), (long) i)
            .setAttribute(AttributeKey.stringKey("http.method"), i % 2 == 0 ? "GET" : "PUT")
            .emit();
      }
      assertThat(sdk.getSdkLoggerProvider().forceFlush().join(30, TimeUnit.SECONDS).isSuccess())
          .isTrue();
    }
    QueryResult counts =
        client.query(
            "SELECT count(*) AS c, count(DISTINCT body) AS bodies, min(timestamp) AS first,"
                + " sum((attributes ->> 'n')::bigint) AS total,"
                + " count(*) FILTER (WHERE severity_text = 'ERROR') AS errors,"
                + " count(*) FILTER (WHERE attributes['http.method'] = 'GET') AS gets"
                + " FROM otel_logs WHERE service_name = '"
                + service
                + "'");
    assertThat(counts.text(0, "c")).isEqualTo("1000");
    assertThat(counts.text(0, "bodies")).isEqualTo("1000");
    assertThat(counts.text(0, "first")).isEqualTo("2023-11-14T22:13:20.000000000Z");
    assertThat(counts.text(0, "total")).isEqualTo("499500");
    assertThat(counts.text(0, "errors")).isEqualTo("100");
    assertThat(counts.text(0, "gets")).isEqualTo("500");
  }

  @ParameterizedTest
  @EnumSource
  void everySpanIsReadBack(Transport transport, KymaProcess kyma, KymaClient client) {
    String service = uniqueService();
    String parentId;
    String childId;
    try (OpenTelemetrySdk sdk = sdk(transport, kyma, service)) {
      Tracer tracer = sdk.getTracer("scope");
      Span parent =
          tracer
              .spanBuilder("parent")
              .setSpanKind(SpanKind.SERVER)
              .setStartTimestamp(EPOCH_NANOS, TimeUnit.NANOSECONDS)
              .startSpan();
      Span child =
          tracer
              .spanBuilder("child")
              .setParent(Context.root().with(parent))
              .setStartTimestamp(EPOCH_NANOS + 10, TimeUnit.NANOSECONDS)
              .startSpan();
      child.addEvent("an event", EPOCH_NANOS + 12, TimeUnit.NANOSECONDS);
      child.setStatus(StatusCode.ERROR, "broken");
      child.end(EPOCH_NANOS + 15, TimeUnit.NANOSECONDS);
      parent.end(EPOCH_NANOS + 20, TimeUnit.NANOSECONDS);
      parentId = parent.getSpanContext().getSpanId();
      childId = child.getSpanContext().getSpanId();
      assertThat(sdk.getSdkTracerProvider().forceFlush().join(30, TimeUnit.SECONDS).isSuccess())
          .isTrue();
    }
    QueryResult spans =
        client.query(
            "SELECT span_id, parent_span_id, name, duration_ns, status_code, status_message,"
                + " start_time, events FROM otel_traces WHERE service_name = '"
                + service
                + "' ORDER BY start_time");
    assertThat(spans.rows()).hasSize(2);
    assertThat(spans.text(0, "span_id")).isEqualTo(parentId);
    assertThat(spans.text(0, "name")).isEqualTo("parent");
    assertThat(spans.text(0, "duration_ns")).isEqualTo("20");
    assertThat(spans.text(1, "span_id")).isEqualTo(childId);
    assertThat(spans.text(1, "parent_span_id")).isEqualTo(parentId);
    assertThat(spans.text(1, "status_code")).isEqualTo("ERROR");
    assertThat(spans.text(1, "status_message")).isEqualTo("broken");
    assertThat(spans.text(1, "start_time")).isEqualTo("2023-11-14T22:13:20.000000010Z");
    assertThat(spans.rows().get(1).getLast().toString()).contains("an event");
  }

  @ParameterizedTest
  @EnumSource
  void everyMetricPointIsReadBack(Transport transport, KymaProcess kyma, KymaClient client) {
    String service = uniqueService();
    try (OpenTelemetrySdk sdk = sdk(transport, kyma, service)) {
      sdk.getMeter("scope").counterBuilder("requests").build().add(41);
      sdk.getMeter("scope").gaugeBuilder("temperature").build().set(21.5);
      for (int i = 1; i <= 4; i++) {
        sdk.getMeter("scope").histogramBuilder("latency").build().record(i);
      }
      assertThat(sdk.getSdkMeterProvider().forceFlush().join(30, TimeUnit.SECONDS).isSuccess())
          .isTrue();
      // Closing the SDK sends everything once more.
      assertPoints(client, service);
    }
  }

  private static void assertPoints(KymaClient client, String service) {
    QueryResult points =
        client.query(
            "SELECT metric_name, type, is_monotonic, value, count, sum, min, max, temporality"
                + " FROM otel_metrics WHERE service_name = '"
                + service
                + "' ORDER BY metric_name");
    assertThat(points.rows()).hasSize(3);
    assertThat(points.text(0, "metric_name")).isEqualTo("latency");
    assertThat(points.text(0, "count")).isEqualTo("4");
    assertThat(points.rows().get(0).get(5).asDouble()).isEqualTo(10.0);
    assertThat(points.rows().get(0).get(6).asDouble()).isEqualTo(1.0);
    assertThat(points.rows().get(0).get(7).asDouble()).isEqualTo(4.0);
    assertThat(points.text(1, "metric_name")).isEqualTo("requests");
    assertThat(points.text(1, "is_monotonic")).isEqualTo("true");
    assertThat(points.rows().get(1).get(3).asDouble()).isEqualTo(41.0);
    assertThat(points.text(2, "metric_name")).isEqualTo("temperature");
    assertThat(points.rows().get(2).get(3).asDouble()).isEqualTo(21.5);
  }

  private static String uniqueService() {
    return "svc-" + UUID.randomUUID();
  }

  private static OpenTelemetrySdk sdk(Transport transport, KymaProcess kyma, String service) {
    Resource resource =
        Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service));
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(BatchSpanProcessor.builder(transport.spans(kyma)).build())
                .build())
        .setLoggerProvider(
            SdkLoggerProvider.builder()
                .setResource(resource)
                .addLogRecordProcessor(
                    BatchLogRecordProcessor.builder(transport.logs(kyma)).build())
                .build())
        .setMeterProvider(
            SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(
                    PeriodicMetricReader.builder(transport.metrics(kyma))
                        .setInterval(Duration.ofDays(1))
                        .build())
                .build())
        .build();
  }
}
