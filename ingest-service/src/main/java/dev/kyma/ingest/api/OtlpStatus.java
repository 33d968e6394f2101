package dev.kyma.ingest.api;

/** The codes of google.rpc.Status for what a problem's HTTP status says. */
public final class OtlpStatus {
  public static final int INVALID_ARGUMENT = 3;
  public static final int NOT_FOUND = 5;
  public static final int RESOURCE_EXHAUSTED = 8;
  public static final int INTERNAL = 13;
  public static final int UNAVAILABLE = 14;

  private OtlpStatus() {}

  /** The code; a client's fault is never INTERNAL. */
  public static int codeOf(int httpStatus) {
    return switch (httpStatus) {
      case 404 -> NOT_FOUND;
      case 429 -> RESOURCE_EXHAUSTED;
      case 502, 503, 504 -> UNAVAILABLE;
      default -> httpStatus < 500 ? INVALID_ARGUMENT : INTERNAL;
    };
  }
}
