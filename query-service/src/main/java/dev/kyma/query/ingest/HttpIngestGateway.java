package dev.kyma.query.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kyma.catalog.TableSettings;
import dev.kyma.catalog.visibility.RowOp;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.query.core.IngestGateway;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.expr.Literals;
import dev.kyma.query.core.frontend.ColumnDefinition;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.core.frontend.TableOptions;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.text.ByteSink;
import dev.kyma.query.core.text.JsonText;
import dev.kyma.query.core.text.SqlText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Ingest through its REST interface. Safe for use by many threads. */
public final class HttpIngestGateway implements IngestGateway, AutoCloseable {
  private final HttpClient client;
  private final Supplier<URI> base;
  private final Duration timeout;
  private final ObjectMapper json;

  /**
   * @param base where ingest-service is; asked for each request, as a process that picks a free
   *     port knows it only once it listens
   * @param timeout how long it may take to answer
   */
  public HttpIngestGateway(Supplier<URI> base, Duration timeout, ObjectMapper json) {
    this.base = base;
    this.timeout = timeout;
    this.json = json;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  @Override
  public Creation createTable(Statement.CreateTable statement, Optional<String> authorization) {
    ObjectNode body = json.createObjectNode();
    body.put("database", statement.name().database());
    body.put("name", statement.name().table());
    body.put("if_not_exists", statement.ifExists() == Statement.CreateTable.IfExists.KEEP);
    ArrayNode columns = body.putArray("columns");
    for (ColumnDefinition column : statement.columns()) {
      ObjectNode one = columns.addObject();
      one.put("name", column.name())
          .put("type", column.type().id())
          .put("nullable", column.nullable());
      column.defaultValue().ifPresent(value -> one.put("default", value.text()));
    }
    if (!statement.primaryKey().isEmpty()) {
      ArrayNode key = body.putArray("primary_key");
      statement.primaryKey().forEach(key::add);
    }
    statement.columns().stream()
        .filter(column -> column.type().kind() == LogicalType.Kind.TIMESTAMP)
        .findFirst()
        .ifPresent(column -> body.put("time_column", column.name()));
    options(statement.options(), body);
    HttpResponse<String> answer =
        send(request("/v1/tables", authorization, body.toString()).build());
    return answer.statusCode() == 201 ? Creation.CREATED : Creation.EXISTED;
  }

  private void options(TableOptions options, ObjectNode body) {
    if (!options.orderBy().isEmpty()) {
      ArrayNode columns = body.putArray("sort_columns");
      options.orderBy().forEach(columns::add);
    }
    if (!options.flush().equals(TableOptions.FlushLimits.NONE)) {
      ObjectNode flush = body.putObject("flush_policy");
      options.flush().rows().ifPresent(rows -> flush.put("rows", rows));
      options.flush().bytes().ifPresent(bytes -> flush.put("bytes", bytes));
      options.flush().interval().ifPresent(age -> flush.put("interval_ms", age.toMillis()));
    }
    ObjectNode others = json.createObjectNode();
    options.retention().ifPresent(keep -> others.put(TableSettings.RETENTION, text(keep)));
    options
        .historyRetention()
        .ifPresent(keep -> others.put(TableSettings.HISTORY_RETENTION, text(keep)));
    if (!others.isEmpty()) {
      body.set("options", others);
    }
  }

  private static String text(TableOptions.Keep keep) {
    return switch (keep) {
      case TableOptions.Keep.Forever _ -> TableSettings.FOREVER;
      case TableOptions.Keep.For(Duration time) -> time.toString();
    };
  }

  @Override
  public Inserted insert(Statement.Insert statement, Optional<String> authorization) {
    int columnCount = statement.columns().size();
    List<ColumnVector> columns = new ArrayList<>();
    for (int c = 0; c < columnCount; c++) {
      List<Expr.Literal> values = new ArrayList<>();
      for (List<Expr.Literal> row : statement.rows()) {
        values.add(row.get(c));
      }
      columns.add(
          Literals.column(values.isEmpty() ? LogicalType.TEXT : values.getFirst().type(), values));
    }
    Batch rows = new Batch(columns, statement.rows().size());
    return send(
        statement.table(), rows(statement.columns(), rows, Optional.empty()), authorization);
  }

  @Override
  public Inserted write(
      TableName table, RowOp op, List<String> columns, Batch rows, Optional<String> authorization) {
    return send(table, rows(columns, rows, Optional.of(op)), authorization);
  }

  private Inserted send(TableName table, String rows, Optional<String> authorization) {
    HttpRequest request =
        request("/v1/ingest", authorization, rows)
            .setHeader("Content-Type", "application/x-ndjson")
            .header("X-Database", table.database())
            .header("X-Table", table.table())
            .header("X-Auto-Create", "false")
            .header("X-Schema-Evolve", "false")
            .header("X-Atomic", "true")
            .build();
    JsonNode answer = parse(send(request).body());
    return new Inserted(answer.path("accepted").asLong(), answer.path("token").asText());
  }

  private static String rows(List<String> names, Batch rows, Optional<RowOp> op) {
    ByteSink sink = new ByteSink(1_024);
    for (int row = 0; row < rows.rowCount(); row++) {
      sink.put('{');
      for (int c = 0; c < names.size(); c++) {
        if (c > 0) {
          sink.put(',');
        }
        JsonText.string(names.get(c), sink);
        sink.put(':');
        value(rows.column(c), row, sink);
      }
      if (op.isPresent()) {
        sink.put(names.isEmpty() ? "" : ",");
        JsonText.string(SystemColumns.OP.name(), sink);
        sink.put(':');
        JsonText.string(op.get().code(), sink);
      }
      sink.put("}\n");
    }
    return new String(sink.array(), 0, sink.size(), StandardCharsets.UTF_8);
  }

  /** As in answers, but decimals as numbers, which ingest reads exactly. */
  private static void value(ColumnVector column, int row, ByteSink sink) {
    if (column.type().kind() == LogicalType.Kind.DECIMAL && !column.isNull(row)) {
      SqlText.write(column, row, sink);
    } else {
      JsonText.write(column, row, sink);
    }
  }

  private HttpRequest.Builder request(String path, Optional<String> authorization, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.get().resolve(path))
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private HttpResponse<String> send(HttpRequest request) {
    HttpResponse<String> answer;
    try {
      answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new QueryException(
          QueryException.Code.INGEST_FAILED,
          "ingest does not answer; what was sent may or may not have been stored",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryException(QueryException.Code.CANCELLED, "the query was cancelled", e);
    }
    if (answer.statusCode() >= 300) {
      throw refused(answer);
    }
    return answer;
  }

  private QueryException refused(HttpResponse<String> answer) {
    JsonNode problem = parse(answer.body());
    String detail = problem.path("detail").asText("status " + answer.statusCode());
    QueryException.Code code =
        answer.statusCode() >= 500
            ? QueryException.Code.INGEST_FAILED
            : answer.statusCode() == 422
                ? QueryException.Code.INVALID_VALUE
                : QueryException.Code.INVALID_REQUEST;
    String text = detail.endsWith(".") ? detail.substring(0, detail.length() - 1) : detail;
    return new QueryException(
        code, text, Map.of("ingest_code", problem.path("code").asText("unknown")));
  }

  private JsonNode parse(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      return json.createObjectNode();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
