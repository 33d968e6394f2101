package dev.kyma.format.io;

import dev.kyma.format.FormatException;

/** The object store did not do what was asked. */
public abstract sealed class ObjectStoreException extends FormatException {
  private static final long serialVersionUID = 1L;

  private final String key;

  private ObjectStoreException(String message, String key) {
    super(message + ": " + key);
    this.key = key;
  }

  private ObjectStoreException(String message, String key, Throwable cause) {
    super(message + ": " + key, cause);
    this.key = key;
  }

  /** The key, or the prefix, the request was about. */
  public String key() {
    return key;
  }

  /** There is no such object. */
  public static final class NotFound extends ObjectStoreException {
    private static final long serialVersionUID = 1L;

    public NotFound(String key) {
      super("no such object", key);
    }
  }

  /**
   * The store could not be reached or refused; the request may or may not have taken effect, and
   * may succeed when repeated.
   */
  public static final class Unavailable extends ObjectStoreException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String key, Throwable cause) {
      super("object store unavailable", key, cause);
    }
  }
}
