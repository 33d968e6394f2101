package dev.kyma.format.log;

import dev.kyma.format.FormatException;

/** A log record is not a whole frame of a known version. The record is never partly used. */
public final class CorruptFrameException extends FormatException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * @param offset where in the record, in bytes
   * @param message what was expected and what was there
   */
  public CorruptFrameException(int offset, String message) {
    super("log frame is damaged at " + offset + ": " + message);
    this.offset = offset;
  }

  /** Where in the record the damage was noticed, in bytes. */
  public int offset() {
    return offset;
  }
}
