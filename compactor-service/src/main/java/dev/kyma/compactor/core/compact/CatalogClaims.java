package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Jobs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims as rows of the catalog, each in the name of a task's first extent, held for as long as the
 * task says a word within the lease. Two processes that plan at once begin their tasks with the
 * same extents, so one of them goes on to the next.
 */
public final class CatalogClaims implements WorkClaims {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogClaims.class);
  private static final int RENEWALS_PER_LEASE = 4;

  private final Jobs jobs;
  private final String owner;
  private final Duration lease;
  private final Clock clock;

  /**
   * @param owner unique among all processes
   * @param lease how long a process that fell silent keeps a task
   */
  public CatalogClaims(Jobs jobs, String owner, Duration lease, Clock clock) {
    this.jobs = jobs;
    this.owner = owner;
    this.lease = lease;
    this.clock = clock;
  }

  @Override
  public Optional<Claim> take(CompactionTask task) {
    String name = "compact/" + task.inputs().getFirst().key();
    return jobs.claim(name, owner, lease) ? Optional.of(new Leased(name)) : Optional.empty();
  }

  private final class Leased implements Claim {
    private final String name;
    private Instant renewAt = nextRenewal();

    Leased(String name) {
      this.name = name;
    }

    private Instant nextRenewal() {
      return clock.instant().plus(lease.dividedBy(RENEWALS_PER_LEASE));
    }

    @Override
    public Wanted report(String step, long done, long total) {
      if (clock.instant().isBefore(renewAt)) {
        return Wanted.GO_ON;
      }
      renewAt = nextRenewal();
      try {
        return jobs.claim(name, owner, lease) ? Wanted.GO_ON : Wanted.STOP;
      } catch (CatalogException.Unavailable e) {
        LOG.warn("claim {} is not renewed: {}", name, e.getMessage());
        return Wanted.GO_ON;
      }
    }

    @Override
    public void ended(CompactionResult result) {
      try {
        jobs.release(name, owner);
      } catch (CatalogException.Unavailable e) {
        LOG.warn("claim {} runs out by itself: {}", name, e.getMessage());
      }
    }
  }
}
