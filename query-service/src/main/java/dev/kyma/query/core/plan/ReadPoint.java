package dev.kyma.query.core.plan;

import java.time.Instant;

/** At which state a table is read. */
public sealed interface ReadPoint {
  /** The state the statement fixed when it began, hot tail as asked for by its freshness. */
  Current CURRENT = new Current();

  /** See {@link #CURRENT}. */
  record Current() implements ReadPoint {}

  /**
   * One snapshot, without any hot tail.
   *
   * @param number the snapshot's number
   */
  record Snapshot(long number) implements ReadPoint {}

  /**
   * The last snapshot committed at or before a time, without any hot tail.
   *
   * @param time the time, in the catalog's clock
   */
  record Time(Instant time) implements ReadPoint {}
}
