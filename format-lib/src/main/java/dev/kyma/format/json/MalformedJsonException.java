package dev.kyma.format.json;

import dev.kyma.format.FormatException;

/** A text is not JSON, or is nested too deep. */
public final class MalformedJsonException extends FormatException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * @param offset where in the text, in bytes from its start
   * @param problem what is wrong there
   */
  public MalformedJsonException(int offset, String problem) {
    super("malformed JSON at byte " + offset + ": " + problem);
    this.offset = offset;
  }

  /** Where in the text the problem is, in bytes from its start. */
  public int offset() {
    return offset;
  }
}
