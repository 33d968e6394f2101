package dev.kyma.service.problem;

/**
 * A kind of problem. Services declare theirs as constants; codes are part of the REST contract.
 *
 * @param code stable, lower case with underscores; clients may branch on it
 * @param status the HTTP status it is answered with, 400 to 599
 * @param title one sentence that is the same for every occurrence
 */
public record ProblemType(String code, int status, String title) {
  public static final ProblemType MALFORMED_REQUEST =
      new ProblemType("malformed_request", 400, "The request cannot be read");
  public static final ProblemType UNAUTHENTICATED =
      new ProblemType("unauthenticated", 401, "A valid bearer token is needed");
  public static final ProblemType FORBIDDEN =
      new ProblemType("forbidden", 403, "The request is not allowed");
  public static final ProblemType NOT_FOUND =
      new ProblemType("not_found", 404, "There is nothing at this path");
  public static final ProblemType METHOD_NOT_ALLOWED =
      new ProblemType("method_not_allowed", 405, "The path does not take this method");
  public static final ProblemType NOT_ACCEPTABLE =
      new ProblemType("not_acceptable", 406, "No answer in an acceptable media type");
  public static final ProblemType REQUEST_TIMEOUT =
      new ProblemType("request_timeout", 408, "The request did not arrive in time");
  public static final ProblemType BODY_TOO_LARGE =
      new ProblemType("body_too_large", 413, "The request body is larger than allowed");
  public static final ProblemType UNSUPPORTED_MEDIA_TYPE =
      new ProblemType("unsupported_media_type", 415, "The media type of the body is not taken");
  public static final ProblemType INTERNAL =
      new ProblemType("internal", 500, "Kyma failed to do this; its log says why");
  public static final ProblemType NOT_IMPLEMENTED =
      new ProblemType("not_implemented", 501, "Kyma does not do this yet");
  public static final ProblemType CATALOG_UNAVAILABLE =
      new ProblemType("catalog_unavailable", 503, "The catalog does not answer");
  public static final ProblemType STORE_UNAVAILABLE =
      new ProblemType("store_unavailable", 503, "The object store does not answer");
  public static final ProblemType STOPPING =
      new ProblemType("stopping", 503, "This process is stopping and takes no new work");

  public ProblemType {
    if (!code.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("code " + code);
    }
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException(code + ": status " + status);
    }
  }

  /** The kind for a status that the HTTP layer answers on its own. */
  static ProblemType ofStatus(int status) {
    return switch (status) {
      case 400 -> MALFORMED_REQUEST;
      case 401 -> UNAUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 408 -> REQUEST_TIMEOUT;
      case 413 -> BODY_TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 501 -> NOT_IMPLEMENTED;
      default ->
          status >= 400 && status < 500
              ? new ProblemType("refused", status, "The request is refused")
              : INTERNAL;
    };
  }
}
