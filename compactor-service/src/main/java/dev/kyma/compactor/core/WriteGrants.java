package dev.kyma.compactor.core;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.WriteGrant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The grant this process writes extents under, opened when it is needed and anew from time to time
 * so that the sweep of orphans may revoke old ones. Safe for use by many threads.
 */
public final class WriteGrants {
  private final Catalog catalog;
  private final Clock clock;
  private final Duration maxAge;
  private final AtomicLong objects = new AtomicLong();
  private @Nullable WriteGrant current;
  private Instant openedAt = Instant.MIN;

  /**
   * @param maxAge after how long a new grant is opened
   */
  public WriteGrants(Catalog catalog, Clock clock, Duration maxAge) {
    this.catalog = catalog;
    this.clock = clock;
    this.maxAge = maxAge;
  }

  /** The grant to write under. */
  public synchronized WriteGrant current() {
    Instant now = clock.instant();
    WriteGrant grant = current;
    if (grant == null || now.isAfter(openedAt.plus(maxAge))) {
      // The old one is not closed: flushes under way still name it. The sweep revokes it.
      grant = catalog.openGrant("extents");
      current = grant;
      openedAt = now;
    }
    return grant;
  }

  /** Forgets a grant that was refused. */
  public synchronized void refused(WriteGrant grant) {
    if (grant.equals(current)) {
      current = null;
    }
  }

  /** A key under a grant that is used once. */
  public String newKey(WriteGrant grant, long table) {
    return grant.keyPrefix() + "t" + table + "-" + objects.incrementAndGet();
  }
}
