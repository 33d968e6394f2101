package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.ExtentRef;
import java.time.Instant;

/**
 * A live extent that might be merged.
 *
 * @param extent what the catalog knows of it
 * @param deletedRows how many of its rows are deleted
 * @param seenAt since when it is known to be live, at the latest
 */
record Candidate(ExtentRef extent, long deletedRows, Instant seenAt) {
  long liveRows() {
    return extent.summary().rows() - deletedRows;
  }

  int level() {
    return extent.summary().level();
  }

  boolean isFlushRun() {
    return level() == 0;
  }
}
