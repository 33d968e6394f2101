package dev.kyma.ingest.core.otlp;

/** A record that is well formed but cannot be stored; the others are not concerned. */
final class RejectedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  RejectedRecordException(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
