package dev.kyma.query.core.plan;

/** Which rows a join answers. */
public enum JoinKind {
  /** Pairs that match. */
  INNER,
  /** Pairs that match, and left rows without a match with NULLs on the right. */
  LEFT,
  /** Pairs that match, and right rows without a match with NULLs on the left. */
  RIGHT,
  /** Pairs that match, and rows of either side without a match. */
  FULL,
  /** Left rows, once each, that have a match; the right side's columns are not answered. */
  SEMI,
  /** Left rows that have no match; the right side's columns are not answered. */
  ANTI;

  /** Whether the right side's columns are part of the answer. */
  public boolean yieldsRight() {
    return this != SEMI && this != ANTI;
  }
}
