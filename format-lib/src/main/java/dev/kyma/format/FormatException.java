package dev.kyma.format;

/** The root of every fault this library reports. */
public abstract class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected FormatException(String message) {
    super(message);
  }

  protected FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
