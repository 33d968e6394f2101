package dev.kyma.compactor.core;

/** A log's flush has stopped: the log is not the one its cursor belongs to. */
public final class LogStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code the stable name of the reason
   * @param detail the reason, for people
   */
  public LogStoppedException(String code, String detail) {
    super(detail);
    this.code = code;
  }

  /** The stable name of the reason. */
  public String code() {
    return code;
  }
}
