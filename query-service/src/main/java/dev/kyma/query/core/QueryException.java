package dev.kyma.query.core;

import java.util.Map;

/**
 * A query cannot be answered. Nothing was changed by it, and other queries are not affected.
 *
 * <p>The code says what happened and is stable; the message is for people.
 */
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What happened, as clients see it. */
  public enum Code {
    /** A request that is no request: unknown header value, malformed token. */
    INVALID_REQUEST,
    /** A value does not fit its type or its function: overflow, division by zero, bad cast. */
    INVALID_VALUE,
    /** The engine has no operator for this. */
    UNSUPPORTED,
    /** A limit of the query was reached; the properties name it. */
    QUERY_LIMIT_EXCEEDED,
    /** Too many queries run already. */
    TOO_MANY_QUERIES,
    /** The client went away or the query was cancelled. */
    CANCELLED,
    /** What a token promises did not become visible in time. */
    FRESHNESS_TIMEOUT,
    /** The log no longer holds rows that are not in extents yet. */
    LOG_TRUNCATED,
    /** The topic is not the one the catalog knows. */
    LOG_REPLACED,
    /** The log cannot be reached. */
    LOG_UNAVAILABLE,
    /** A record of the log or an object is damaged. */
    DATA_CORRUPT,
    /** An object was removed while the query ran. */
    EXTENT_GONE,
    /** The state of the past that was asked for is not kept any more; the properties name it. */
    SNAPSHOT_GONE,
    /** The state that was asked for is yet to come. */
    SNAPSHOT_AHEAD,
    /** The object store or the catalog cannot be reached. */
    STORAGE_UNAVAILABLE,
    /** A job that the statement waited for failed or was killed; the properties name it. */
    JOB_FAILED,
    /** Ingest refused or could not be reached. */
    INGEST_FAILED,
    /** A fault of Kyma itself. */
    INTERNAL
  }

  private final Code code;
  private final transient Map<String, Object> properties;

  public QueryException(Code code, String message) {
    this(code, message, Map.of());
  }

  /**
   * @param properties further values for the client, by name
   */
  public QueryException(Code code, String message, Map<String, Object> properties) {
    super(message);
    this.code = code;
    this.properties = Map.copyOf(properties);
  }

  public QueryException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.properties = Map.of();
  }

  public Code code() {
    return code;
  }

  /** Further values for the client, by name. */
  public Map<String, Object> properties() {
    return properties;
  }

  /** A value that its type or function does not allow. */
  public static QueryException invalidValue(String message) {
    return new QueryException(Code.INVALID_VALUE, message);
  }

  /** Something the engine has no operator for. */
  public static QueryException unsupported(String what) {
    return new QueryException(Code.UNSUPPORTED, what + " is not supported");
  }

  /**
   * A limit was reached.
   *
   * @param limit the limit's configuration name
   * @param allowed its value
   * @param unit what the value counts
   */
  public static QueryException limit(String limit, long allowed, String unit) {
    return new QueryException(
        Code.QUERY_LIMIT_EXCEEDED,
        "the query reached its limit " + limit + " of " + allowed + " " + unit,
        Map.of("limit", limit, "allowed", allowed, "unit", unit));
  }
}
