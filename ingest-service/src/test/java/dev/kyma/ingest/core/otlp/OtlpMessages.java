package dev.kyma.ingest.core.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random export requests in the generated classes: every field set, unset or at its limits. */
final class OtlpMessages {
  private static final List<String> TEXTS =
      List.of(
          "",
          "x",
          "GET /cart",
          "quote \" back \\ slash",
          "line\nfeed\ttab",
          "naïve 日本 🎉",
          "\u0001");
  private static final double[] DOUBLES = {
    0,
    -0.0,
    1,
    -10,
    0.1,
    637.704,
    1e300,
    5e-324,
    1e15,
    123456789012345680.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };
  private static final long[] LONGS = {0, 1, -1, 42, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53};

  private final Random random;

  OtlpMessages(Random random) {
    this.random = random;
  }

  ExportLogsServiceRequest logs() {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      ResourceLogs.Builder resource = ResourceLogs.newBuilder().setSchemaUrl(text());
      if (random.nextBoolean()) {
        resource.setResource(resource());
      }
      for (int j = random.nextInt(3); j >= 0; j--) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder().setSchemaUrl(text());
        if (random.nextBoolean()) {
          scope.setScope(scope());
        }
        for (int k = random.nextInt(5); k > 0; k--) {
          scope.addLogRecords(log());
        }
        resource.addScopeLogs(scope);
      }
      request.addResourceLogs(resource);
    }
    return request.build();
  }

  ExportTraceServiceRequest traces() {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      ResourceSpans.Builder resource = ResourceSpans.newBuilder().setResource(resource());
      ScopeSpans.Builder scope = ScopeSpans.newBuilder().setScope(scope());
      for (int k = random.nextInt(5); k > 0; k--) {
        scope.addSpans(span());
      }
      request.addResourceSpans(resource.addScopeSpans(scope));
    }
    return request.build();
  }

  ExportMetricsServiceRequest metrics() {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    ScopeMetrics.Builder scope = ScopeMetrics.newBuilder().setScope(scope());
    for (int k = random.nextInt(8); k > 0; k--) {
      scope.addMetrics(metric());
    }
    return request
        .addResourceMetrics(
            ResourceMetrics.newBuilder().setResource(resource()).addScopeMetrics(scope))
        .build();
  }

  private LogRecord log() {
    LogRecord.Builder log =
        LogRecord.newBuilder()
            .setTimeUnixNano(time())
            .setObservedTimeUnixNano(time())
            .setSeverityNumberValue(random.nextInt(25))
            .setSeverityText(text())
            .setFlags(random.nextInt())
            .setDroppedAttributesCount(random.nextInt())
            .setTraceId(id(16))
            .setSpanId(id(8))
            .setEventName(text());
    if (random.nextInt(4) > 0) {
      log.setBody(value(0));
    }
    return log.addAllAttributes(attributes(0)).build();
  }

  private Span span() {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(id(16))
            .setSpanId(id(8))
            .setParentSpanId(id(8))
            .setTraceState(text())
            .setName(text())
            .setKindValue(random.nextInt(6))
            .setStartTimeUnixNano(time())
            .setEndTimeUnixNano(time())
            .setDroppedEventsCount(3)
            .addAllAttributes(attributes(0));
    if (random.nextBoolean()) {
      span.setStatus(Status.newBuilder().setCodeValue(random.nextInt(3)).setMessage(text()));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      span.addEvents(
          Span.Event.newBuilder()
              .setTimeUnixNano(time())
              .setName(text())
              .setDroppedAttributesCount(random.nextInt(2))
              .addAllAttributes(attributes(0)));
      span.addLinks(
          Span.Link.newBuilder()
              .setTraceId(id(16))
              .setSpanId(id(8))
              .setTraceState(text())
              .setFlags(random.nextInt(3))
              .setDroppedAttributesCount(random.nextInt(2))
              .addAllAttributes(attributes(0)));
    }
    return span.build();
  }

  private Metric metric() {
    Metric.Builder metric =
        Metric.newBuilder().setName(text()).setDescription(text()).setUnit(text());
    int points = random.nextInt(3);
    switch (random.nextInt(6)) {
      case 0 -> {
        for (int i = 0; i <= points; i++) {
          metric.getGaugeBuilder().addDataPoints(number());
        }
      }
      case 1 -> {
        metric
            .getSumBuilder()
            .setIsMonotonic(random.nextBoolean())
            .setAggregationTemporalityValue(random.nextInt(3));
        for (int i = 0; i <= points; i++) {
          metric.getSumBuilder().addDataPoints(number());
        }
      }
      case 2 -> {
        metric.getHistogramBuilder().setAggregationTemporalityValue(random.nextInt(3));
        for (int i = 0; i <= points; i++) {
          metric.getHistogramBuilder().addDataPoints(histogram());
        }
      }
      case 3 -> {
        metric.getExponentialHistogramBuilder().setAggregationTemporalityValue(random.nextInt(3));
        for (int i = 0; i <= points; i++) {
          metric.getExponentialHistogramBuilder().addDataPoints(exponential());
        }
      }
      case 4 -> {
        for (int i = 0; i <= points; i++) {
          metric.getSummaryBuilder().addDataPoints(summary());
        }
      }
      default -> metric.setGauge(metric.getGauge());
    }
    return metric.build();
  }

  private NumberDataPoint number() {
    NumberDataPoint.Builder point =
        NumberDataPoint.newBuilder()
            .setStartTimeUnixNano(time())
            .setTimeUnixNano(time())
            .setFlags(random.nextInt(8) == 0 ? 1 : 0)
            .addAllAttributes(attributes(0));
    if (random.nextBoolean()) {
      point.addExemplars(exemplar());
    }
    return (random.nextBoolean() ? point.setAsDouble(real()) : point.setAsInt(whole())).build();
  }

  private HistogramDataPoint histogram() {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .setStartTimeUnixNano(time())
            .setTimeUnixNano(time())
            .setCount(random.nextInt(100))
            .addAllAttributes(attributes(0));
    for (int i = random.nextInt(4); i > 0; i--) {
      point.addBucketCounts(whole()).addExplicitBounds(real());
    }
    if (random.nextBoolean()) {
      point.setSum(real()).setMin(real()).setMax(real()).addExemplars(exemplar());
    }
    return point.build();
  }

  private ExponentialHistogramDataPoint exponential() {
    ExponentialHistogramDataPoint.Builder point =
        ExponentialHistogramDataPoint.newBuilder()
            .setTimeUnixNano(time())
            .setCount(random.nextInt(100))
            .setScale(random.nextInt(21) - 10)
            .setZeroCount(random.nextInt(5))
            .setZeroThreshold(random.nextBoolean() ? 0 : 0.5)
            .addAllAttributes(attributes(0));
    if (random.nextBoolean()) {
      point.getPositiveBuilder().setOffset(random.nextInt(9) - 4).addBucketCounts(whole());
      point.getNegativeBuilder().addBucketCounts(1).addBucketCounts(300);
    }
    return point.build();
  }

  private SummaryDataPoint summary() {
    SummaryDataPoint.Builder point =
        SummaryDataPoint.newBuilder()
            .setTimeUnixNano(time())
            .setCount(random.nextInt(100))
            .setSum(real())
            .addAllAttributes(attributes(0));
    for (int i = random.nextInt(3); i > 0; i--) {
      point.addQuantileValues(
          SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(0.99).setValue(real()));
    }
    return point.build();
  }

  private Exemplar exemplar() {
    Exemplar.Builder exemplar =
        Exemplar.newBuilder()
            .setTimeUnixNano(time())
            .setTraceId(id(16))
            .setSpanId(id(8))
            .addAllFilteredAttributes(attributes(0));
    return (random.nextBoolean() ? exemplar.setAsDouble(real()) : exemplar.setAsInt(whole()))
        .build();
  }

  private Resource resource() {
    Resource.Builder resource = Resource.newBuilder().addAllAttributes(attributes(0));
    switch (random.nextInt(4)) {
      case 0 -> resource.addAttributes(attribute("service.name", value(0)));
      case 1, 2 ->
          resource.addAttributes(
              attribute("service.name", AnyValue.newBuilder().setStringValue(text()).build()));
      default -> resource.setDroppedAttributesCount(random.nextInt());
    }
    return resource.build();
  }

  private InstrumentationScope scope() {
    return InstrumentationScope.newBuilder()
        .setName(text())
        .setVersion(text())
        .setDroppedAttributesCount(random.nextInt(2))
        .addAllAttributes(attributes(0))
        .build();
  }

  private List<KeyValue> attributes(int depth) {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(i -> attribute(text() + i, value(depth)))
        .toList();
  }

  private static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private AnyValue value(int depth) {
    AnyValue.Builder value = AnyValue.newBuilder();
    return switch (random.nextInt(depth > 3 ? 6 : 8)) {
      case 0 -> value.setStringValue(text()).build();
      case 1 -> value.setBoolValue(random.nextBoolean()).build();
      case 2 -> value.setIntValue(whole()).build();
      case 3 -> value.setDoubleValue(real()).build();
      case 4 -> value.setBytesValue(id(random.nextInt(5))).build();
      case 5 -> value.build();
      case 6 -> {
        ArrayValue.Builder array = ArrayValue.newBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
          array.addValues(value(depth + 1));
        }
        yield value.setArrayValue(array).build();
      }
      default ->
          value
              .setKvlistValue(KeyValueList.newBuilder().addAllValues(attributes(depth + 1)))
              .build();
    };
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private double real() {
    return random.nextBoolean() ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextGaussian();
  }

  private long whole() {
    return random.nextBoolean() ? LONGS[random.nextInt(LONGS.length)] : random.nextLong();
  }

  private long time() {
    return random.nextInt(4) == 0 ? 0 : random.nextLong() >>> 1;
  }

  private ByteString id(int length) {
    byte[] bytes = new byte[random.nextInt(4) == 0 ? 0 : length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
