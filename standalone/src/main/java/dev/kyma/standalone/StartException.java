package dev.kyma.standalone;

/** Why the process does not start, in one line for its user. */
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartException(String message) {
    super(message);
  }
}
