package dev.kyma.compactor.core.job;

/** Takes how far a job is. Safe for use by many threads. */
public interface JobProgress {
  /**
   * Something was done.
   *
   * @param text what is being done, for people
   * @param done steps done
   * @param total steps in all, 0 when unknown
   * @throws java.util.concurrent.CancellationException if the job was killed, or is another's
   */
  void step(String text, long done, long total);
}
