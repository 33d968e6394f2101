package dev.kyma.compactor.core.job;

import dev.kyma.catalog.Job;
import java.time.Instant;
import java.util.concurrent.CancellationException;

/** A job this process does now. Its work tells it how far it is; the loop writes that down. */
final class RunningJob implements JobProgress {
  private final Job job;
  private volatile Job.Progress progress = Job.Progress.NONE;
  private volatile boolean ended;
  private Instant renewedAt;
  private Job.Progress written = Job.Progress.NONE;

  /**
   * @param now when it was claimed
   */
  RunningJob(Job job, Instant now) {
    this.job = job;
    this.renewedAt = now;
  }

  Job job() {
    return job;
  }

  @Override
  public void step(String text, long done, long total) {
    if (ended || Thread.currentThread().isInterrupted()) {
      throw new CancellationException("job " + job.id() + " is not to go on");
    }
    progress = new Job.Progress(text, done, total);
  }

  /** Makes the work end at its next step. */
  void end() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }

  Job.Progress progress() {
    return progress;
  }

  /** When the lease was renewed last. Used by the loop's thread. */
  Instant renewedAt() {
    return renewedAt;
  }

  /** Whether there is progress that is not written down. Used by the loop's thread. */
  boolean hasNews() {
    return !progress.equals(written);
  }

  void renewed(Instant now, Job.Progress text) {
    renewedAt = now;
    written = text;
  }
}
