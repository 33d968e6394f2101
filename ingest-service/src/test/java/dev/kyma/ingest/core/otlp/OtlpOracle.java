package dev.kyma.ingest.core.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows requests stand for, worked out from the generated classes. */
final class OtlpOracle {
  private final long now;
  private final List<Map<String, Object>> rows = new ArrayList<>();

  OtlpOracle(long now) {
    this.now = now;
  }

  List<Map<String, Object>> logs(ExportLogsServiceRequest request) {
    for (ResourceLogs resource : request.getResourceLogsList()) {
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        for (LogRecord log : scope.getLogRecordsList()) {
          Map<String, Object> row = new LinkedHashMap<>();
          long time = log.getTimeUnixNano();
          long observed = log.getObservedTimeUnixNano();
          row.put("timestamp", time != 0 ? time : observed != 0 ? observed : now);
          if (observed != 0) {
            row.put("observed_timestamp", observed);
          }
          row.put("severity_number", (long) log.getSeverityNumberValue());
          row.put("severity_text", log.getSeverityText());
          if (log.getBody().hasStringValue()) {
            row.put("body", log.getBody().getStringValue());
          } else if (log.getBody().getValueCase() != AnyValue.ValueCase.VALUE_NOT_SET) {
            row.put("body_json", json(log.getBody()));
          }
          row.put("service_name", serviceName(resource.getResource()));
          row.put("trace_id", hex(log.getTraceId()));
          row.put("span_id", hex(log.getSpanId()));
          row.put("flags", Integer.toUnsignedLong(log.getFlags()));
          row.put("event_name", log.getEventName());
          putJson(row, "attributes", object(log.getAttributesList()));
          putJson(row, "resource", resource(resource.getResource(), resource.getSchemaUrl()));
          putJson(row, "scope", scope(scope.getScope(), scope.getSchemaUrl()));
          row.put("scope_name", scope.getScope().getName());
          row.put("scope_version", scope.getScope().getVersion());
          row.put(
              "dropped_attributes_count", Integer.toUnsignedLong(log.getDroppedAttributesCount()));
          rows.add(row);
        }
      }
    }
    return rows;
  }

  List<Map<String, Object>> traces(ExportTraceServiceRequest request) {
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          Map<String, Object> row = new LinkedHashMap<>();
          long start = span.getStartTimeUnixNano();
          long end = span.getEndTimeUnixNano();
          row.put("start_time", start != 0 ? start : end != 0 ? end : now);
          if (end != 0) {
            row.put("end_time", end);
            row.put("duration_ns", start == 0 ? 0L : end - start);
          }
          row.put("trace_id", hex(span.getTraceId()));
          row.put("span_id", hex(span.getSpanId()));
          row.put("parent_span_id", hex(span.getParentSpanId()));
          row.put("trace_state", span.getTraceState());
          row.put("name", span.getName());
          row.put("kind", span.getKind().name().replace("SPAN_KIND_", ""));
          row.put("status_code", span.getStatus().getCode().name().replace("STATUS_CODE_", ""));
          row.put("status_message", span.getStatus().getMessage());
          row.put("service_name", serviceName(resource.getResource()));
          putJson(row, "attributes", object(span.getAttributesList()));
          putJson(row, "resource", resource(resource.getResource(), ""));
          putJson(row, "scope", scope(scope.getScope(), ""));
          putJson(row, "events", list(span.getEventsList().stream().map(OtlpOracle::event)));
          putJson(row, "links", list(span.getLinksList().stream().map(OtlpOracle::link)));
          rows.add(row);
        }
      }
    }
    return rows;
  }

  List<Map<String, Object>> metrics(ExportMetricsServiceRequest request) {
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          Map<String, Object> common = new LinkedHashMap<>();
          common.put("metric_name", metric.getName());
          common.put("description", metric.getDescription());
          common.put("unit", metric.getUnit());
          common.put("service_name", serviceName(resource.getResource()));
          putJson(common, "resource", resource(resource.getResource(), ""));
          putJson(common, "scope", scope(scope.getScope(), ""));
          points(metric, common);
        }
      }
    }
    return rows;
  }

  private void points(Metric metric, Map<String, Object> common) {
    switch (metric.getDataCase()) {
      case GAUGE -> metric.getGauge().getDataPointsList().forEach(p -> number("gauge", common, p));
      case SUM -> {
        putTemporality(common, metric.getSum().getAggregationTemporality());
        common.put("is_monotonic", metric.getSum().getIsMonotonic());
        metric.getSum().getDataPointsList().forEach(p -> number("sum", common, p));
      }
      case HISTOGRAM -> {
        putTemporality(common, metric.getHistogram().getAggregationTemporality());
        metric.getHistogram().getDataPointsList().forEach(p -> histogram(common, p));
      }
      case EXPONENTIAL_HISTOGRAM -> {
        putTemporality(common, metric.getExponentialHistogram().getAggregationTemporality());
        metric.getExponentialHistogram().getDataPointsList().forEach(p -> exponential(common, p));
      }
      case SUMMARY -> metric.getSummary().getDataPointsList().forEach(p -> summary(common, p));
      case DATA_NOT_SET -> {}
    }
  }

  private Map<String, Object> point(
      String type, Map<String, Object> common, long start, long time, List<KeyValue> attributes) {
    Map<String, Object> row = new LinkedHashMap<>(common);
    row.put("type", type);
    row.put("timestamp", time != 0 ? time : start != 0 ? start : now);
    if (start != 0) {
      row.put("start_timestamp", start);
    }
    putJson(row, "attributes", object(attributes));
    rows.add(row);
    return row;
  }

  private void number(String type, Map<String, Object> common, NumberDataPoint p) {
    Map<String, Object> row =
        point(type, common, p.getStartTimeUnixNano(), p.getTimeUnixNano(), p.getAttributesList());
    if (p.getFlags() == 0 && p.hasAsInt()) {
      row.put("value", (double) p.getAsInt());
      row.put("value_int", p.getAsInt());
    } else if (p.getFlags() == 0 && p.hasAsDouble()) {
      row.put("value", p.getAsDouble());
    }
    putJson(row, "exemplars", list(p.getExemplarsList().stream().map(OtlpOracle::exemplar)));
  }

  private void histogram(Map<String, Object> common, HistogramDataPoint p) {
    Map<String, Object> row =
        point(
            "histogram",
            common,
            p.getStartTimeUnixNano(),
            p.getTimeUnixNano(),
            p.getAttributesList());
    row.put("count", p.getCount());
    if (p.hasSum()) {
      row.put("sum", p.getSum());
      row.put("min", p.getMin());
      row.put("max", p.getMax());
    }
    if (p.getBucketCountsCount() > 0) {
      row.put(
          "buckets",
          "{\"bounds\":"
              + list(p.getExplicitBoundsList().stream().map(OtlpOracle::number))
              + ",\"counts\":"
              + list(p.getBucketCountsList().stream().map(Long::toUnsignedString))
              + "}");
    }
    putJson(row, "exemplars", list(p.getExemplarsList().stream().map(OtlpOracle::exemplar)));
  }

  private void exponential(Map<String, Object> common, ExponentialHistogramDataPoint p) {
    Map<String, Object> row =
        point(
            "exponential_histogram",
            common,
            p.getStartTimeUnixNano(),
            p.getTimeUnixNano(),
            p.getAttributesList());
    row.put("count", p.getCount());
    row.put(
        "buckets",
        "{\"scale\":"
            + p.getScale()
            + ",\"zero_count\":"
            + p.getZeroCount()
            + ",\"zero_threshold\":"
            + number(p.getZeroThreshold())
            + (p.hasPositive() ? side("positive", p.getPositive()) : "")
            + (p.hasNegative() ? side("negative", p.getNegative()) : "")
            + "}");
  }

  private static String side(String name, ExponentialHistogramDataPoint.Buckets buckets) {
    return ",\""
        + name
        + "\":{\"offset\":"
        + buckets.getOffset()
        + ",\"counts\":"
        + list(buckets.getBucketCountsList().stream().map(Long::toUnsignedString))
        + "}";
  }

  private void summary(Map<String, Object> common, SummaryDataPoint p) {
    Map<String, Object> row =
        point(
            "summary",
            common,
            p.getStartTimeUnixNano(),
            p.getTimeUnixNano(),
            p.getAttributesList());
    row.put("count", p.getCount());
    row.put("sum", p.getSum());
    putJson(
        row,
        "quantiles",
        list(
            p.getQuantileValuesList().stream()
                .map(
                    q ->
                        "{\"quantile\":"
                            + number(q.getQuantile())
                            + ",\"value\":"
                            + number(q.getValue())
                            + "}")));
  }

  private static void putTemporality(Map<String, Object> row, AggregationTemporality temporality) {
    if (temporality != AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED) {
      row.put("temporality", temporality.name().replace("AGGREGATION_TEMPORALITY_", ""));
    }
  }

  private static void putJson(Map<String, Object> row, String column, String json) {
    if (json.length() > 2) {
      row.put(column, json);
    }
  }

  private static String serviceName(Resource resource) {
    String name = "";
    for (KeyValue attribute : resource.getAttributesList()) {
      if (attribute.getKey().equals("service.name")) {
        AnyValue value = attribute.getValue();
        name =
            switch (value.getValueCase()) {
              case STRING_VALUE -> value.getStringValue();
              case VALUE_NOT_SET -> "";
              default -> json(value);
            };
      }
    }
    return name;
  }

  private static String resource(Resource resource, String schemaUrl) {
    String json = object(resource.getAttributesList());
    return trailed(json, schemaUrl, resource.getDroppedAttributesCount());
  }

  private static String scope(InstrumentationScope scope, String schemaUrl) {
    List<String> members = new ArrayList<>();
    if (!scope.getName().isEmpty()) {
      members.add("\"name\":" + string(scope.getName()));
    }
    if (!scope.getVersion().isEmpty()) {
      members.add("\"version\":" + string(scope.getVersion()));
    }
    if (scope.getAttributesCount() > 0) {
      members.add("\"attributes\":" + object(scope.getAttributesList()));
    }
    return trailed(
        "{" + String.join(",", members) + "}", schemaUrl, scope.getDroppedAttributesCount());
  }

  private static String trailed(String object, String schemaUrl, int dropped) {
    String json = object.substring(0, object.length() - 1);
    if (!schemaUrl.isEmpty()) {
      json += (json.length() > 1 ? "," : "") + "\"schema_url\":" + string(schemaUrl);
    }
    if (dropped != 0) {
      json +=
          (json.length() > 1 ? "," : "")
              + "\"dropped_attributes_count\":"
              + Integer.toUnsignedLong(dropped);
    }
    return json + "}";
  }

  private static String event(Span.Event event) {
    return "{\"time_unix_nano\":"
        + event.getTimeUnixNano()
        + ",\"name\":"
        + string(event.getName())
        + attributesAndDropped(event.getAttributesList(), event.getDroppedAttributesCount());
  }

  private static String link(Span.Link link) {
    return "{\"trace_id\":\""
        + hex(link.getTraceId())
        + "\",\"span_id\":\""
        + hex(link.getSpanId())
        + "\""
        + (link.getTraceState().isEmpty() ? "" : ",\"trace_state\":" + string(link.getTraceState()))
        + (link.getFlags() == 0 ? "" : ",\"flags\":" + link.getFlags())
        + attributesAndDropped(link.getAttributesList(), link.getDroppedAttributesCount());
  }

  private static String attributesAndDropped(List<KeyValue> attributes, int dropped) {
    return (attributes.isEmpty() ? "" : ",\"attributes\":" + object(attributes))
        + (dropped == 0 ? "" : ",\"dropped_attributes_count\":" + dropped)
        + "}";
  }

  private static String exemplar(Exemplar exemplar) {
    return "{\"time_unix_nano\":"
        + exemplar.getTimeUnixNano()
        + ",\"value\":"
        + (exemplar.hasAsInt() ? exemplar.getAsInt() + "" : number(exemplar.getAsDouble()))
        + (exemplar.getTraceId().isEmpty()
            ? ""
            : ",\"trace_id\":\"" + hex(exemplar.getTraceId()) + "\"")
        + (exemplar.getSpanId().isEmpty()
            ? ""
            : ",\"span_id\":\"" + hex(exemplar.getSpanId()) + "\"")
        + (exemplar.getFilteredAttributesCount() == 0
            ? ""
            : ",\"filtered_attributes\":" + object(exemplar.getFilteredAttributesList()))
        + "}";
  }

  private static String list(Stream<String> elements) {
    return elements.collect(Collectors.joining(",", "[", "]"));
  }

  private static String object(List<KeyValue> attributes) {
    return attributes.stream()
        .map(attribute -> string(attribute.getKey()) + ":" + json(attribute.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String json(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> string(value.getStringValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> number(value.getDoubleValue());
      case BYTES_VALUE ->
          "\"" + Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()) + "\"";
      case ARRAY_VALUE ->
          list(value.getArrayValue().getValuesList().stream().map(OtlpOracle::json));
      case KVLIST_VALUE -> object(value.getKvlistValue().getValuesList());
      case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> "null";
    };
  }

  private static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "\"" + value + "\"";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return 1 / value == Double.NEGATIVE_INFINITY ? "-0.0" : (long) value + ".0";
    }
    return Double.toString(value);
  }

  private static String string(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\t' -> json.append("\\t");
        default -> json.append(c < 32 ? "\\u%04x".formatted((int) c) : "" + c);
      }
    }
    return json.append('"').toString();
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
