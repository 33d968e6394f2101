package dev.kyma.catalog.history;

import dev.kyma.catalog.CommitOutcome.Reason;
import java.util.Map;

/** What it answers. */
sealed interface TableAnswer {
  /** The table in the snapshot of a number. */
  record Seen(long number, TableState state) implements TableAnswer {}

  record Committed(long number) implements TableAnswer {}

  record Refused(Reason reason) implements TableAnswer {}

  /** Nobody knows, or will. */
  record Unknown() implements TableAnswer {}

  /**
   * A table.
   *
   * @param offset where its one cursor stands
   * @param live the live extents and which rows of them are deleted, as a set of bits
   */
  record TableState(long offset, Map<String, Long> live) {
    public TableState {
      live = Map.copyOf(live);
    }
  }
}
