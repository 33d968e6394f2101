package dev.kyma.compactor.core;

import java.time.Duration;

/**
 * How flush runs; the per-table policy is in the catalog.
 *
 * @param memoryBytes heap that rows read and not committed may take, over all tables; beyond it the
 *     largest partition is flushed early, and a half more stops reading
 * @param builders how many extents are built at a time
 * @param poll how long a poll waits at most, which bounds how late a deadline is noticed
 * @param refresh how old the known snapshot may be, which bounds how late a new table is noticed
 * @param identityCheck how often topics are compared with the catalog while nothing is flushed
 * @param commitPatience how long an unknown commit is submitted again before the flush is put off
 * @param grantAge after how long a new write grant is opened
 * @param firstBackoff the wait after a first failure
 * @param mostBackoff the longest wait after failures in a row
 */
public record FlushSettings(
    long memoryBytes,
    int builders,
    Duration poll,
    Duration refresh,
    Duration identityCheck,
    Duration commitPatience,
    Duration grantAge,
    Duration firstBackoff,
    Duration mostBackoff) {

  /** The settings that are used unless configured otherwise. */
  public static FlushSettings defaults() {
    return new FlushSettings(
        256L << 20,
        Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofMinutes(10),
        Duration.ofMillis(100),
        Duration.ofSeconds(5));
  }

  /** Beyond this much heap nothing more is read. */
  long memoryLimit() {
    return memoryBytes + memoryBytes / 2;
  }
}
