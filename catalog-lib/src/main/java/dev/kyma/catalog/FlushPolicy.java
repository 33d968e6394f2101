package dev.kyma.catalog;

import java.time.Duration;

/**
 * When the unflushed rows of a log partition become an extent: as soon as one limit is reached.
 *
 * @param maxRows rows
 * @param maxBytes bytes of the log, as stored there
 * @param maxAge age of the oldest unflushed row; a promise, not an aim
 */
public record FlushPolicy(long maxRows, long maxBytes, Duration maxAge) {
  public FlushPolicy {
    if (maxRows < 1 || maxBytes < 1 || maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException(maxRows + " rows, " + maxBytes + " bytes, " + maxAge);
    }
  }
}
