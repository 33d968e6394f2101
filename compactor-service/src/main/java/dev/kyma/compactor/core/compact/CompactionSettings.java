package dev.kyma.compactor.core.compact;

import java.time.Duration;

/**
 * How compaction runs; {@link CompactionLimits} says when.
 *
 * @param limits when extents are merged
 * @param workers how many tasks run at a time
 * @param refresh how old the known snapshot may be
 * @param review how long a table nothing was committed to waits until it is looked at again
 * @param commitPatience how long an unknown commit is submitted again before it is put off
 * @param setAside how long extents of a task that failed are left alone
 * @param firstBackoff the wait after a first failure
 * @param mostBackoff the longest wait after failures in a row
 * @param attempts how often a task is tried when something is down; one whose commit is of unknown
 *     outcome is tried until it is known
 */
public record CompactionSettings(
    CompactionLimits limits,
    int workers,
    Duration refresh,
    Duration review,
    Duration commitPatience,
    Duration setAside,
    Duration firstBackoff,
    Duration mostBackoff,
    int attempts) {

  /** The settings that are used unless configured otherwise. */
  public static CompactionSettings defaults() {
    return new CompactionSettings(
        CompactionLimits.defaults(),
        1,
        Duration.ofSeconds(1),
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        Duration.ofMinutes(5),
        Duration.ofMillis(200),
        Duration.ofSeconds(10),
        8);
  }
}
