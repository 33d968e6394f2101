package dev.kyma.compactor.core.compact;

/** Is told how far a task is, and says whether it is still wanted. Called by the task's thread. */
@FunctionalInterface
public interface Progress {
  /** Told nothing, and wants everything. */
  Progress NONE = (step, done, total) -> Wanted.GO_ON;

  /** Whether a task is to go on. */
  enum Wanted {
    GO_ON,
    /** Someone killed it, or its claim is lost: nothing more is to be written. */
    STOP
  }

  /**
   * A task is so far.
   *
   * @param step what it does, a word
   * @param done how many rows are done
   * @param total of how many
   */
  Wanted report(String step, long done, long total);
}
