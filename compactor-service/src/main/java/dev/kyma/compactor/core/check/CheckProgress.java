package dev.kyma.compactor.core.check;

/** Takes how far a check is. Called by many threads. */
public interface CheckProgress {
  /** Takes nothing. */
  CheckProgress NONE = (what, done, total) -> {};

  /**
   * Something was done.
   *
   * @param what what is being checked
   * @param done how much of it is
   * @param total how much there is
   * @throws java.util.concurrent.CancellationException to end the check
   */
  void step(String what, long done, long total);
}
