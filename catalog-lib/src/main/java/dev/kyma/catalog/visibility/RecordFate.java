package dev.kyma.catalog.visibility;

import dev.kyma.format.vector.Selection;

/** What becomes of the rows of one record. */
public sealed interface RecordFate {
  /** All rows are kept. */
  record Keep() implements RecordFate {}

  /** Only some rows are kept: the others repeat a keyed request already stored. */
  record KeepRows(Selection rows) implements RecordFate {}

  /** No row is kept. */
  record Drop() implements RecordFate {}

  /**
   * The record could not be decoded: it becomes one row of {@code kyma.system.dead_letters}, in the
   * same commit as the rows around it, and as that row it is seen in the hot tail.
   *
   * @param problem what is wrong with it, for people
   */
  record DeadLetter(String problem) implements RecordFate {}
}
