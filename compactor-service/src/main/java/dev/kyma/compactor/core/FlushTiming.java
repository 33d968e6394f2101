package dev.kyma.compactor.core;

import dev.kyma.catalog.FlushPolicy;
import dev.kyma.format.ExtentWriter;
import java.time.Duration;
import java.time.Instant;

/** When the unflushed rows of a log partition are due. A pure decision. */
final class FlushTiming {
  /** No flush takes more log than this, whatever the policy: its rows must fit in memory. */
  static final long MAX_BYTES = 512L << 20;

  private FlushTiming() {}

  /**
   * What waits to be flushed.
   *
   * @param records how many records, those whose rows are dropped included
   * @param rows how many rows
   * @param bytes how many bytes of log
   * @param oldestAppend when the first of the records was appended by the log's clock, or when it
   *     was read if our clock says that this was earlier: a broker's clock that runs ahead must not
   *     make rows wait
   */
  record Waiting(long records, long rows, long bytes, Instant oldestAppend) {}

  /** What to do now. */
  sealed interface Decision {
    /** Nothing before that instant, unless more records come. */
    record NotBefore(Instant instant) implements Decision {}

    /** Flush. */
    record Due(Reason reason) implements Decision {}
  }

  /** Which limit was reached. */
  enum Reason {
    ROWS,
    BYTES,
    INTERVAL,
    REQUESTED,
    MEMORY
  }

  /**
   * Decides for records that wait. The interval counts from when the oldest of them was appended.
   */
  static Decision decide(FlushPolicy policy, Waiting waiting, Instant now) {
    if (waiting.records() == 0) {
      return new Decision.NotBefore(Instant.MAX);
    }
    if (waiting.rows() >= maxRows(policy)) {
      return new Decision.Due(Reason.ROWS);
    }
    if (waiting.bytes() >= Math.min(policy.maxBytes(), MAX_BYTES)) {
      return new Decision.Due(Reason.BYTES);
    }
    Instant deadline = waiting.oldestAppend().plus(policy.maxAge());
    return now.isBefore(deadline)
        ? new Decision.NotBefore(deadline)
        : new Decision.Due(Reason.INTERVAL);
  }

  /** Whether rows that come next must go to the next flush, so that this one is one extent. */
  static boolean wouldOverflow(Waiting waiting, long moreRows) {
    return waiting.rows() > 0 && waiting.rows() + moreRows > ExtentWriter.MAX_ROWS;
  }

  private static long maxRows(FlushPolicy policy) {
    return Math.min(policy.maxRows(), ExtentWriter.MAX_ROWS);
  }

  /** How long to wait for a deadline, at least nothing and at most {@code limit}. */
  static Duration until(Instant deadline, Instant now, Duration limit) {
    if (!deadline.isAfter(now)) {
      return Duration.ZERO;
    }
    if (deadline.isAfter(now.plus(limit))) {
      return limit;
    }
    return Duration.between(now, deadline);
  }
}
