package dev.kyma.ingest.api;

import dev.kyma.catalog.FlushPolicy;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.ingest.core.IngestPolicy;
import dev.kyma.ingest.core.IngestProblems;
import dev.kyma.ingest.core.json.RowParser;
import dev.kyma.ingest.core.table.TableName;
import dev.kyma.ingest.core.table.TableSpec;
import dev.kyma.ingest.core.typing.SchemaPlanner;
import dev.kyma.service.problem.KymaException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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
    List<Field> fields = new ArrayList<>();
    for (TableRequest.Column column : request.columns()) {
      fields.add(field(fields, column));
    }
    int overflow = 0;
    if (Boolean.TRUE.equals(request.overflow())) {
      overflow = fields.size() + 1;
      fields.add(new Field(overflow, SchemaPlanner.OVERFLOW, LogicalType.DYNAMIC, true));
    }
    TableSchema schema = new TableSchema(fields);
    int time = timeColumn(request.timeColumn(), schema);
    return new TableSpec(
        name,
        schema,
        time,
        overflow,
        sortColumns(request.sortColumns(), time, schema),
        flushPolicy(request.flushPolicy(), policy.flushPolicy()),
        request.partitions() == null ? policy.partitions() : request.partitions(),
        request.options() == null ? Map.of() : request.options());
  }

  private static Field field(List<Field> before, TableRequest.Column column) {
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
    return new Field(
        before.size() + 1, column.name(), type, !Boolean.FALSE.equals(column.nullable()));
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
      @Nullable List<String> names, int time, TableSchema schema) {
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
