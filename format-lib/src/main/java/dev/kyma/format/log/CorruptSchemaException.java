package dev.kyma.format.log;

import dev.kyma.format.FormatException;

/** A stored schema is not the one its name says. */
public final class CorruptSchemaException extends FormatException {
  private static final long serialVersionUID = 1L;

  public CorruptSchemaException(String message) {
    super("schema is damaged: " + message);
  }

  public CorruptSchemaException(String message, Throwable cause) {
    super("schema is damaged: " + message, cause);
  }
}
