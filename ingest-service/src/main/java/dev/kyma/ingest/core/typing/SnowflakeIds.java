package dev.kyma.ingest.core.typing;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Ids that grow with time: 41 bits of milliseconds since 2024, 12 bits of this process, 10 bits
 * that count within a millisecond. A process that needs more in a millisecond takes them from the
 * next ones, so ids run ahead of the clock under load and never repeat when it goes back.
 *
 * <p>Ids of two processes differ as long as fewer than 4,096 processes began to make ids between
 * the starts of the two. Safe for use by many threads.
 */
public final class SnowflakeIds {
  /** 2024-01-01T00:00:00Z. */
  static final long EPOCH_MILLIS = 1_704_067_200_000L;

  static final int COUNT_BITS = 10;
  static final int PROCESS_BITS = 12;

  private final Clock clock;
  private final LongSupplier processes;
  private long process = -1;
  private long millis;
  private long count;

  /**
   * @param processes hands out numbers, each once; asked when the first id is needed
   */
  public SnowflakeIds(Clock clock, LongSupplier processes) {
    this.clock = clock;
    this.processes = processes;
  }

  /**
   * The next id, above 0.
   *
   * @throws RuntimeException what the source of process numbers throws, before the first id
   */
  public synchronized long next() {
    if (process < 0) {
      process = processes.getAsLong() & (1L << PROCESS_BITS) - 1;
    }
    long now = Math.max(0, clock.millis() - EPOCH_MILLIS);
    if (now > millis) {
      millis = now;
      count = 0;
    } else if (++count == 1L << COUNT_BITS) {
      millis++;
      count = 0;
    }
    return millis << PROCESS_BITS + COUNT_BITS | process << COUNT_BITS | count;
  }
}
