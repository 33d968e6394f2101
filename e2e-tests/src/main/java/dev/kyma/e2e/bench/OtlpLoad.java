package dev.kyma.e2e.bench;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Sends generated rows as a collector would: OTLP protobuf over HTTP, batches by resource. */
final class OtlpLoad {
  private static final int BATCH_ROWS = 4_000;
  private static final int IN_FLIGHT = 4;

  private final URI logs;

  /**
   * @param otlpHttp the base address of OTLP over HTTP
   */
  OtlpLoad(URI otlpHttp) {
    this.logs = otlpHttp.resolve("/v1/logs");
  }

  /** Sends every row and waits for the last acknowledgement; answers the bytes of all bodies. */
  long send(LogGenerator rows) {
    AtomicLong bytes = new AtomicLong();
    Semaphore slots = new Semaphore(IN_FLIGHT);
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (rows.hasNext()) {
        byte[] body = batch(rows).toByteArray();
        bytes.addAndGet(body.length);
        slots.acquireUninterruptibly();
        answers.add(
            http.sendAsync(
                    HttpRequest.newBuilder(logs)
                        .header("Content-Type", "application/x-protobuf")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                    HttpResponse.BodyHandlers.ofString())
                .thenAccept(OtlpLoad::check)
                .whenComplete((done, failure) -> slots.release()));
      }
      answers.forEach(CompletableFuture::join);
    }
    return bytes.get();
  }

  private static void check(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
    }
  }

  private static ExportLogsServiceRequest batch(LogGenerator rows) {
    Map<List<String>, ScopeLogs.Builder> resources = new LinkedHashMap<>();
    for (int i = 0; i < BATCH_ROWS && rows.hasNext(); i++) {
      LogRow row = rows.next();
      resources
          .computeIfAbsent(
              List.of(row.service(), row.host()),
              key ->
                  ScopeLogs.newBuilder()
                      .setScope(InstrumentationScope.newBuilder().setName("kyma-bench")))
          .addLogRecords(record(row));
    }
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    resources.forEach(
        (key, logs) ->
            request.addResourceLogs(
                ResourceLogs.newBuilder()
                    .setResource(
                        Resource.newBuilder()
                            .addAttributes(attribute("service.name", key.get(0)))
                            .addAttributes(attribute("host.name", key.get(1))))
                    .addScopeLogs(logs)));
    return request.build();
  }

  private static LogRecord record(LogRow row) {
    LogRecord.Builder record =
        LogRecord.newBuilder()
            .setTimeUnixNano(row.timestamp())
            .setObservedTimeUnixNano(row.timestamp())
            .setSeverityNumber(SeverityNumber.forNumber(row.severityNumber()))
            .setSeverityText(row.severityText())
            .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(row.traceId())))
            .setSpanId(ByteString.copyFrom(HexFormat.of().parseHex(row.spanId())))
            .setBody(AnyValue.newBuilder().setStringValue(row.body()));
    row.attributes()
        .forEach(attribute -> record.addAttributes(attribute(attribute.name(), attribute.value())));
    return record.build();
  }

  private static KeyValue attribute(String name, Object value) {
    AnyValue.Builder any = AnyValue.newBuilder();
    switch (value) {
      case Long number -> any.setIntValue(number);
      case Double number -> any.setDoubleValue(number);
      case Boolean truth -> any.setBoolValue(truth);
      default -> any.setStringValue(value.toString());
    }
    return KeyValue.newBuilder().setKey(name).setValue(any).build();
  }
}
