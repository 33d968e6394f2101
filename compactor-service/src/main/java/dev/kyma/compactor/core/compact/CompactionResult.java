package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.CommitRecord;

/** What became of an attempt to carry out a task. */
public sealed interface CompactionResult {

  /**
   * The extents are replaced.
   *
   * @param record the commit
   * @param figures what it took
   */
  record Committed(CommitRecord record, Figures figures) implements CompactionResult {}

  /** What the task assumed no longer holds: someone else replaced an extent, the table is gone. */
  record Discarded(String code, String detail) implements CompactionResult {}

  /** Something is down. The same attempt is to be made again: its outcome may even be unknown. */
  record Retry(String code, String detail) implements CompactionResult {}

  /** It cannot be done, as long as nothing changes. */
  record Failed(String code, String detail) implements CompactionResult {}

  /** It was asked to stop. */
  record Stopped() implements CompactionResult {}

  /**
   * How much work a task was.
   *
   * @param rows how many rows it read
   * @param dropped how many of them it did not write
   * @param bytesRead the length of the extents it replaced
   * @param bytesWritten the length of the extents it wrote
   * @param extentsRead how many extents it replaced
   * @param extentsWritten how many extents it wrote
   */
  record Figures(
      long rows,
      long dropped,
      long bytesRead,
      long bytesWritten,
      int extentsRead,
      int extentsWritten) {}
}
