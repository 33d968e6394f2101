package dev.kyma.e2e.demo;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The OpenTelemetry SDK as one pod would have it, replaying records under their own ids and times.
 * Used by one thread.
 */
final class PodTelemetry implements AutoCloseable {
  private static final String SCOPE = "kyma-demo";
  private static final int QUEUE = 4_096;
  private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(30);

  private final ReplayedIds ids = new ReplayedIds();
  private final ReplayedClock clock = new ReplayedClock();
  private final OpenTelemetrySdk sdk;
  private int queued;

  /**
   * @param endpoint where OTLP over gRPC is spoken
   */
  PodTelemetry(String service, String pod, String endpoint) {
    Resource resource =
        Resource.create(
            Attributes.of(
                AttributeKey.stringKey("service.name"), service,
                AttributeKey.stringKey("k8s.pod.name"), pod));
    this.sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .setResource(resource)
                    .setIdGenerator(ids)
                    .addSpanProcessor(
                        BatchSpanProcessor.builder(
                                OtlpGrpcSpanExporter.builder().setEndpoint(endpoint).build())
                            .setMaxQueueSize(QUEUE)
                            .build())
                    .build())
            .setLoggerProvider(
                SdkLoggerProvider.builder()
                    .setResource(resource)
                    .addLogRecordProcessor(
                        BatchLogRecordProcessor.builder(
                                OtlpGrpcLogRecordExporter.builder().setEndpoint(endpoint).build())
                            .setMaxQueueSize(QUEUE)
                            .build())
                    .build())
            .setMeterProvider(
                SdkMeterProvider.builder()
                    .setResource(resource)
                    .setClock(clock)
                    .registerMetricReader(
                        PeriodicMetricReader.builder(
                                OtlpGrpcMetricExporter.builder().setEndpoint(endpoint).build())
                            .setInterval(Duration.ofDays(1))
                            .build())
                    .build())
            .build();
  }

  /** Hands a record to the SDK, waiting when its queue is full: the SDK would drop it. */
  void send(SampleRecord record) {
    switch (record) {
      case SampleRecord.Log log -> send(log);
      case SampleRecord.Span span -> send(span);
      case SampleRecord.Gauge gauge -> send(gauge);
    }
    if (++queued == QUEUE / 2) {
      flush();
    }
  }

  private void send(SampleRecord.Log log) {
    LogRecordBuilder builder =
        sdk.getLogsBridge()
            .get(SCOPE)
            .logRecordBuilder()
            .setTimestamp(log.time(), TimeUnit.NANOSECONDS)
            .setObservedTimestamp(log.time(), TimeUnit.NANOSECONDS)
            .setContext(contextOf(log.trace(), log.span()))
            .setSeverity(Severity.valueOf(log.severity()))
            .setSeverityText(log.severity())
            .setBody(log.body());
    log.attributes()
        .forEach(
            (name, value) -> {
              switch (value) {
                case Integer number ->
                    builder.setAttribute(AttributeKey.longKey(name), number.longValue());
                case Long number -> builder.setAttribute(AttributeKey.longKey(name), number);
                case Double number -> builder.setAttribute(AttributeKey.doubleKey(name), number);
                case Boolean truth -> builder.setAttribute(AttributeKey.booleanKey(name), truth);
                case null, default ->
                    builder.setAttribute(AttributeKey.stringKey(name), String.valueOf(value));
              }
            });
    builder.emit();
  }

  private void send(SampleRecord.Span span) {
    ids.next(span.trace(), span.span());
    SpanBuilder builder =
        sdk.getTracer(SCOPE)
            .spanBuilder(span.name())
            .setStartTimestamp(span.start(), TimeUnit.NANOSECONDS);
    Span started =
        (span.parent().isEmpty()
                ? builder.setNoParent()
                : builder.setParent(contextOf(span.trace(), span.parent())))
            .startSpan();
    if (span.deadlineExceeded()) {
      started.setStatus(StatusCode.ERROR, "deadline of 3 s exceeded");
    }
    started.end(span.end(), TimeUnit.NANOSECONDS);
  }

  private void send(SampleRecord.Gauge gauge) {
    if (clock.now() != gauge.time()) {
      flush();
      clock.set(gauge.time());
    }
    sdk.getMeter(SCOPE).gaugeBuilder(gauge.name()).setUnit(gauge.unit()).build().set(gauge.value());
  }

  /** Waits until the exporters have delivered everything handed over so far. */
  void flush() {
    queued = 0;
    await(sdk.getSdkTracerProvider().forceFlush());
    await(sdk.getSdkLoggerProvider().forceFlush());
    if (clock.now() != 0) {
      await(sdk.getSdkMeterProvider().forceFlush());
    }
  }

  private static void await(CompletableResultCode result) {
    if (!result.join(FLUSH_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).isSuccess()) {
      throw new IllegalStateException("the exporter could not deliver");
    }
  }

  private static Context contextOf(String trace, String span) {
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    trace, span, TraceFlags.getSampled(), TraceState.getDefault())));
  }

  @Override
  public void close() {
    sdk.close();
  }
}
