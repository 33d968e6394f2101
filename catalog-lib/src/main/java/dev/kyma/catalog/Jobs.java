package dev.kyma.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Jobs and claims, as rows that all processes on one catalog see. Safe for use by many threads and
 * processes; every method may throw {@link CatalogException.Unavailable}.
 *
 * <p>They only spread work. A lease can run out under its holder, so two may do the same at once:
 * what is right is decided by commits alone. Jobs that ended are forgotten after a week.
 */
public interface Jobs {

  /** How a job stands with whoever believes to own it. */
  enum Standing {
    /** It is theirs, and the lease is renewed. */
    MINE,
    /** Somebody asked that it ends. */
    KILLED,
    /** The lease ran out and the job is another's, or has ended. */
    LOST
  }

  /**
   * Adds a job.
   *
   * @param table the table it is about, 0 for none or several
   * @return its id
   */
  long submit(Job.Kind kind, long table, String arguments);

  /**
   * Takes the oldest job that is queued, or whose owner let the lease run out.
   *
   * @param owner unique among all processes
   * @param lease for how long it is the owner's without a word from it
   */
  Optional<Job> claim(String owner, Set<Job.Kind> kinds, Duration lease);

  /** Says how far a claimed job is and renews its lease. */
  Standing progress(long job, String owner, Job.Progress progress, Duration lease);

  /** Ends a claimed job well; false when it is not the owner's any more or was killed. */
  boolean finish(long job, String owner, String result);

  /** Ends a claimed job badly; false when it is not the owner's any more or was killed. */
  boolean fail(long job, String owner, String reason);

  /**
   * Ends a job for everybody; its owner learns of it at the next {@link #progress}.
   *
   * @return whether it had not ended yet
   */
  boolean kill(long job);

  /** The newest jobs, newest first. */
  List<Job> list(int limit);

  /** The job with an id. */
  Optional<Job> find(long job);

  /**
   * Claims a name, for example of a range of extents, or renews the claim.
   *
   * @param owner unique among all processes
   * @param lease for how long the name is the owner's without another call
   * @return whether it is the owner's now
   */
  boolean claim(String name, String owner, Duration lease);

  /** Gives a claimed name back; one that is not the owner's stays as it is. */
  void release(String name, String owner);
}
