package dev.kyma.compactor.core.job;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Job;
import dev.kyma.catalog.Jobs;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.service.log.LogException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims jobs and has them done. {@link #step} belongs to one thread; jobs run in others.
 *
 * <p>Kinds that are quick, and that somebody waits for, are not kept waiting by slow ones: each
 * kind has a number of turns of its own.
 */
public final class JobLoop {
  private static final Logger LOG = LoggerFactory.getLogger(JobLoop.class);

  /** For how long a job is this process's without a word from it. */
  static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration RENEW_AFTER = Duration.ofSeconds(8);

  private final Jobs jobs;
  private final String owner;
  private final Map<Job.Kind, JobWork> works = new EnumMap<>(Job.Kind.class);
  private final int turns;
  private final Executor workers;
  private final Clock clock;
  private final Map<Long, RunningJob> running = new ConcurrentHashMap<>();

  /**
   * @param owner unique among all processes
   * @param works what can be done here, one for each kind
   * @param turns how many jobs of one kind run at a time
   * @param workers runs them; each takes a thread until it ends
   */
  public JobLoop(
      Jobs jobs, String owner, List<JobWork> works, int turns, Executor workers, Clock clock) {
    this.jobs = jobs;
    this.owner = owner;
    this.turns = turns;
    this.workers = workers;
    this.clock = clock;
    works.forEach(work -> this.works.put(work.kind(), work));
  }

  /** One round: says how far jobs are, and takes new ones. */
  public void step() {
    try {
      renew();
      claim();
    } catch (CatalogException e) {
      LOG.warn("jobs are put off: {}", e.getMessage());
    }
  }

  private void renew() {
    Instant now = clock.instant();
    for (RunningJob job : running.values()) {
      boolean due = now.isAfter(job.renewedAt().plus(RENEW_AFTER));
      if (job.isEnded() || !due && !job.hasNews()) {
        continue;
      }
      Job.Progress progress = job.progress();
      Jobs.Standing standing = jobs.progress(job.job().id(), owner, progress, LEASE);
      switch (standing) {
        case MINE -> job.renewed(now, progress);
        case KILLED, LOST -> {
          LOG.info("job {} ends: {}", job.job().id(), standing);
          job.end();
        }
      }
    }
  }

  private void claim() {
    Set<Job.Kind> free = free();
    while (!free.isEmpty()) {
      Optional<Job> claimed = jobs.claim(owner, free, LEASE);
      if (claimed.isEmpty()) {
        return;
      }
      Job job = claimed.get();
      RunningJob begun = new RunningJob(job, clock.instant());
      running.put(job.id(), begun);
      workers.execute(() -> run(begun));
      free = free();
    }
  }

  private Set<Job.Kind> free() {
    Map<Job.Kind, Integer> taken = new EnumMap<>(Job.Kind.class);
    running.values().forEach(job -> taken.merge(job.job().kind(), 1, Integer::sum));
    Set<Job.Kind> free = EnumSet.noneOf(Job.Kind.class);
    for (Job.Kind kind : works.keySet()) {
      if (taken.getOrDefault(kind, 0) < turns) {
        free.add(kind);
      }
    }
    return free;
  }

  private void run(RunningJob running) {
    Job job = running.job();
    try {
      JobWork work = works.get(job.kind());
      if (work == null) {
        throw new JobFailedException("No process here does jobs of kind " + job.kind() + ".");
      }
      String result = work.run(job, running).text();
      // What was reached last is shown also of a job that was too quick to be asked.
      jobs.progress(job.id(), owner, running.progress(), LEASE);
      jobs.finish(job.id(), owner, result);
    } catch (CancellationException e) {
      LOG.info("job {} was ended", job.id());
    } catch (JobFailedException e) {
      fail(job, String.valueOf(e.getMessage()));
    } catch (LogException e) {
      fail(job, e.code() + ": " + e.getMessage());
    } catch (CatalogException | ObjectStoreException e) {
      fail(job, "storage_unavailable: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("job {} failed", job.id(), e);
      fail(job, "internal: " + e);
    } finally {
      this.running.remove(job.id());
    }
  }

  private void fail(Job job, String reason) {
    try {
      jobs.fail(job.id(), owner, reason);
    } catch (CatalogException e) {
      // Its lease runs out, and it is begun again.
      LOG.warn("job {} failed, and the catalog does not answer: {}", job.id(), reason);
    }
  }

  /** Makes running jobs end; they are begun again elsewhere once their leases have run out. */
  public void stop() {
    running.values().forEach(RunningJob::end);
  }
}
