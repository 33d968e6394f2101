package dev.kyma.compactor.core;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after a number of failures in a row: doubling, with a random half. */
public record Backoff(Duration first, Duration most, RandomGenerator random) {

  /** The wait before the next attempt, after {@code failures} ≥ 1 in a row. */
  public Duration after(int failures) {
    int doublings = Math.min(failures - 1, 20);
    long millis = Math.min(most.toMillis(), first.toMillis() << doublings);
    return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
  }
}
