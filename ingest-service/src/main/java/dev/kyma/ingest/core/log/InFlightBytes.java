package dev.kyma.ingest.core.log;

import dev.kyma.ingest.core.IngestProblems;
import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of requests this process holds at a time; more are refused, never queued. */
public final class InFlightBytes {
  private final long max;
  private final AtomicLong held = new AtomicLong();

  public InFlightBytes(long max) {
    this.max = max;
  }

  /** How many bytes are held now. */
  public long held() {
    return held.get();
  }

  /** A share of nothing, to be grown while a body arrives and closed when it is dealt with. */
  public Share open() {
    return new Share();
  }

  /** What one request holds. Used by one thread. */
  public final class Share implements AutoCloseable {
    private long bytes;

    private Share() {}

    /**
     * Takes more.
     *
     * @throws dev.kyma.service.problem.KymaException.Busy if that is more than there is
     */
    public void grow(long more) {
      long now = held.addAndGet(more);
      if (now > max) {
        held.addAndGet(-more);
        throw IngestProblems.overloaded(max);
      }
      bytes += more;
    }

    @Override
    public void close() {
      held.addAndGet(-bytes);
      bytes = 0;
    }
  }
}
