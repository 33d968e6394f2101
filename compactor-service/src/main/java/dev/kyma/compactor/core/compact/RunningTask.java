package dev.kyma.compactor.core.compact;

import dev.kyma.compactor.core.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;

/** A task and the worker that carries it out. Safe for use by many threads. */
final class RunningTask {
  private record At(String step, long done, long total) {}

  private final CompactionTask task;
  private final WorkClaims.Claim claim;
  private final CompactionSettings settings;
  private final Compaction compaction;
  private final Instant since;
  private volatile At at = new At("wait", 0, 0);
  private volatile boolean stopped;

  RunningTask(
      Compaction.Ports ports,
      CompactionSettings settings,
      CompactionTask task,
      WorkClaims.Claim claim,
      Instant since) {
    this.task = task;
    this.claim = claim;
    this.settings = settings;
    this.since = since;
    this.compaction = new Compaction(ports, settings.limits(), task, this::report);
  }

  CompactionTask task() {
    return task;
  }

  /** Asks it to end at its next step. */
  void stop() {
    stopped = true;
  }

  private Progress.Wanted report(String step, long done, long total) {
    at = new At(step, done, total);
    return stopped ? Progress.Wanted.STOP : claim.report(step, done, total);
  }

  /**
   * Tries until it is done, given up or to be stopped. A commit of unknown outcome is not given up.
   *
   * @param waits waits for a time and says whether to go on
   */
  CompactionResult run(Backoff backoff, Predicate<Duration> waits) {
    CompactionResult result = new CompactionResult.Stopped();
    try {
      result = attempts(backoff, waits);
    } finally {
      claim.ended(result);
    }
    return result;
  }

  private CompactionResult attempts(Backoff backoff, Predicate<Duration> waits) {
    CompactionResult result = compaction.attempt();
    int failures = 0;
    while (result instanceof CompactionResult.Retry(String code, String _)) {
      failures++;
      boolean isGivenUp = failures >= settings.attempts() && !code.equals("commit_unknown");
      if (isGivenUp || !waits.test(backoff.after(failures))) {
        break;
      }
      result = compaction.attempt();
    }
    return result;
  }

  CompactionStatus.Running status() {
    At present = at;
    return new CompactionStatus.Running(
        task.table(),
        task.order().name().toLowerCase(Locale.ROOT),
        task.reason().id(),
        task.inputs().size(),
        present.step(),
        present.done(),
        present.total(),
        since);
  }
}
