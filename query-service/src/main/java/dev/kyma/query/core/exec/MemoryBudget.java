package dev.kyma.query.core.exec;

import dev.kyma.query.core.QueryException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory one query holds and may hold, in bytes. What passes through operators batch by
 * batch is not counted, what they keep is. Safe for use by many threads.
 */
public final class MemoryBudget {
  private final long limit;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();

  /**
   * @param limit the most bytes the query may hold
   */
  public MemoryBudget(long limit) {
    this.limit = limit;
  }

  /**
   * Counts memory about to be taken.
   *
   * @throws QueryException with {@link QueryException.Code#QUERY_LIMIT_EXCEEDED} if it is too much
   */
  public void reserve(long bytes) {
    long now = used.addAndGet(bytes);
    if (now > limit) {
      used.addAndGet(-bytes);
      throw QueryException.limit("kyma.query.max-memory", limit, "bytes");
    }
    peak.accumulateAndGet(now, Math::max);
  }

  /** Counts memory given back. */
  public void release(long bytes) {
    used.addAndGet(-bytes);
  }

  /** The most bytes held at one time. */
  public long peak() {
    return peak.get();
  }
}
