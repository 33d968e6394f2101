package dev.kyma.compactor.core.job;

/** A job's work cannot be done. The message says why, as a sentence for the client. */
public final class JobFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JobFailedException(String message) {
    super(message);
  }

  public JobFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
