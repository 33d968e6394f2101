package dev.kyma.query.core.exec;

import dev.kyma.query.core.QueryException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** What one running query has at its disposal. Safe for use by the query's threads. */
public final class QueryContext {
  private final MemoryBudget memory;
  private final Duration maxTime;
  private final long deadlineNanos;
  private final int parallelism;
  private final Executor workers;
  private final Instant now;
  private volatile boolean cancelled;

  /**
   * @param memory what the query may hold
   * @param maxTime how long it may run from now
   * @param parallelism how many threads may work on it, its own included
   * @param workers runs the others
   * @param now the time the statement began
   */
  public QueryContext(
      MemoryBudget memory, Duration maxTime, int parallelism, Executor workers, Instant now) {
    this.memory = memory;
    this.maxTime = maxTime;
    this.deadlineNanos = System.nanoTime() + maxTime.toNanos();
    this.parallelism = parallelism;
    this.workers = workers;
    this.now = now;
  }

  public MemoryBudget memory() {
    return memory;
  }

  public int parallelism() {
    return parallelism;
  }

  /** The time the statement began. */
  public Instant now() {
    return now;
  }

  Executor workers() {
    return workers;
  }

  /** How much time is left, at least zero. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
  }

  /** Makes every later {@link #check()} fail. */
  public void cancel() {
    cancelled = true;
  }

  /**
   * Called at least once a batch by whatever works for the query.
   *
   * @throws QueryException if the query was cancelled or its time is over
   */
  public void check() {
    if (cancelled) {
      throw new QueryException(QueryException.Code.CANCELLED, "the query was cancelled");
    }
    if (System.nanoTime() - deadlineNanos > 0) {
      throw QueryException.limit("kyma.query.max-time", maxTime.toMillis(), "ms");
    }
  }
}
