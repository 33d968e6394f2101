package dev.kyma.ingest.core.otlp;

import static dev.kyma.format.type.LogicalType.BOOL;
import static dev.kyma.format.type.LogicalType.DYNAMIC;
import static dev.kyma.format.type.LogicalType.FLOAT64;
import static dev.kyma.format.type.LogicalType.INT32;
import static dev.kyma.format.type.LogicalType.INT64;
import static dev.kyma.format.type.LogicalType.TEXT;
import static dev.kyma.format.type.LogicalType.TIMESTAMP;

import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of the OTLP tables. The first column is the event time and always has a value.
 *
 * <p>Texts that a record does not set are empty, as on the wire; JSON columns without members and
 * numbers that have no meaning for a record are NULL.
 */
final class OtlpTables {
  static final TableSchema LOGS =
      schema(
          column("timestamp", TIMESTAMP),
          column("observed_timestamp", TIMESTAMP),
          column("severity_number", INT32),
          column("severity_text", TEXT),
          column("body", TEXT),
          column("body_json", DYNAMIC),
          column("service_name", TEXT),
          column("trace_id", TEXT),
          column("span_id", TEXT),
          column("flags", INT64),
          column("event_name", TEXT),
          column("attributes", DYNAMIC),
          column("resource", DYNAMIC),
          column("scope", DYNAMIC),
          column("scope_name", TEXT),
          column("scope_version", TEXT),
          column("dropped_attributes_count", INT64));

  static final TableSchema TRACES =
      schema(
          column("start_time", TIMESTAMP),
          column("end_time", TIMESTAMP),
          column("duration_ns", INT64),
          column("trace_id", TEXT),
          column("span_id", TEXT),
          column("parent_span_id", TEXT),
          column("trace_state", TEXT),
          column("name", TEXT),
          column("kind", TEXT),
          column("status_code", TEXT),
          column("status_message", TEXT),
          column("service_name", TEXT),
          column("attributes", DYNAMIC),
          column("resource", DYNAMIC),
          column("scope", DYNAMIC),
          column("events", DYNAMIC),
          column("links", DYNAMIC));

  /**
   * A data point's {@code value} is a double; one sent as an integer is also in {@code value_int},
   * exactly.
   */
  static final TableSchema METRICS =
      schema(
          column("timestamp", TIMESTAMP),
          column("start_timestamp", TIMESTAMP),
          column("metric_name", TEXT),
          column("description", TEXT),
          column("unit", TEXT),
          column("type", TEXT),
          column("temporality", TEXT),
          column("is_monotonic", BOOL),
          column("service_name", TEXT),
          column("attributes", DYNAMIC),
          column("resource", DYNAMIC),
          column("scope", DYNAMIC),
          column("value", FLOAT64),
          column("value_int", INT64),
          column("count", INT64),
          column("sum", FLOAT64),
          column("min", FLOAT64),
          column("max", FLOAT64),
          column("buckets", DYNAMIC),
          column("exemplars", DYNAMIC),
          column("quantiles", DYNAMIC));

  private OtlpTables() {}

  private record Column(String name, LogicalType type) {}

  private static Column column(String name, LogicalType type) {
    return new Column(name, type);
  }

  private static TableSchema schema(Column... columns) {
    List<Field> fields = new ArrayList<>();
    for (Column column : columns) {
      fields.add(new Field(fields.size() + 1, column.name(), column.type(), !fields.isEmpty()));
    }
    return new TableSchema(fields);
  }
}
