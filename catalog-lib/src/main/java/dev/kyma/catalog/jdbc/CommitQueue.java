package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.CommitRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Applies commits in groups: one thread takes what has been submitted and applies it in one
 * transaction, so that the cost of making a transaction durable is shared.
 *
 * <p>Three things may happen to a transaction. It ends, and its verdicts hold. It fails before
 * COMMIT: nothing of it was applied, and the group is tried again. It fails in COMMIT: nobody
 * knows, and the group is tried again under the same ids, which the database answers with the first
 * outcome; a refusal after such a failure is believed only when the id cannot be found either.
 */
final class CommitQueue implements AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LAST_PAUSE_MILLIS = 1_000;

  private static final class Pending {
    final Submission submission;
    final Commit commit;
    final long deadlineNanos;
    final CompletableFuture<CommitOutcome> outcome = new CompletableFuture<>();
    boolean doubtful;

    Pending(Submission submission, long deadlineNanos) {
      this.submission = submission;
      this.commit = submission.commit();
      this.deadlineNanos = deadlineNanos;
    }
  }

  /** A transaction failed in COMMIT. */
  private static final class InDoubt extends Exception {
    private static final long serialVersionUID = 1L;

    InDoubt(SQLException cause) {
      super(cause);
    }
  }

  private final Database database;
  private final Mirror mirror;
  private final int maxGroup;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition submitted = lock.newCondition();
  private final ArrayDeque<Pending> queue = new ArrayDeque<>();
  private final Thread thread;
  private boolean closed;

  CommitQueue(Database database, Mirror mirror, int maxGroup) {
    this.database = database;
    this.mirror = mirror;
    this.maxGroup = maxGroup;
    this.thread = Thread.ofPlatform().name("kyma-catalog-commit").daemon().start(this::work);
  }

  CommitOutcome submit(Submission submission, Duration patience) {
    Pending pending = new Pending(submission, System.nanoTime() + saturatedNanos(patience));
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the catalog is closed");
      }
      queue.add(pending);
      submitted.signal();
    } finally {
      lock.unlock();
    }
    try {
      return pending.outcome.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CommitOutcome.Unknown(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CatalogException fault) {
        throw fault;
      }
      throw new IllegalStateException("the commit thread failed", e.getCause());
    }
  }

  private static long saturatedNanos(Duration patience) {
    return patience.compareTo(Duration.ofDays(365)) > 0
        ? Duration.ofDays(365).toNanos()
        : patience.toNanos();
  }

  private void work() {
    List<Pending> group = new ArrayList<>();
    long pause = 0;
    while (fill(group)) {
      try {
        Exception failure = attempt(group);
        group.removeIf(pending -> pending.outcome.isDone());
        pause = failure == null ? 0 : longer(pause);
        if (failure != null) {
          giveUp(group, failure);
        }
        if (group.isEmpty()) {
          // Who comes next has not failed yet and does not wait for those who have.
          pause = 0;
        } else {
          Thread.sleep(pause);
        }
      } catch (InterruptedException e) {
        group.forEach(pending -> pending.outcome.complete(new CommitOutcome.Unknown(e)));
        group.clear();
      } catch (Error e) {
        // Those who wait must not wait for ever; whoever comes next may fare better.
        group.forEach(pending -> pending.outcome.completeExceptionally(e));
        group.clear();
      }
    }
  }

  /** Waits for something to do; false when there is nothing and will be nothing. */
  private boolean fill(List<Pending> group) {
    lock.lock();
    try {
      while (group.isEmpty() && queue.isEmpty()) {
        if (closed) {
          return false;
        }
        submitted.awaitUninterruptibly();
      }
      while (group.size() < maxGroup && !queue.isEmpty()) {
        group.add(queue.remove());
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private static long longer(long pause) {
    return pause == 0 ? FIRST_PAUSE_MILLIS : Math.min(LAST_PAUSE_MILLIS, pause * 2);
  }

  private void giveUp(List<Pending> group, Exception failure) {
    long now = System.nanoTime();
    boolean nowOrNever = isClosed();
    for (Pending pending : group) {
      if (nowOrNever || now - pending.deadlineNanos >= 0) {
        pending.outcome.complete(new CommitOutcome.Unknown(typed(failure)));
      }
    }
    group.removeIf(pending -> pending.outcome.isDone());
  }

  private Throwable typed(Exception failure) {
    if (failure instanceof SQLException e) {
      return database.unavailable(e);
    }
    return failure instanceof InDoubt && failure.getCause() instanceof SQLException e
        ? database.unavailable(e)
        : failure;
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Tries a group; answers why it must be tried again, or null when all is decided. */
  private @Nullable Exception attempt(List<Pending> group) {
    try {
      decide(group);
      return null;
    } catch (InDoubt e) {
      group.forEach(pending -> pending.doubtful = true);
      return e;
    } catch (SQLException e) {
      Dialect dialect = database.dialect();
      if (group.size() == 1 || dialect.isRetryable(e) || dialect.isUniqueViolation(e)) {
        return e;
      }
    } catch (RuntimeException e) {
      if (group.size() == 1) {
        group.getFirst().outcome.completeExceptionally(e);
        return null;
      }
    }
    // One commit may be what the database cannot take; it must not hold up the others.
    Exception failure = null;
    for (Pending pending : List.copyOf(group)) {
      Exception its = attempt(List.of(pending));
      failure = its == null ? failure : its;
    }
    return failure;
  }

  private void decide(List<Pending> group) throws SQLException, InDoubt {
    Map<UUID, Verdict> verdicts = transact(group.stream().map(p -> p.submission).toList());
    for (Pending pending : group) {
      Verdict verdict = verdicts.get(pending.commit.id());
      switch (verdict) {
        case Verdict.Applied applied ->
            pending.outcome.complete(new CommitOutcome.Committed(applied.record()));
        case Verdict.Refused refused -> pending.outcome.complete(refusal(pending, refused));
        case null -> throw new IllegalStateException("no verdict on " + pending.commit.id());
      }
    }
  }

  private CommitOutcome refusal(Pending pending, Verdict.Refused refused) throws SQLException {
    if (pending.doubtful) {
      try (Connection connection = database.connect()) {
        CommitRecord record = CommitTable.find(connection, pending.commit.id());
        if (record != null) {
          return new CommitOutcome.Committed(record);
        }
      }
    }
    return new CommitOutcome.Conflict(refused.reason(), refused.detail());
  }

  private Map<UUID, Verdict> transact(List<Submission> submissions) throws SQLException, InDoubt {
    Connection connection = database.connect();
    try {
      CommitTransaction transaction =
          new CommitTransaction(connection, database.dialect(), mirror, submissions);
      boolean changes;
      try {
        database.dialect().begin(connection);
        changes = transaction.run();
        if (!changes) {
          connection.rollback();
        }
      } catch (SQLException | RuntimeException e) {
        database.rollback(connection, e);
        throw e;
      }
      if (changes) {
        try {
          connection.commit();
        } catch (SQLException e) {
          database.abandon(connection);
          throw new InDoubt(e);
        }
      }
      return transaction.verdicts();
    } finally {
      closeQuietly(connection);
    }
  }

  /** What becomes of the connection says nothing about the transaction any more. */
  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      System.getLogger(CommitQueue.class.getName())
          .log(System.Logger.Level.DEBUG, "closing a connection", e);
    }
  }

  /** Lets the commits in flight end: each is tried once more at most. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      submitted.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        thread.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
