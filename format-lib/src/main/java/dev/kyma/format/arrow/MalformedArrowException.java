package dev.kyma.format.arrow;

import dev.kyma.format.FormatException;

/** Bytes are not the Arrow record batch they should be. */
public final class MalformedArrowException extends FormatException {
  private static final long serialVersionUID = 1L;

  public MalformedArrowException(String message) {
    super("malformed Arrow message: " + message);
  }

  public MalformedArrowException(String message, Throwable cause) {
    super("malformed Arrow message: " + message, cause);
  }
}
