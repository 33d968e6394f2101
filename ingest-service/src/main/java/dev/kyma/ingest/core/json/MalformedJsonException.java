package dev.kyma.ingest.core.json;

/** Bytes that are not the JSON they should be. */
public final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * @param offset where in the bytes the fault was noticed
   * @param message what was expected
   */
  public MalformedJsonException(int offset, String message) {
    super(message, null, false, false);
    this.offset = offset;
  }

  /** Where in the scanned bytes the fault was noticed. */
  public int offset() {
    return offset;
  }

  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}
