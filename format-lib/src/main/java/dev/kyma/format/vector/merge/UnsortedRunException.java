package dev.kyma.format.vector.merge;

/** A run that was to be merged is not in the order it was said to be in. */
public final class UnsortedRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int run;

  /**
   * @param run the run's place among those merged
   * @param row the first row of the run that is less than the one before it
   */
  public UnsortedRunException(int run, long row) {
    super("run " + run + " is not in order at row " + row);
    this.run = run;
  }

  /** The run's place among those merged. */
  public int run() {
    return run;
  }
}
