package dev.kyma.catalog.commit;

import dev.kyma.format.DeletionVector;

/**
 * The deleted rows of one extent, growing by small steps; immutable. Rows deleted lately are held
 * apart until they are many, so that a step costs what it adds and not what is there.
 */
public final class MaskedRows {
  /** No row is deleted. */
  public static final MaskedRows NONE = new MaskedRows(DeletionVector.EMPTY, DeletionVector.EMPTY);

  // Folding copies the large part; with these bounds a row is copied about eight times in all.
  private static final int SMALL = 1_024;
  private static final int LARGE_TO_RECENT = 8;

  private final DeletionVector large;
  private final DeletionVector recent;
  private volatile DeletionVector vector;

  private MaskedRows(DeletionVector large, DeletionVector recent) {
    this.large = large;
    this.recent = recent;
    this.vector = large.isEmpty() ? recent : DeletionVector.EMPTY;
  }

  /** How many rows are deleted. */
  public int cardinality() {
    return large.cardinality() + recent.cardinality();
  }

  /** With more rows; those that are deleted already change nothing. */
  public MaskedRows plus(DeletionVector rows) {
    DeletionVector more = large.isEmpty() ? rows : rows.minus(large);
    DeletionVector grown = recent.union(more);
    if (grown.cardinality() > Math.max(SMALL, large.cardinality() / LARGE_TO_RECENT)) {
      return new MaskedRows(large.union(grown), DeletionVector.EMPTY);
    }
    return new MaskedRows(large, grown);
  }

  /** The rows; made once and kept. */
  public DeletionVector vector() {
    DeletionVector all = vector;
    if (all.isEmpty()) {
      all = large.union(recent);
      vector = all;
    }
    return all;
  }
}
