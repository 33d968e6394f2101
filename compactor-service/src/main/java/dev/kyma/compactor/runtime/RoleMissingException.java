package dev.kyma.compactor.runtime;

/** What was asked for is done by other processes: this one does not have the role. */
public final class RoleMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String role;

  RoleMissingException(String role) {
    super("this process does not have the role " + role + ", or is stopping");
    this.role = role;
  }

  /** The name of the role. */
  public String role() {
    return role;
  }
}
