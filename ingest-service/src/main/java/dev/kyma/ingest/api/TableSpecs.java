package dev.kyma.ingest.api;

import dev.kyma.catalog.ColumnDefault;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.TableSettings;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.ingest.core.IngestPolicy;
import dev.kyma.ingest.core.IngestProblems;
import dev.kyma.ingest.core.json.RowParser;
import dev.kyma.ingest.core.table.TableName;
import dev.kyma.ingest.core.table.TableSpec;
import dev.kyma.ingest.core.typing.DefaultText;
import dev.kyma.ingest.core.typing.SchemaPlanner;
import dev.kyma.service.problem.KymaException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks requests for tables and turns them into what the core makes. */
final class TableSpecs {
  private TableSpecs() {}

  /**
   * @throws KymaException.Rejected if no such table can be made
   */
  static TableSpec of(TableRequest request, IngestPolicy policy) {
    TableName name =
        TableName.ofClient(
            request.database() == null ? TableName.DEFAULT_DATABASE : request.database(),
            request.name());
    if (request.options() != null && request.options().containsKey(TableSpec.TYPES)) {
      throw invalid("The option " + TableSpec.TYPES + " is Kyma's own.");
    }
    List<String> key = request.primaryKey() == null ? List.of() : request.primaryKey();
    Map<String, String> options =
        new HashMap<>(request.options() == null ? Map.of() : request.options());
    if (options.keySet().stream().anyMatch(option -> option.startsWith(TableSettings.DEFAULT))) {
      throw invalid("Defaults are given with their columns, not as options.");
    }
    List<Field> fields = new ArrayList<>();
    for (TableRequest.Column column : request.columns()) {
      Field field = field(fields, column, key);
      fields.add(field);
      if (column.defaultValue() != null) {
        options.put(TableSettings.DEFAULT + field.id(), defaultOf(field, column.defaultValue()));
      }
    }
    int overflow = 0;
    if (Boolean.TRUE.equals(request.overflow())) {
      overflow = fields.size() + 1;
      fields.add(new Field(overflow, SchemaPlanner.OVERFLOW, LogicalType.DYNAMIC, true));
    }
    TableSchema schema = new TableSchema(fields);
    int time = timeColumn(request.timeColumn(), schema);
    List<Integer> primaryKey = primaryKey(key, schema, options);
    checkSettings(options);
    return new TableSpec(
        name,
        schema,
        time,
        overflow,
        sortColumns(request.sortColumns(), primaryKey, time, schema),
        primaryKey,
        flushPolicy(request.flushPolicy(), policy.flushPolicy()),
        request.partitions() == null ? policy.partitions() : request.partitions(),
        options);
  }

  private static String defaultOf(Field field, String text) {
    ColumnDefault value = ColumnDefault.parse(text);
    if (!DefaultText.fits(field.type(), value)) {
      throw invalid(
          "The default "
              + text
              + " is no "
              + field.type().sqlName()
              + " for "
              + field.name()
              + ".");
    }
    return value.text();
  }

  private static void checkSettings(Map<String, String> options) {
    try {
      TableSettings.of(options);
    } catch (IllegalArgumentException e) {
      throw invalid("The table's options mean nothing: " + e.getMessage() + ".");
    }
  }

  /**
   * The ids of the key's columns. A time that is made up for each request would make every row one
   * of its own, and only one id can be chosen such that the row goes where its request goes.
   */
  private static List<Integer> primaryKey(
      List<String> names, TableSchema schema, Map<String, String> options) {
    List<Integer> ids = new ArrayList<>();
    int generated = 0;
    for (String name : names) {
      Field field = find(name, schema);
      if (ids.contains(field.id())) {
        throw invalid("The column " + name + " is in the primary key twice.");
      }
      ids.add(field.id());
      if (!canIdentify(field.type())) {
        throw invalid("A " + field.type().sqlName() + " like " + name + " identifies no row.");
      }
      String text = options.get(TableSettings.DEFAULT + field.id());
      if (text == null) {
        continue;
      }
      switch (ColumnDefault.parse(text)) {
        case ColumnDefault.Now _ when field.type().equals(LogicalType.TIMESTAMP) ->
            throw invalid("The key's column " + name + " cannot default to now().");
        case ColumnDefault.SnowflakeId _ -> generated++;
        case ColumnDefault.Now _, ColumnDefault.Literal _ -> {}
      }
    }
    if (generated > 1) {
      throw invalid("Only one column of a primary key can default to snowflake_id().");
    }
    return ids;
  }

  private static boolean canIdentify(LogicalType type) {
    return switch (type.kind()) {
      case BOOL, INT16, INT32, INT64, DECIMAL, DATE, TIME, TIMESTAMP, TEXT, BINARY -> true;
      case FLOAT32, FLOAT64, DYNAMIC, VECTOR -> false;
    };
  }

  private static Field field(
      List<Field> before, TableRequest.Column column, List<String> primaryKey) {
    if (RowParser.isReserved(column.name())) {
      throw invalid("The column name " + column.name() + " is Kyma's own.");
    }
    if (column.name().getBytes(StandardCharsets.UTF_8).length > RowParser.MAX_NAME_BYTES) {
      throw invalid("A column name has at most " + RowParser.MAX_NAME_BYTES + " bytes.");
    }
    if (before.stream().anyMatch(field -> field.name().equals(column.name()))) {
      throw invalid("The column " + column.name() + " is there twice.");
    }
    LogicalType type;
    try {
      type = LogicalType.parse(column.type().strip());
    } catch (IllegalArgumentException e) {
      throw invalid("The column " + column.name() + " has no type Kyma knows: " + column.type());
    }
    boolean nullable =
        !Boolean.FALSE.equals(column.nullable()) && !primaryKey.contains(column.name());
    return new Field(before.size() + 1, column.name(), type, nullable);
  }

  private static int timeColumn(@Nullable String name, TableSchema schema) {
    if (name == null) {
      return 0;
    }
    Field field = find(name, schema);
    if (!field.type().equals(LogicalType.TIMESTAMP)) {
      throw invalid("The event time " + name + " must be a timestamp.");
    }
    return field.id();
  }

  private static List<Integer> sortColumns(
      @Nullable List<String> names, List<Integer> primaryKey, int time, TableSchema schema) {
    if (names == null && !primaryKey.isEmpty()) {
      return primaryKey;
    }
    if (names == null) {
      return time == 0 ? List.of() : List.of(time);
    }
    return names.stream().map(name -> find(name, schema).id()).toList();
  }

  private static Field find(String name, TableSchema schema) {
    return schema.find(name).orElseThrow(() -> invalid("The table has no column " + name + "."));
  }

  private static FlushPolicy flushPolicy(TableRequest.@Nullable Flush flush, FlushPolicy standard) {
    if (flush == null) {
      return standard;
    }
    return new FlushPolicy(
        flush.rows() == null ? standard.maxRows() : flush.rows(),
        flush.bytes() == null ? standard.maxBytes() : flush.bytes(),
        flush.intervalMs() == null ? standard.maxAge() : Duration.ofMillis(flush.intervalMs()));
  }

  private static KymaException invalid(String detail) {
    return new KymaException.Rejected(IngestProblems.INVALID_TABLE, detail);
  }
}
