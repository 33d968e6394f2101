package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.compactor.core.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compacts all tables: one thread calls {@link #step} over and over, which looks what is due and
 * hands it to workers.
 *
 * <p>{@link #step} and {@link #drain} belong to one thread; {@link #compact} and {@link #status}
 * are safe for use by many.
 */
public final class CompactionLoop {
  private static final Logger LOG = LoggerFactory.getLogger(CompactionLoop.class);

  /** What the loop works with. */
  public record Ports(
      Compaction.Ports compaction,
      WorkClaims claims,
      CompactionListener listener,
      Executor workers,
      Clock clock,
      RandomGenerator random) {}

  private record Ended(RunningTask running, CompactionResult result) {}

  private record Asked(long table, CompletableFuture<Snapshot> done) {}

  private final Ports ports;
  private final CompactionSettings settings;
  private final Backoff backoff;
  private final CompactionPlans plans;
  private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
  private final Queue<Asked> newlyAsked = new ConcurrentLinkedQueue<>();
  private final List<Asked> asked = new ArrayList<>();
  private final List<RunningTask> running = new ArrayList<>();
  private volatile CompactionStatus status = CompactionStatus.NONE;
  private volatile boolean stopping;
  private long committed;
  private long discarded;
  private long rows;
  private long bytesWritten;
  private String lastError = "";

  public CompactionLoop(Ports ports, CompactionSettings settings) {
    this.ports = ports;
    this.settings = settings;
    this.backoff = new Backoff(settings.firstBackoff(), settings.mostBackoff(), ports.random());
    Compaction.Ports compaction = ports.compaction();
    this.plans =
        new CompactionPlans(
            compaction.catalog(),
            new CompactionPolicy(settings.limits()),
            settings,
            new ExtentCapacity(compaction.store(), compaction.format(), settings.limits()));
  }

  /** What compaction is doing. */
  public CompactionStatus status() {
    return status;
  }

  /**
   * Asks that a table is compacted as far as it can be, due or not.
   *
   * @return completed with a snapshot in which nothing is left to do; exceptionally when the table
   *     is gone or the loop stops. Cancelling it ends what is done for the request at its next step
   */
  public CompletableFuture<Snapshot> compact(long table) {
    CompletableFuture<Snapshot> done = new CompletableFuture<>();
    newlyAsked.add(new Asked(table, done));
    return done;
  }

  /** One round; does not wait. */
  public void step() {
    takeEnded();
    for (Asked next = newlyAsked.poll(); next != null; next = newlyAsked.poll()) {
      asked.add(next);
      plans.forget(next.table());
    }
    try {
      plan();
    } catch (CatalogException.Unavailable e) {
      LOG.warn("the catalog does not answer: {}", e.getMessage());
    }
  }

  private void plan() {
    Compaction.Ports compaction = ports.compaction();
    Snapshot snapshot =
        asked.isEmpty()
            ? compaction.catalog().snapshot(settings.refresh())
            : compaction.catalog().snapshot();
    Instant now = ports.clock().instant();
    if (running.size() < settings.workers()) {
      start(plans.due(snapshot, busy(), now), now);
    }
    startAsked(snapshot, now);
    status = statusOf(snapshot);
  }

  private void startAsked(Snapshot snapshot, Instant now) {
    List<Asked> done = new ArrayList<>();
    for (Asked request : asked) {
      if (request.done().isDone()) {
        running.stream().filter(r -> isFor(r.task(), request)).forEach(RunningTask::stop);
        done.add(request);
        continue;
      }
      Optional<TableDef> table = snapshot.table(request.table());
      if (table.isEmpty()) {
        request.done().completeExceptionally(new TableGoneException(request.table()));
        done.add(request);
        continue;
      }
      List<CompactionTask> tasks = plans.all(snapshot, table.get(), busy(), now);
      start(tasks, now);
      boolean isBusy = running.stream().anyMatch(r -> r.task().table() == request.table());
      if (tasks.isEmpty() && !isBusy) {
        request.done().complete(snapshot);
        done.add(request);
      }
    }
    asked.removeAll(done);
  }

  private static boolean isFor(CompactionTask task, Asked request) {
    return task.table() == request.table() && task.reason() == CompactionTask.Reason.ASKED;
  }

  private Set<String> busy() {
    Set<String> keys = new HashSet<>();
    for (RunningTask task : running) {
      task.task().inputs().forEach(input -> keys.add(input.key()));
    }
    return keys;
  }

  private void start(List<CompactionTask> tasks, Instant now) {
    for (CompactionTask task : tasks) {
      if (running.size() >= settings.workers()) {
        // The table is looked at again when a worker is free.
        plans.forget(task.table());
        continue;
      }
      Optional<WorkClaims.Claim> claim = ports.claims().take(task);
      if (claim.isPresent()) {
        RunningTask started = new RunningTask(ports.compaction(), settings, task, claim.get(), now);
        running.add(started);
        ports.workers().execute(() -> run(started));
      }
    }
  }

  private void run(RunningTask task) {
    CompactionResult result = new CompactionResult.Stopped();
    try {
      result = task.run(backoff, this::waitFor);
    } catch (RuntimeException e) {
      LOG.error("compaction of table {} failed", task.task().table(), e);
      result = new CompactionResult.Failed("internal", e.toString());
    } finally {
      ended.add(new Ended(task, result));
    }
  }

  /** Whether to go on after waiting. */
  private boolean waitFor(Duration pause) {
    LockSupport.parkNanos(pause.toNanos());
    return !stopping && !Thread.currentThread().isInterrupted();
  }

  private void takeEnded() {
    Instant now = ports.clock().instant();
    for (Ended done = ended.poll(); done != null; done = ended.poll()) {
      running.remove(done.running());
      CompactionTask task = done.running().task();
      plans.forget(task.table());
      count(task, done.result(), now);
      ports.listener().ended(task, done.result());
    }
  }

  private void count(CompactionTask task, CompactionResult result, Instant now) {
    switch (result) {
      case CompactionResult.Committed(var record, var figures) -> {
        committed++;
        rows += figures.rows();
        bytesWritten += figures.bytesWritten();
        LOG.debug("table {}: {} in snapshot {}", task.table(), figures, record.number());
      }
      case CompactionResult.Discarded(String code, String detail) -> {
        discarded++;
        LOG.info("table {}: compaction discarded, {}: {}", task.table(), code, detail);
      }
      case CompactionResult.Retry(String code, String detail) -> {
        lastError = "table " + task.table() + ": " + code + ": " + detail;
        LOG.warn("table {}: compaction given up, {}: {}", task.table(), code, detail);
      }
      case CompactionResult.Failed(String code, String detail) -> {
        lastError = "table " + task.table() + ": " + code + ": " + detail;
        plans.setAside(task, now);
      }
      case CompactionResult.Stopped() -> {
        if (task.reason() != CompactionTask.Reason.ASKED) {
          plans.setAside(task, now);
        }
      }
    }
  }

  private CompactionStatus statusOf(Snapshot snapshot) {
    long extents = 0;
    long runs = 0;
    for (TableDef table : snapshot.tables()) {
      for (ExtentRef extent : snapshot.extents(table.id())) {
        extents++;
        runs += extent.summary().level() == 0 ? 1 : 0;
      }
    }
    return new CompactionStatus(
        running.stream().map(RunningTask::status).toList(),
        committed,
        discarded,
        rows,
        bytesWritten,
        runs,
        extents,
        lastError.isEmpty() ? Optional.empty() : Optional.of(lastError));
  }

  /**
   * Stops tasks under way and waits for them; what they have stored is swept up later.
   *
   * @param patience how long to wait at most
   */
  public void drain(Duration patience) {
    stopping = true;
    running.forEach(RunningTask::stop);
    Instant deadline = ports.clock().instant().plus(patience);
    while (!running.isEmpty() && ports.clock().instant().isBefore(deadline)) {
      takeEnded();
      if (!running.isEmpty()) {
        LockSupport.parkNanos(5_000_000);
      }
    }
    asked.forEach(request -> request.done().cancel(false));
    newlyAsked.forEach(request -> request.done().cancel(false));
  }
}
