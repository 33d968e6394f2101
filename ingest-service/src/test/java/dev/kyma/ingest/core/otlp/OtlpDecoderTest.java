package dev.kyma.ingest.core.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.kyma.ingest.core.Cells;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OtlpDecoderTest {
  private static final long NOW = 1_700_000_000_000_000_000L;
  private static final long MAX_BYTES = 1L << 30;
  private static final int ROUNDS = 150;

  @Test
  void logsAreWhatTheGeneratedClassesSay() throws Exception {
    long seed = System.nanoTime();
    OtlpMessages messages = new OtlpMessages(new Random(seed));
    for (int i = 0; i < ROUNDS; i++) {
      ExportLogsServiceRequest request = messages.logs();
      List<Map<String, Object>> expected = new OtlpOracle(NOW).logs(request);
      assertThat(protobuf(OtlpSignal.LOGS, request)).as("seed " + seed).isEqualTo(expected);
      assertThat(json(OtlpSignal.LOGS, request)).as("seed " + seed).isEqualTo(expected);
    }
  }

  @Test
  void spansAreWhatTheGeneratedClassesSay() throws Exception {
    long seed = System.nanoTime();
    OtlpMessages messages = new OtlpMessages(new Random(seed));
    for (int i = 0; i < ROUNDS; i++) {
      ExportTraceServiceRequest request = messages.traces();
      List<Map<String, Object>> expected = new OtlpOracle(NOW).traces(request);
      assertThat(protobuf(OtlpSignal.TRACES, request)).as("seed " + seed).isEqualTo(expected);
      assertThat(json(OtlpSignal.TRACES, request)).as("seed " + seed).isEqualTo(expected);
    }
  }

  @Test
  void dataPointsAreWhatTheGeneratedClassesSay() throws Exception {
    long seed = System.nanoTime();
    OtlpMessages messages = new OtlpMessages(new Random(seed));
    for (int i = 0; i < ROUNDS; i++) {
      ExportMetricsServiceRequest request = messages.metrics();
      List<Map<String, Object>> expected = new OtlpOracle(NOW).metrics(request);
      assertThat(protobuf(OtlpSignal.METRICS, request)).as("seed " + seed).isEqualTo(expected);
      assertThat(json(OtlpSignal.METRICS, request)).as("seed " + seed).isEqualTo(expected);
    }
  }

  @Test
  void resourceAndNameMayStandBehindWhatTheyDescribe() throws Exception {
    ExportLogsServiceRequest first =
        ExportLogsServiceRequest.parseFrom(new OtlpMessages(new Random(7)).logs().toByteArray());
    // Protobuf merges two messages written one after the other: resources come after records then.
    ResourceLogs records = first.getResourceLogs(0).toBuilder().clearResource().build();
    ResourceLogs resource =
        ResourceLogs.newBuilder().setResource(first.getResourceLogs(0).getResource()).build();
    ByteString merged = records.toByteString().concat(resource.toByteString());
    byte[] body =
        ByteString.copyFrom(new byte[] {0x0A})
            .concat(varint(merged.size()))
            .concat(merged)
            .toByteArray();
    assertThat(decode(OtlpSignal.LOGS, body))
        .isEqualTo(
            new OtlpOracle(NOW)
                .logs(
                    ExportLogsServiceRequest.newBuilder()
                        .addResourceLogs(first.getResourceLogs(0))
                        .build()));
  }

  @Test
  void anyCutOrFlippedByteIsMalformedOrStillDecodes() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] body = new OtlpMessages(new Random(3)).traces().toByteArray();
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = body.clone();
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(damaged.length + 1);
      try {
        OtlpDecoder.of(OtlpSignal.TRACES, NOW, MAX_BYTES).decode(damaged, length);
      } catch (MalformedOtlpException expected) {
        assertThat(expected.getMessage()).as("seed " + seed).isNotEmpty();
      }
    }
  }

  @Test
  void deepValuesRejectOnlyTheirRecord() throws Exception {
    AnyValue deep = AnyValue.newBuilder().setIntValue(1).build();
    for (int i = 0; i < 300; i++) {
      deep = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(deep)).build();
    }
    ExportLogsServiceRequest request =
        logs(
            LogRecord.newBuilder().setBody(deep).build(),
            LogRecord.newBuilder().setSeverityText("kept").build());
    DecodedRequest decoded =
        OtlpDecoder.of(OtlpSignal.LOGS, NOW, MAX_BYTES)
            .decode(request.toByteArray(), request.getSerializedSize());
    assertThat(decoded.accepted()).isEqualTo(1);
    assertThat(decoded.rejected()).isEqualTo(1);
    assertThat(decoded.reason()).contains("nest");
  }

  @Test
  void invalidTextAndTimesRejectOnlyTheirRecord() throws Exception {
    byte[] good = LogRecord.newBuilder().setSeverityText("kept").build().toByteArray();
    byte[] badText = {0x1A, 2, (byte) 0xC3, 0x28};
    byte[] badTime = {9, -1, -1, -1, -1, -1, -1, -1, -1};
    ByteString records =
        field(0x12, badText).concat(field(0x12, good)).concat(field(0x12, badTime));
    byte[] body = field(0x0A, field(0x12, records.toByteArray()).toByteArray()).toByteArray();
    DecodedRequest decoded =
        OtlpDecoder.of(OtlpSignal.LOGS, NOW, MAX_BYTES).decode(body, body.length);
    assertThat(decoded.rejected()).isEqualTo(2);
    assertThat(Cells.of(OtlpSignal.LOGS.schema(), decoded.batches()))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("severity_text", "kept"));
  }

  @Test
  void aResourceRepeatedForManyRecordsIsBounded() throws Exception {
    ResourceLogs.Builder resource = ResourceLogs.newBuilder();
    resource
        .getResourceBuilder()
        .addAttributesBuilder()
        .setKey("large")
        .setValue(AnyValue.newBuilder().setStringValue("x".repeat(100_000)));
    ScopeLogs.Builder scope = resource.addScopeLogsBuilder();
    for (int i = 0; i < 100; i++) {
      scope.addLogRecordsBuilder().setSeverityNumberValue(9);
    }
    byte[] body =
        ExportLogsServiceRequest.newBuilder().addResourceLogs(resource).build().toByteArray();
    DecodedRequest decoded =
        OtlpDecoder.of(OtlpSignal.LOGS, NOW, 1_000_000).decode(body, body.length);
    assertThat(decoded.accepted()).isEqualTo(9);
    assertThat(decoded.rejected()).isEqualTo(91);
    assertThat(decoded.bytes()).isLessThanOrEqualTo(1_000_000);
  }

  @Test
  void publishedExamplesAreReadAsTheyAre() throws Exception {
    Map<String, Object> log = resource(OtlpSignal.LOGS, "logs.json").getFirst();
    assertThat(log)
        .containsEntry("timestamp", 1_544_712_660_300_000_000L)
        .containsEntry("severity_number", 10L)
        .containsEntry("severity_text", "Information")
        .containsEntry("body", "Example log record")
        .containsEntry("service_name", "my.service")
        .containsEntry("trace_id", "5b8efff798038103d269b633813fc60c")
        .containsEntry("span_id", "eee19b7ec3c1b174")
        .containsEntry("scope_name", "my.library")
        .containsEntry("scope_version", "1.0.0")
        .containsEntry(
            "attributes",
            "{\"string.attribute\":\"some string\",\"boolean.attribute\":true,"
                + "\"int.attribute\":10,\"double.attribute\":637.704,"
                + "\"array.attribute\":[\"many\",\"values\"],"
                + "\"map.attribute\":{\"some.map.key\":\"some value\"}}")
        .containsEntry("resource", "{\"service.name\":\"my.service\"}")
        .containsEntry(
            "scope",
            "{\"name\":\"my.library\",\"version\":\"1.0.0\","
                + "\"attributes\":{\"my.scope.attribute\":\"some scope attribute\"}}");
    Map<String, Object> event = resource(OtlpSignal.LOGS, "events.json").getFirst();
    assertThat(event).containsEntry("event_name", "browser.page_view").doesNotContainKey("body");
    assertThat((String) event.get("body_json")).startsWith("{\"type\":0,\"url\":\"https://www.");
    assertThat(resource(OtlpSignal.TRACES, "trace.json").getFirst())
        .containsEntry("name", "I'm a server span")
        .containsEntry("kind", "SERVER")
        .containsEntry("duration_ns", 1_000_000_000L)
        .containsEntry("parent_span_id", "eee19b7ec3c1b173")
        .containsEntry("status_code", "UNSET");
    List<Map<String, Object>> points = resource(OtlpSignal.METRICS, "metrics.json");
    assertThat(points)
        .extracting(row -> row.get("type"))
        .containsExactly("sum", "gauge", "histogram", "exponential_histogram");
    assertThat(points.get(0))
        .containsEntry("value", 5.0)
        .containsEntry("temporality", "DELTA")
        .containsEntry("is_monotonic", true);
    assertThat(points.get(2)).containsEntry("buckets", "{\"bounds\":[1.0],\"counts\":[1,1]}");
    assertThat(points.get(3))
        .containsEntry(
            "buckets",
            "{\"scale\":0,\"zero_count\":1,\"zero_threshold\":0.0,"
                + "\"positive\":{\"offset\":1,\"counts\":[0,2]}}");
  }

  @Test
  void capturedBodiesAreWhatTheGeneratedClassesSay() throws Exception {
    byte[] traces = bytes("001_v1_traces.pb");
    assertThat(decode(OtlpSignal.TRACES, traces))
        .hasSize(200)
        .isEqualTo(new OtlpOracle(NOW).traces(ExportTraceServiceRequest.parseFrom(traces)));
    byte[] logs = bytes("002_v1_logs.pb");
    assertThat(decode(OtlpSignal.LOGS, logs))
        .hasSize(100)
        .isEqualTo(new OtlpOracle(NOW).logs(ExportLogsServiceRequest.parseFrom(logs)));
    byte[] metrics = bytes("003_v1_metrics.pb");
    assertThat(decode(OtlpSignal.METRICS, metrics))
        .isEqualTo(new OtlpOracle(NOW).metrics(ExportMetricsServiceRequest.parseFrom(metrics)));
  }

  @Test
  void jsonWithWrongValuesIsMalformed() {
    for (String body :
        List.of(
            "",
            "[]",
            "{",
            "{\"resourceLogs\":[{]}",
            "{\"resourceLogs\":7}",
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"traceId\":\"xyz\"}]}]}]}",
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"soon\"}]}]}]}",
            "{} {}")) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      assertThatExceptionOfType(MalformedOtlpException.class)
          .as(body)
          .isThrownBy(() -> OtlpJson.transcode(OtlpSignal.LOGS, bytes, bytes.length));
    }
  }

  @Test
  void jsonKnowsNamesOfEnumsAndIgnoresUnknownFields() throws Exception {
    String body =
        "{\"unknown\":{\"a\":[1]},\"resource_logs\":[{\"scopeLogs\":[{\"logRecords\":["
            + "{\"severityNumber\":\"SEVERITY_NUMBER_WARN2\",\"time_unix_nano\":5,"
            + "\"body\":null,\"attributes\":[]}]}]}]}";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    OtlpJson.Protobuf request = OtlpJson.transcode(OtlpSignal.LOGS, bytes, bytes.length);
    DecodedRequest decoded =
        OtlpDecoder.of(OtlpSignal.LOGS, NOW, MAX_BYTES).decode(request.bytes(), request.length());
    assertThat(Cells.of(OtlpSignal.LOGS.schema(), decoded.batches()))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("severity_number", 14L)
                    .containsEntry("timestamp", 5L));
  }

  private static ExportLogsServiceRequest logs(LogRecord... records) {
    ScopeLogs scope = ScopeLogs.newBuilder().addAllLogRecords(List.of(records)).build();
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
        .build();
  }

  private static ByteString field(int tag, byte[] message) {
    return ByteString.copyFrom(new byte[] {(byte) tag})
        .concat(varint(message.length))
        .concat(ByteString.copyFrom(message));
  }

  private static ByteString varint(int value) {
    WireWriter out = new WireWriter(10);
    out.varint(value);
    return ByteString.copyFrom(out.data(), 0, out.length());
  }

  private static List<Map<String, Object>> protobuf(OtlpSignal signal, Message request)
      throws MalformedOtlpException {
    return decode(signal, request.toByteArray());
  }

  private static List<Map<String, Object>> json(OtlpSignal signal, Message request)
      throws Exception {
    byte[] body = hexIds(JsonFormat.printer().print(request)).getBytes(StandardCharsets.UTF_8);
    OtlpJson.Protobuf transcoded = OtlpJson.transcode(signal, body, body.length);
    return rows(
        signal,
        OtlpDecoder.of(signal, NOW, MAX_BYTES).decode(transcoded.bytes(), transcoded.length()));
  }

  /** The library writes ids as base64, OTLP wants them hexadecimal. */
  private static String hexIds(String json) {
    return Pattern.compile("\"(traceId|spanId|parentSpanId)\": \"([^\"]*)\"")
        .matcher(json)
        .replaceAll(
            match ->
                "\""
                    + match.group(1)
                    + "\": \""
                    + HexFormat.of().formatHex(Base64.getDecoder().decode(match.group(2)))
                    + "\"");
  }

  private static List<Map<String, Object>> decode(OtlpSignal signal, byte[] body)
      throws MalformedOtlpException {
    return rows(signal, OtlpDecoder.of(signal, NOW, MAX_BYTES).decode(body, body.length));
  }

  private static List<Map<String, Object>> rows(OtlpSignal signal, DecodedRequest decoded) {
    assertThat(decoded.rejected()).as(decoded.reason()).isZero();
    return Cells.of(signal.schema(), decoded.batches());
  }

  private static List<Map<String, Object>> resource(OtlpSignal signal, String name)
      throws Exception {
    byte[] body = bytes(name);
    OtlpJson.Protobuf request = OtlpJson.transcode(signal, body, body.length);
    return rows(
        signal, OtlpDecoder.of(signal, NOW, MAX_BYTES).decode(request.bytes(), request.length()));
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = OtlpDecoderTest.class.getResourceAsStream("/otlp/" + name)) {
      return in.readAllBytes();
    }
  }
}
