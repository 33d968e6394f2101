package dev.kyma.compactor.core;

import dev.kyma.catalog.CommitRecord;
import dev.kyma.service.log.LogException;

/** What became of an attempt to flush. */
sealed interface FlushResult {

  /** The rows are in extents and the cursor has moved. */
  record Committed(CommitRecord record) implements FlushResult {}

  /**
   * Someone else moved the cursor, or what the flush assumed is gone: everything read is thrown
   * away and the cursor read anew.
   */
  record Lost(String code, String detail) implements FlushResult {}

  /** Something is down. The same flush is to be tried again: its outcome may even be unknown. */
  record Retry(String code, String detail) implements FlushResult {}

  /** The log is not what it was. */
  record Broken(LogException fault) implements FlushResult {}
}
