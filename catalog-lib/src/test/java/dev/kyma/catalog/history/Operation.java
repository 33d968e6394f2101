package dev.kyma.catalog.history;

/**
 * One operation of a history.
 *
 * @param input what was asked
 * @param output what was answered
 * @param called when it was asked, in any unit
 * @param returned when it was answered, {@link #NEVER} when that is not known
 */
public record Operation<I, O>(I input, O output, long called, long returned) {
  /** Later than everything: the operation may take effect at any time after its call, or not. */
  public static final long NEVER = Long.MAX_VALUE;

  public Operation {
    if (returned < called) {
      throw new IllegalArgumentException("answered " + (called - returned) + " before asked");
    }
  }
}
