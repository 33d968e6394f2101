package dev.kyma.ingest.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.equalTo;

import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.kyma.ingest.RealBackends;
import dev.kyma.ingest.StoredRows;
import dev.kyma.ingest.listener.OtlpHttpListener;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OTLP in all its encodings into a real broker, and what the log holds then. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class OtlpIT {
  private static final String PROTOBUF = "application/x-protobuf";

  @Inject StoredRows stored;
  @Inject OtlpHttpListener listener;

  private ManagedChannel channel;

  @BeforeEach
  void open() {
    int port = ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class);
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  @AfterEach
  void close() throws InterruptedException {
    assertThat(channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void recordsSentByGrpcLand() {
    ExportLogsServiceResponse response =
        LogsServiceGrpc.newBlockingStub(channel).export(logs("by grpc"));
    assertThat(response.hasPartialSuccess()).isFalse();
    LogsServiceGrpc.newBlockingStub(channel).withCompression("gzip").export(logs("by gzip grpc"));
    assertThat(bodies()).contains("by grpc", "by gzip grpc");
  }

  @Test
  void capturedSpansAndMetricsSentByGrpcLand() throws IOException {
    TraceServiceGrpc.newBlockingStub(channel)
        .export(ExportTraceServiceRequest.parseFrom(bytes("001_v1_traces.pb")));
    MetricsServiceGrpc.newBlockingStub(channel)
        .export(ExportMetricsServiceRequest.parseFrom(bytes("003_v1_metrics.pb")));
    assertThat(stored.rows("otel_traces")).hasSizeGreaterThanOrEqualTo(200);
    assertThat(stored.rows("otel_metrics")).hasSizeGreaterThanOrEqualTo(5);
  }

  @Test
  void recordsThatCannotBeStoredAreAPartialSuccess() {
    ExportLogsServiceRequest request =
        logs("kept").toBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder()
                    .addScopeLogs(
                        ScopeLogs.newBuilder()
                            .addLogRecords(LogRecord.newBuilder().setTimeUnixNano(-1))))
            .build();
    ExportLogsServiceResponse response = LogsServiceGrpc.newBlockingStub(channel).export(request);
    assertThat(response.getPartialSuccess().getRejectedLogRecords()).isEqualTo(1);
    assertThat(response.getPartialSuccess().getErrorMessage()).contains("2262");
    assertThat(bodies()).contains("kept");
    given()
        .contentType("application/json")
        .body(
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":"
                + "[{\"timeUnixNano\":\"18446744073709551615\"}]}]}]}")
        .post("/v1/logs")
        .then()
        .statusCode(200)
        .body("partialSuccess.rejectedLogRecords", equalTo("1"));
  }

  @Test
  void malformedMessagesAreInvalidArgumentOnGrpc() {
    MethodDescriptor<byte[], byte[]> export =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(LogsServiceGrpc.getExportMethod().getFullMethodName())
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(
            () ->
                ClientCalls.blockingUnaryCall(
                    channel,
                    export,
                    CallOptions.DEFAULT,
                    "no protobuf".getBytes(StandardCharsets.US_ASCII)))
        .satisfies(
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT);
              assertThat(e.getStatus().getDescription()).contains("protobuf");
            });
  }

  @Test
  void protobufOverHttpIsAnsweredInProtobuf() throws IOException {
    byte[] answer =
        given()
            .contentType(PROTOBUF)
            .body(logs("by http").toByteArray())
            .post("/v1/logs")
            .then()
            .statusCode(200)
            .contentType(PROTOBUF)
            .extract()
            .asByteArray();
    assertThat(ExportLogsServiceResponse.parseFrom(answer))
        .isEqualTo(ExportLogsServiceResponse.getDefaultInstance());
    given()
        .contentType(PROTOBUF)
        .header("Content-Encoding", "gzip")
        .body(gzip(logs("by gzip http").toByteArray()))
        .post("/v1/logs")
        .then()
        .statusCode(200);
    assertThat(bodies()).contains("by http", "by gzip http");
  }

  @Test
  void thePortOfOtlpTakesTheSame() {
    given()
        .port(listener.port())
        .contentType(PROTOBUF)
        .header("Content-Encoding", "gzip")
        .body(gzip(logs("by the other port").toByteArray()))
        .post("/v1/logs")
        .then()
        .statusCode(200);
    assertThat(bodies()).contains("by the other port");
  }

  @Test
  void publishedExamplesAndCapturedBodiesAreTakenAsTheyAre() throws IOException {
    for (Map.Entry<String, String> example :
        Map.of(
                "logs.json", "/v1/logs",
                "events.json", "/v1/logs",
                "trace.json", "/v1/traces",
                "metrics.json", "/v1/metrics")
            .entrySet()) {
      given()
          .contentType("application/json")
          .body(bytes(example.getKey()))
          .post(example.getValue())
          .then()
          .statusCode(200)
          .contentType("application/json")
          .body(equalTo("{}"));
    }
    for (Map.Entry<String, String> captured :
        Map.of(
                "001_v1_traces.pb", "/v1/traces",
                "002_v1_logs.pb", "/v1/logs",
                "003_v1_metrics.pb", "/v1/metrics",
                "004_v1_metrics.pb", "/v1/metrics")
            .entrySet()) {
      given()
          .contentType(PROTOBUF)
          .body(bytes(captured.getKey()))
          .post(captured.getValue())
          .then()
          .statusCode(200);
    }
    assertThat(stored.rows("otel_logs"))
        .anySatisfy(
            row ->
                assertThat(row)
                    .containsEntry("body", "Example log record")
                    .containsEntry("trace_id", "5b8efff798038103d269b633813fc60c"))
        .anySatisfy(row -> assertThat(row).containsEntry("event_name", "browser.page_view"));
    assertThat(stored.rows("otel_traces"))
        .anySatisfy(row -> assertThat(row).containsEntry("name", "I'm a server span"));
    assertThat(stored.rows("otel_metrics"))
        .extracting(row -> row.get("metric_name"))
        .contains("my.counter", "my.gauge", "my.histogram", "my.exponential.histogram");
  }

  @Test
  void malformedBodiesAreAnsweredByAStatusInTheirEncoding() throws IOException {
    byte[] status =
        given()
            .contentType(PROTOBUF)
            .body("no protobuf".getBytes(StandardCharsets.US_ASCII))
            .post("/v1/traces")
            .then()
            .statusCode(400)
            .contentType(PROTOBUF)
            .extract()
            .asByteArray();
    assertThat(Status.parseFrom(status).getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
    given()
        .contentType("application/json")
        .body("{\"resourceSpans\":[{")
        .post("/v1/traces")
        .then()
        .statusCode(400)
        .body("code", equalTo(3));
    given()
        .contentType(PROTOBUF)
        .header("Content-Encoding", "gzip")
        .body(gzip(new byte[200 << 20]))
        .post("/v1/traces")
        .then()
        .statusCode(413);
    given().contentType("text/plain").body("x").post("/v1/traces").then().statusCode(415);
  }

  private List<Object> bodies() {
    return stored.rows("otel_logs").stream().map(row -> row.get("body")).toList();
  }

  private static ExportLogsServiceRequest logs(String body) {
    LogRecord log =
        LogRecord.newBuilder()
            .setTimeUnixNano(1)
            .setTraceId(ByteString.copyFrom(new byte[16]))
            .setBody(AnyValue.newBuilder().setStringValue(body))
            .build();
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder().addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log)))
        .build();
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = OtlpIT.class.getResourceAsStream("/otlp/" + name)) {
      return in.readAllBytes();
    }
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
