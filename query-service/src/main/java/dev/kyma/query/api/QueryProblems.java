package dev.kyma.query.api;

import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.service.problem.KymaException;
import dev.kyma.service.problem.ProblemType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Faults of queries as problem answers. Stateless. */
final class QueryProblems {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private QueryProblems() {}

  static KymaException of(StatementException e) {
    Map<String, Object> fields = new LinkedHashMap<>();
    e.position()
        .ifPresent(
            position -> {
              fields.put("line", position.line());
              fields.put("column", position.column());
            });
    if (!e.near().isEmpty()) {
      fields.put("near", e.near());
    }
    ProblemType type =
        switch (e.code()) {
          case SYNTAX -> new ProblemType("sql_syntax", 400, "The statement cannot be parsed");
          case UNKNOWN_TABLE -> new ProblemType("unknown_table", 404, "There is no such table");
          case UNKNOWN_COLUMN -> new ProblemType("unknown_column", 400, "There is no such column");
          case UNKNOWN_FUNCTION ->
              new ProblemType("unknown_function", 400, "There is no such function");
          case INVALID -> new ProblemType("invalid_statement", 400, "The statement is not valid");
          case VALUE -> new ProblemType("invalid_value", 422, "A value is not valid");
          case UNSUPPORTED -> new ProblemType("unsupported", 501, "Kyma does not do this");
        };
    String detail = e.getMessage() == null ? type.title() : e.getMessage();
    return type.status() >= 500
        ? new KymaException.Failed(type, detail, fields, null)
        : new KymaException.Rejected(type, detail, fields);
  }

  static KymaException of(QueryException e) {
    ProblemType type = type(e.code());
    String message = e.getMessage() == null ? type.title() : e.getMessage();
    String detail = message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + ".";
    return switch (e.code()) {
      case TOO_MANY_QUERIES,
          FRESHNESS_TIMEOUT,
          LOG_UNAVAILABLE,
          STORAGE_UNAVAILABLE,
          EXTENT_GONE,
          CANCELLED ->
          new KymaException.Busy(type, detail, RETRY, e.properties(), e);
      case INVALID_REQUEST, INVALID_VALUE, QUERY_LIMIT_EXCEEDED, SNAPSHOT_GONE, SNAPSHOT_AHEAD ->
          new KymaException.Rejected(type, detail, e.properties());
      case UNSUPPORTED,
          LOG_TRUNCATED,
          LOG_REPLACED,
          DATA_CORRUPT,
          JOB_FAILED,
          INGEST_FAILED,
          INTERNAL ->
          new KymaException.Failed(type, detail, e.properties(), e);
    };
  }

  private static ProblemType type(QueryException.Code code) {
    String name = code.name().toLowerCase(Locale.ROOT);
    return switch (code) {
      case INVALID_REQUEST -> new ProblemType(name, 400, "The request is not valid");
      case INVALID_VALUE -> new ProblemType(name, 422, "A value is not valid");
      case UNSUPPORTED -> new ProblemType(name, 501, "Kyma does not do this");
      case QUERY_LIMIT_EXCEEDED -> new ProblemType(name, 422, "The query reached a limit");
      case TOO_MANY_QUERIES -> new ProblemType(name, 429, "Too many queries run");
      case CANCELLED -> new ProblemType(name, 503, "The query was cancelled");
      case FRESHNESS_TIMEOUT -> new ProblemType(name, 504, "The rows did not become visible");
      case LOG_TRUNCATED -> new ProblemType(name, 503, "The log does not hold all rows");
      case LOG_REPLACED -> new ProblemType(name, 503, "The log is another one");
      case LOG_UNAVAILABLE -> new ProblemType(name, 503, "The log does not answer");
      case DATA_CORRUPT -> new ProblemType(name, 500, "Stored data is damaged");
      case EXTENT_GONE -> new ProblemType(name, 503, "An extent was removed meanwhile");
      case SNAPSHOT_GONE -> new ProblemType(name, 410, "The snapshot is not kept any more");
      case SNAPSHOT_AHEAD -> new ProblemType(name, 422, "The snapshot is yet to come");
      case STORAGE_UNAVAILABLE -> new ProblemType(name, 503, "The storage does not answer");
      case JOB_FAILED -> new ProblemType(name, 500, "A job did not come to its end");
      case INGEST_FAILED -> new ProblemType(name, 502, "Ingest did not take it");
      case INTERNAL -> new ProblemType(name, 500, "Kyma is at fault");
    };
  }
}
