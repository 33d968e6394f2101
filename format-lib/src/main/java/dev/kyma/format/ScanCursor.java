package dev.kyma.format;

import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Selection;
import org.jspecify.annotations.Nullable;

/** The rows of a scan, batch by batch. Used by one thread; nothing needs closing. */
public interface ScanCursor {

  /**
   * Rows that follow each other in the extent.
   *
   * @param firstRow the place in the extent of the batch's first row
   * @param batch the columns asked for; values of rows not selected are unspecified
   * @param selection exactly the rows that match the predicate, at least one
   */
  record Rows(long firstRow, Batch batch, Selection selection) {}

  /** The next rows, or null when there are no more. */
  @Nullable Rows next();

  /** What has been read and left out so far. */
  ScanStats stats();
}
