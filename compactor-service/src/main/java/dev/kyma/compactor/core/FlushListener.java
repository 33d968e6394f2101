package dev.kyma.compactor.core;

import dev.kyma.catalog.CommitRecord;

/** Is told what flush did. Called by the loop's thread; must not wait. */
public interface FlushListener {
  /** Told nothing. */
  FlushListener NONE = (record, rows) -> {};

  /**
   * A flush was committed.
   *
   * @param record the commit
   * @param rows how many rows it moved
   */
  void committed(CommitRecord record, long rows);
}
