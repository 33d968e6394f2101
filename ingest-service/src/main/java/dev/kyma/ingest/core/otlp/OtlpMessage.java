package dev.kyma.ingest.core.otlp;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of OTLP 1.x as JSON names them: for each field its number and how its JSON value is
 * written in protobuf.
 *
 * <p>Each constant lists its fields as {@code name number type}; a type with an upper-case initial
 * is a message. Repeated fields need no mark: JSON shows by its array that a field repeats.
 */
enum OtlpMessage {
  EXPORT_LOGS("resourceLogs 1 RESOURCE_LOGS"),
  RESOURCE_LOGS("resource 1 RESOURCE", "scopeLogs 2 SCOPE_LOGS", "schemaUrl 3 string"),
  SCOPE_LOGS("scope 1 SCOPE", "logRecords 2 LOG_RECORD", "schemaUrl 3 string"),
  LOG_RECORD(
      "timeUnixNano 1 fixed64",
      "observedTimeUnixNano 11 fixed64",
      "severityNumber 2 severity",
      "severityText 3 string",
      "body 5 ANY_VALUE",
      "attributes 6 KEY_VALUE",
      "droppedAttributesCount 7 varint",
      "flags 8 fixed32",
      "traceId 9 id",
      "spanId 10 id",
      "eventName 12 string"),

  EXPORT_TRACES("resourceSpans 1 RESOURCE_SPANS"),
  RESOURCE_SPANS("resource 1 RESOURCE", "scopeSpans 2 SCOPE_SPANS", "schemaUrl 3 string"),
  SCOPE_SPANS("scope 1 SCOPE", "spans 2 SPAN", "schemaUrl 3 string"),
  SPAN(
      "traceId 1 id",
      "spanId 2 id",
      "traceState 3 string",
      "parentSpanId 4 id",
      "flags 16 fixed32",
      "name 5 string",
      "kind 6 kind",
      "startTimeUnixNano 7 fixed64",
      "endTimeUnixNano 8 fixed64",
      "attributes 9 KEY_VALUE",
      "droppedAttributesCount 10 varint",
      "events 11 EVENT",
      "droppedEventsCount 12 varint",
      "links 13 LINK",
      "droppedLinksCount 14 varint",
      "status 15 STATUS"),
  EVENT(
      "timeUnixNano 1 fixed64",
      "name 2 string",
      "attributes 3 KEY_VALUE",
      "droppedAttributesCount 4 varint"),
  LINK(
      "traceId 1 id",
      "spanId 2 id",
      "traceState 3 string",
      "attributes 4 KEY_VALUE",
      "droppedAttributesCount 5 varint",
      "flags 6 fixed32"),
  STATUS("message 2 string", "code 3 status"),

  EXPORT_METRICS("resourceMetrics 1 RESOURCE_METRICS"),
  RESOURCE_METRICS("resource 1 RESOURCE", "scopeMetrics 2 SCOPE_METRICS", "schemaUrl 3 string"),
  SCOPE_METRICS("scope 1 SCOPE", "metrics 2 METRIC", "schemaUrl 3 string"),
  METRIC(
      "name 1 string",
      "description 2 string",
      "unit 3 string",
      "gauge 5 GAUGE",
      "sum 7 SUM",
      "histogram 9 HISTOGRAM",
      "exponentialHistogram 10 EXPONENTIAL_HISTOGRAM",
      "summary 11 SUMMARY",
      "metadata 12 KEY_VALUE"),
  GAUGE("dataPoints 1 NUMBER_POINT"),
  SUM("dataPoints 1 NUMBER_POINT", "aggregationTemporality 2 temporality", "isMonotonic 3 bool"),
  HISTOGRAM("dataPoints 1 HISTOGRAM_POINT", "aggregationTemporality 2 temporality"),
  EXPONENTIAL_HISTOGRAM("dataPoints 1 EXPONENTIAL_POINT", "aggregationTemporality 2 temporality"),
  SUMMARY("dataPoints 1 SUMMARY_POINT"),
  NUMBER_POINT(
      "attributes 7 KEY_VALUE",
      "startTimeUnixNano 2 fixed64",
      "timeUnixNano 3 fixed64",
      "asDouble 4 double",
      "asInt 6 fixed64",
      "exemplars 5 EXEMPLAR",
      "flags 8 varint"),
  HISTOGRAM_POINT(
      "attributes 9 KEY_VALUE",
      "startTimeUnixNano 2 fixed64",
      "timeUnixNano 3 fixed64",
      "count 4 fixed64",
      "sum 5 double",
      "bucketCounts 6 fixed64",
      "explicitBounds 7 double",
      "exemplars 8 EXEMPLAR",
      "flags 10 varint",
      "min 11 double",
      "max 12 double"),
  EXPONENTIAL_POINT(
      "attributes 1 KEY_VALUE",
      "startTimeUnixNano 2 fixed64",
      "timeUnixNano 3 fixed64",
      "count 4 fixed64",
      "sum 5 double",
      "scale 6 zigzag",
      "zeroCount 7 fixed64",
      "positive 8 BUCKETS",
      "negative 9 BUCKETS",
      "flags 10 varint",
      "exemplars 11 EXEMPLAR",
      "min 12 double",
      "max 13 double",
      "zeroThreshold 14 double"),
  BUCKETS("offset 1 zigzag", "bucketCounts 2 varint"),
  SUMMARY_POINT(
      "attributes 7 KEY_VALUE",
      "startTimeUnixNano 2 fixed64",
      "timeUnixNano 3 fixed64",
      "count 4 fixed64",
      "sum 5 double",
      "quantileValues 6 QUANTILE",
      "flags 8 varint"),
  QUANTILE("quantile 1 double", "value 2 double"),
  EXEMPLAR(
      "filteredAttributes 7 KEY_VALUE",
      "timeUnixNano 2 fixed64",
      "asDouble 3 double",
      "asInt 6 fixed64",
      "spanId 4 id",
      "traceId 5 id"),

  RESOURCE("attributes 1 KEY_VALUE", "droppedAttributesCount 2 varint"),
  SCOPE(
      "name 1 string",
      "version 2 string",
      "attributes 3 KEY_VALUE",
      "droppedAttributesCount 4 varint"),
  KEY_VALUE("key 1 string", "value 2 ANY_VALUE"),
  ANY_VALUE(
      "stringValue 1 string",
      "boolValue 2 bool",
      "intValue 3 varint",
      "doubleValue 4 double",
      "arrayValue 5 ARRAY_VALUE",
      "kvlistValue 6 KEY_VALUE_LIST",
      "bytesValue 7 base64"),
  ARRAY_VALUE("values 1 ANY_VALUE"),
  KEY_VALUE_LIST("values 1 KEY_VALUE");

  private static final Map<String, List<String>> ENUMS =
      Map.of(
          "severity", severities(),
          "kind",
              List.of(
                  "SPAN_KIND_UNSPECIFIED",
                  "SPAN_KIND_INTERNAL",
                  "SPAN_KIND_SERVER",
                  "SPAN_KIND_CLIENT",
                  "SPAN_KIND_PRODUCER",
                  "SPAN_KIND_CONSUMER"),
          "status", List.of("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"),
          "temporality",
              List.of(
                  "AGGREGATION_TEMPORALITY_UNSPECIFIED",
                  "AGGREGATION_TEMPORALITY_DELTA",
                  "AGGREGATION_TEMPORALITY_CUMULATIVE"));

  private final String[] declarations;
  private Map<String, FieldSpec> fields = Map.of();

  static {
    for (OtlpMessage message : values()) {
      message.fields = message.parse();
    }
  }

  OtlpMessage(String... declarations) {
    this.declarations = declarations;
  }

  /** How a field's JSON value becomes protobuf. */
  enum Encoding {
    STRING,
    BASE64,
    /** Hexadecimal, as OTLP wants trace and span ids. */
    ID,
    BOOL,
    VARINT,
    ZIGZAG,
    FIXED32,
    FIXED64,
    DOUBLE,
    ENUM,
    MESSAGE
  }

  /**
   * A field.
   *
   * @param number its number in protobuf
   * @param encoding how its value is written
   * @param message the type of a message's value
   * @param names the names of an enum's values by number, empty for others
   */
  record FieldSpec(
      int number, Encoding encoding, @Nullable OtlpMessage message, List<String> names) {}

  /** The field with a JSON name, in lowerCamelCase or as in the .proto file; null when unknown. */
  @Nullable FieldSpec field(byte[] name, int from, int to) {
    return fields.get(new String(name, from, to - from, StandardCharsets.UTF_8));
  }

  private Map<String, FieldSpec> parse() {
    Map<String, FieldSpec> parsed = new HashMap<>();
    for (String declaration : declarations) {
      String[] words = declaration.split(" ", -1);
      FieldSpec spec = spec(Integer.parseInt(words[1]), words[2]);
      parsed.put(words[0], spec);
      parsed.put(snakeCase(words[0]), spec);
    }
    return Map.copyOf(parsed);
  }

  private static FieldSpec spec(int number, String type) {
    List<String> names = ENUMS.get(type);
    if (names != null) {
      return new FieldSpec(number, Encoding.ENUM, null, names);
    }
    if (Character.isUpperCase(type.charAt(0))) {
      return new FieldSpec(number, Encoding.MESSAGE, valueOf(type), List.of());
    }
    Encoding encoding =
        switch (type) {
          case "string" -> Encoding.STRING;
          case "base64" -> Encoding.BASE64;
          case "id" -> Encoding.ID;
          case "bool" -> Encoding.BOOL;
          case "varint" -> Encoding.VARINT;
          case "zigzag" -> Encoding.ZIGZAG;
          case "fixed32" -> Encoding.FIXED32;
          case "fixed64" -> Encoding.FIXED64;
          case "double" -> Encoding.DOUBLE;
          default -> throw new IllegalStateException(type);
        };
    return new FieldSpec(number, encoding, null, List.of());
  }

  private static String snakeCase(String name) {
    StringBuilder snake = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        snake.append('_').append(Character.toLowerCase(c));
      } else {
        snake.append(c);
      }
    }
    return snake.toString();
  }

  private static List<String> severities() {
    String[] names = new String[25];
    names[0] = "SEVERITY_NUMBER_UNSPECIFIED";
    String[] levels = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};
    for (int i = 0; i < 24; i++) {
      names[i + 1] = "SEVERITY_NUMBER_" + levels[i / 4] + (i % 4 == 0 ? "" : i % 4 + 1);
    }
    return List.of(names);
  }
}
