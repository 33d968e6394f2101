package dev.kyma.query.calcite;

import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.query.core.frontend.Schemas;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.core.frontend.TableShape;
import dev.kyma.query.core.plan.TableRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Tables in memory. */
final class TestSchemas implements Schemas {
  private final Map<TableName, TableShape> tables = new LinkedHashMap<>();
  private long version = 1;

  /** Adds a table: columns as {@code name type}, with a {@code !} at the end if never NULL. */
  TestSchemas table(String database, String name, long rows, String... columns) {
    List<Field> fields = new ArrayList<>();
    List<Integer> overflow = new ArrayList<>();
    OptionalInt eventTime = OptionalInt.empty();
    for (String column : columns) {
      String[] parts = column.split(" ", 2);
      boolean nullable = !parts[1].endsWith("!");
      LogicalType type = LogicalType.parse(parts[1].replace("!", ""));
      int id = fields.size() + 1;
      fields.add(new Field(id, parts[0], type, nullable));
      if (parts[0].equals("attributes") || parts[0].equals("_dynamic")) {
        overflow.add(id);
      }
      if (eventTime.isEmpty() && type.equals(LogicalType.TIMESTAMP)) {
        eventTime = OptionalInt.of(id);
      }
    }
    TableName key = new TableName(database, name);
    tables.put(
        key,
        new TableShape(
            new TableRef(Integer.toString(tables.size() + 1), database, name),
            new TableSchema(fields),
            eventTime,
            overflow,
            rows));
    version++;
    return this;
  }

  /** Adds a table whose first column is its primary key and a number of its own by default. */
  TestSchemas keyed(String name, String... columns) {
    table("default", name, 10, columns);
    TableName key = new TableName("default", name);
    TableShape shape = Objects.requireNonNull(tables.get(key));
    tables.put(
        key,
        new TableShape(
            shape.table(),
            shape.schema(),
            shape.eventTime(),
            shape.overflow(),
            shape.rows(),
            List.of(1),
            Map.of(1, "snowflake_id()", 3, "none")));
    return this;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public Optional<TableShape> table(TableName name) {
    return Optional.ofNullable(tables.get(name));
  }

  @Override
  public List<TableName> tables() {
    return List.copyOf(tables.keySet());
  }

  /** The tables of OpenTelemetry, one of a source and some plain ones. */
  static TestSchemas telemetry() {
    return new TestSchemas()
        .table(
            "default",
            "otel_logs",
            1_000_000,
            "timestamp timestamp!",
            "observed_timestamp timestamp",
            "severity_number int32",
            "severity_text text",
            "body text",
            "body_json dynamic",
            "service_name text",
            "trace_id text",
            "span_id text",
            "flags int32",
            "event_name text",
            "attributes dynamic",
            "resource dynamic",
            "scope dynamic",
            "scope_name text",
            "scope_version text",
            "dropped_attributes_count int32")
        .table(
            "default",
            "otel_traces",
            500_000,
            "start_time timestamp!",
            "end_time timestamp",
            "duration_ns int64!",
            "trace_id text!",
            "span_id text!",
            "parent_span_id text",
            "trace_state text",
            "name text",
            "kind text",
            "status_code text",
            "status_message text",
            "service_name text",
            "attributes dynamic",
            "resource dynamic",
            "scope dynamic",
            "events dynamic",
            "links dynamic")
        .table(
            "default",
            "otel_metrics",
            300_000,
            "timestamp timestamp!",
            "start_timestamp timestamp",
            "metric_name text",
            "description text",
            "unit text",
            "type text",
            "temporality text",
            "is_monotonic bool",
            "service_name text",
            "attributes dynamic",
            "resource dynamic",
            "scope dynamic",
            "value float64",
            "count int64",
            "sum float64",
            "min float64",
            "max float64",
            "buckets dynamic",
            "exemplars dynamic",
            "quantiles dynamic")
        .table("pg_prod.public", "users", 1_000, "id int64!", "email text", "created_at timestamp")
        .table(
            "default",
            "t",
            100,
            "id int64!",
            "a int32",
            "b int64",
            "c float64",
            "d decimal(10,2)",
            "s text",
            "at timestamp",
            "day date",
            "flag bool",
            "j dynamic",
            "v vector(3)",
            "small int16")
        .keyed("k", "id int64!", "a int32", "name text", "at timestamp", "n int16!")
        .table("default", "u", 50, "id int64!", "a int32", "name text", "amount decimal(12,4)")
        .table("app", "events", 10, "id int64", "_dynamic dynamic")
        .table("information_schema", "tables", 5, "table_schema text!", "table_name text!");
  }
}
