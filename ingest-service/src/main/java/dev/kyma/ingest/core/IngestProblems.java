package dev.kyma.ingest.core;

import dev.kyma.ingest.core.json.Rejection;
import dev.kyma.service.problem.KymaException;
import dev.kyma.service.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The problems ingest reports, with their stable codes. */
public final class IngestProblems {
  public static final ProblemType MALFORMED_BODY =
      new ProblemType("malformed_body", 400, "The body is not what its type says");
  public static final ProblemType INVALID_NAME =
      new ProblemType("invalid_name", 400, "The name cannot name a database, table or column");
  public static final ProblemType INVALID_HEADER =
      new ProblemType("invalid_header", 400, "A header or parameter has no meaning");
  public static final ProblemType TABLE_NOT_FOUND =
      new ProblemType("table_not_found", 404, "There is no such table");
  public static final ProblemType TABLE_EXISTS =
      new ProblemType("table_exists", 409, "There is a table of that name already");
  public static final ProblemType KEY_REUSED =
      new ProblemType(
          "idempotency_key_reused", 409, "The idempotency key came with another payload before");
  public static final ProblemType BODY_TOO_LARGE = ProblemType.BODY_TOO_LARGE;
  public static final ProblemType ROWS_REJECTED =
      new ProblemType("rows_rejected", 422, "Rows do not fit the table");
  public static final ProblemType INVALID_TABLE =
      new ProblemType("invalid_table", 422, "The table cannot be made like this");
  public static final ProblemType OVERLOADED =
      new ProblemType("overloaded", 429, "More bytes are in flight than this process may hold");
  public static final ProblemType SCHEMA_BUSY =
      new ProblemType("schema_busy", 503, "The table's schema changes too often just now");
  public static final ProblemType LOG_UNAVAILABLE =
      new ProblemType("log_unavailable", 503, "The log does not accept rows");
  public static final ProblemType NOT_COMMITTED_YET =
      new ProblemType("not_committed_yet", 504, "The rows are safe but in no snapshot yet");

  private static final Duration SOON = Duration.ofSeconds(1);

  private IngestProblems() {}

  public static KymaException tableNotFound(String database, String table) {
    return new KymaException.Rejected(
        TABLE_NOT_FOUND, "There is no table " + table + " in the database " + database + ".");
  }

  public static KymaException overloaded(long maxBytes) {
    return new KymaException.Busy(
        OVERLOADED,
        "Requests of " + maxBytes + " bytes are in flight already; send this one again later.",
        SOON);
  }

  public static KymaException tooLarge(String what, long maxBytes) {
    return new KymaException.Rejected(
        BODY_TOO_LARGE, "The " + what + " is larger than " + maxBytes + " bytes.");
  }

  public static KymaException malformed(String detail) {
    return new KymaException.Rejected(MALFORMED_BODY, detail);
  }

  public static KymaException keyReused() {
    return new KymaException.Rejected(
        KEY_REUSED, "Nothing was stored: choose a new key for every new payload.");
  }

  public static KymaException schemaBusy(String table) {
    return new KymaException.Busy(
        SCHEMA_BUSY, "Others changed the schema of " + table + " at every attempt.", SOON);
  }

  /** None of an atomic request's rows landed because some did not fit. */
  public static KymaException rejected(
      ProblemType type, List<Rejection> rejections, int rejectedCount) {
    return new KymaException.Rejected(
        type,
        "No row was stored; " + rejectedCount + " do not fit" + first(rejections) + ".",
        Map.of("rejected", listed(rejections), "rejected_count", rejectedCount));
  }

  private static String first(List<Rejection> rejections) {
    return rejections.isEmpty()
        ? ""
        : ", line " + rejections.getFirst().line() + " because " + rejections.getFirst().reason();
  }

  /** Rejections as members of an answer. */
  public static List<Map<String, Object>> listed(List<Rejection> rejections) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Rejection rejection : rejections) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("line", rejection.line());
      entry.put("reason", rejection.reason());
      list.add(entry);
    }
    return list;
  }
}
