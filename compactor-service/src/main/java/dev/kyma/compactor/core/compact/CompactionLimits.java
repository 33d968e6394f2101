package dev.kyma.compactor.core.compact;

import dev.kyma.format.ExtentWriter;
import java.time.Duration;

/**
 * When extents are merged, and into how large ones.
 *
 * @param runs so many extents of one size may lie beside each other; one more and they are merged.
 *     Each size is this many times the one before
 * @param pendingRows so many rows may wait in extents that flush wrote
 * @param runAge so long an extent that flush wrote may wait
 * @param extentRows the most rows an extent is given
 * @param extentBytes the most memory the rows of an extent may take while it is being written
 * @param inputs the most extents that are merged at a time, which bounds memory
 * @param taskRows the most rows that are merged at a time, which bounds how long a task lasts
 * @param deletedPercent from this share of deleted rows on an extent is written anew
 */
public record CompactionLimits(
    int runs,
    long pendingRows,
    Duration runAge,
    int extentRows,
    long extentBytes,
    int inputs,
    long taskRows,
    int deletedPercent) {
  public CompactionLimits {
    if (runs < 1 || pendingRows < 1 || extentRows < 1 || extentRows > ExtentWriter.MAX_ROWS) {
      throw new IllegalArgumentException(runs + " runs, extents of " + extentRows + " rows");
    }
    if (extentBytes < 1 || inputs < 2 || inputs <= runs || taskRows < 1) {
      throw new IllegalArgumentException(
          inputs + " inputs with " + runs + " runs, " + taskRows + " rows");
    }
    if (deletedPercent < 1 || deletedPercent > 100) {
      throw new IllegalArgumentException(deletedPercent + " percent");
    }
  }

  /** The limits that are used unless configured otherwise. */
  public static CompactionLimits defaults() {
    return new CompactionLimits(
        4, 2L << 20, Duration.ofMinutes(10), ExtentWriter.MAX_ROWS, 128L << 20, 24, 8L << 20, 25);
  }
}
