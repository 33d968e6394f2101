package dev.kyma.format.bytes;

import dev.kyma.format.FormatException;

/** Bytes do not hold what they should; callers wrap it with what the bytes are part of. */
public final class CorruptBytesException extends FormatException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * @param offset where in the bytes the damage was noticed
   * @param message what was expected and what was there
   */
  public CorruptBytesException(int offset, String message) {
    super("damaged at byte " + offset + ": " + message);
    this.offset = offset;
  }

  /** Where in the bytes the damage was noticed. */
  public int offset() {
    return offset;
  }
}
