package dev.kyma.format;

/**
 * Stored bytes of an extent are not what was written. Nothing else is concluded: other extents, and
 * other columns of this one, may be whole.
 */
public final class CorruptExtentException extends FormatException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final long offset;

  /**
   * @param key the object
   * @param offset where in the object, in bytes
   * @param expected what should have been there
   * @param actual what was there
   */
  public CorruptExtentException(String key, long offset, String expected, String actual) {
    super(
        "extent "
            + key
            + " is damaged at "
            + offset
            + ": expected "
            + expected
            + ", found "
            + actual);
    this.key = key;
    this.offset = offset;
  }

  /** The key of the damaged object. */
  public String key() {
    return key;
  }

  /** Where in the object the damage was noticed, in bytes. */
  public long offset() {
    return offset;
  }
}
