package dev.kyma.ingest.core.otlp;

/** A body that is not the message it should be. */
public final class MalformedOtlpException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param offset where in the body the fault was noticed
   * @param reason what was expected
   */
  public MalformedOtlpException(int offset, String reason) {
    super(reason + ", at byte " + offset, null, false, false);
  }

  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}
