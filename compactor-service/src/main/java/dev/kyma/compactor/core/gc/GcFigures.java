package dev.kyma.compactor.core.gc;

/**
 * What was removed.
 *
 * @param garbage objects that a commit had dereferenced
 * @param orphans objects that no commit had named
 * @param refused objects that the store did not let go of; they are tried again
 */
public record GcFigures(long garbage, long orphans, long refused) {
  /** Nothing at all. */
  public static final GcFigures NONE = new GcFigures(0, 0, 0);

  /** Both together. */
  public GcFigures plus(GcFigures other) {
    return new GcFigures(garbage + other.garbage, orphans + other.orphans, refused + other.refused);
  }
}
