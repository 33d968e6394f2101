package dev.kyma.e2e.bench;

import java.util.List;

/**
 * One generated log record.
 *
 * @param timestamp nanoseconds since the epoch
 * @param severityNumber as OpenTelemetry numbers severities
 * @param host the resource's {@code host.name}
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param attributes in the order they are sent
 */
record LogRow(
    long timestamp,
    int severityNumber,
    String severityText,
    String service,
    String host,
    String traceId,
    String spanId,
    String body,
    List<Attribute> attributes) {

  /**
   * A named value.
   *
   * @param value a String, Long, Double or Boolean
   */
  record Attribute(String name, Object value) {}

  /** The attributes as the JSON object both stores are asked about. */
  String attributesJson() {
    StringBuilder json = new StringBuilder(192).append('{');
    for (Attribute attribute : attributes) {
      if (json.length() > 1) {
        json.append(',');
      }
      json.append('"').append(attribute.name()).append("\":");
      if (attribute.value() instanceof String text) {
        json.append('"').append(text).append('"');
      } else {
        json.append(attribute.value());
      }
    }
    return json.append('}').toString();
  }
}
