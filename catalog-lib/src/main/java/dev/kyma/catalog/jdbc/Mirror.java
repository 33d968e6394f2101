package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.commit.CheckpointCodec;
import dev.kyma.catalog.commit.FoldedSnapshot;
import dev.kyma.catalog.summary.ExtentCache;
import dev.kyma.catalog.summary.ExtentSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest snapshot this process knows, moved on by reading the commits it does not have yet.
 * Safe for use by many threads.
 *
 * <p>Whenever it passes a multiple of {@code checkpointEvery} it stores the snapshot there, in the
 * background and unless another process was first.
 */
final class Mirror implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);
  private static final int COMMITS_PER_READ = 500;
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** A snapshot and when, at the latest, it was known to be the newest. */
  private record Confirmed(FoldedSnapshot snapshot, long nanos) {}

  private final Database database;
  private final int checkpointEvery;
  private final FoldedSnapshot empty;
  private final ReentrantLock refreshing = new ReentrantLock();
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("kyma-catalog-checkpoint").daemon().factory());
  private volatile Confirmed confirmed;
  private volatile @Nullable Long failedNanos;

  /**
   * @param maxExtentBytes what whole extents may take in memory; of others there are summaries
   */
  Mirror(Database database, int checkpointEvery, long maxExtentBytes) {
    this.database = database;
    this.checkpointEvery = checkpointEvery;
    ExtentSource source = keys -> database.read(c -> CommittedExtents.read(c, keys));
    this.empty = FoldedSnapshot.empty(new ExtentCache(maxExtentBytes, source));
    long nanos = System.nanoTime();
    this.confirmed =
        new Confirmed(database.read(c -> CommitTable.checkpoint(c, Long.MAX_VALUE, empty)), nanos);
    newest();
  }

  /** The snapshot before the first commit, for folds that share what this one keeps in memory. */
  FoldedSnapshot empty() {
    return empty;
  }

  /** The newest snapshot seen, however long ago. */
  FoldedSnapshot known() {
    return confirmed.snapshot();
  }

  /**
   * What is known, brought up to what a connection sees within its transaction; takes no locks, so
   * that whoever holds some in the database may call it.
   */
  FoldedSnapshot caughtUp(Connection connection) throws SQLException {
    FoldedSnapshot snapshot = known();
    while (true) {
      List<CommitRecord> records =
          CommitTable.after(connection, snapshot.number(), COMMITS_PER_READ);
      if (records.isEmpty()) {
        return snapshot;
      }
      snapshot = fold(snapshot, records);
    }
  }

  FoldedSnapshot newest(Duration fresh, Duration stale) {
    Confirmed known = confirmed;
    if (age(known.nanos()).compareTo(fresh) <= 0) {
      return known.snapshot();
    }
    // An attempt to reach a database that is gone takes seconds, which not every reader can spend.
    if (hasJustFailed() && age(known.nanos()).compareTo(stale) <= 0) {
      return known.snapshot();
    }
    try {
      FoldedSnapshot newest = newest();
      failedNanos = null;
      return newest;
    } catch (CatalogException.Unavailable e) {
      failedNanos = System.nanoTime();
      known = confirmed;
      if (age(known.nanos()).compareTo(stale) <= 0) {
        return known.snapshot();
      }
      throw e;
    }
  }

  /** Whether the database did not answer less than a second ago. */
  boolean hasJustFailed() {
    Long failed = failedNanos;
    return failed != null && age(failed).compareTo(RETRY) < 0;
  }

  private static Duration age(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  FoldedSnapshot newest() {
    long asked = System.nanoTime();
    long head = database.read(CommitTable::head);
    if (confirmed.snapshot().number() < head) {
      refreshing.lock();
      try {
        readUpTo(head);
      } finally {
        refreshing.unlock();
      }
    }
    return confirm(asked);
  }

  private void readUpTo(long head) {
    FoldedSnapshot snapshot = confirmed.snapshot();
    while (snapshot.number() < head) {
      long after = snapshot.number();
      List<CommitRecord> records =
          database.read(c -> CommitTable.after(c, after, COMMITS_PER_READ));
      if (records.isEmpty()) {
        throw new CatalogException.Corrupt(
            "commits after " + after + " are missing below the head " + head);
      }
      snapshot = fold(snapshot, records);
    }
  }

  /** Folds commits and keeps the result, even if what comes after fails. */
  private FoldedSnapshot fold(FoldedSnapshot from, List<CommitRecord> records) {
    FoldedSnapshot snapshot = from;
    for (CommitRecord record : records) {
      snapshot = snapshot.plus(record);
      if (snapshot.number() % checkpointEvery == 0) {
        checkpoint(snapshot);
      }
    }
    advance(snapshot);
    return snapshot;
  }

  private synchronized void advance(FoldedSnapshot snapshot) {
    if (snapshot.number() > confirmed.snapshot().number()) {
      confirmed = new Confirmed(snapshot, confirmed.nanos());
    }
  }

  /** The snapshot there is holds all that was committed before a moment. */
  private synchronized FoldedSnapshot confirm(long nanos) {
    Confirmed known = confirmed;
    if (nanos - known.nanos() > 0) {
      confirmed = new Confirmed(known.snapshot(), nanos);
    }
    return known.snapshot();
  }

  private void checkpoint(FoldedSnapshot snapshot) {
    try {
      background.execute(() -> store(snapshot));
    } catch (RejectedExecutionException e) {
      LOG.debug("closed before checkpoint {}", snapshot.number());
    }
  }

  private void store(FoldedSnapshot snapshot) {
    try {
      long number = snapshot.number();
      if (!database.read(c -> CommitTable.hasCheckpoint(c, number))) {
        List<byte[]> parts = CheckpointCodec.parts(snapshot);
        database.write(
            c -> {
              CommitTable.insertCheckpoint(c, number, parts);
              CommitTable.thinCheckpoints(c, number, checkpointEvery);
              return number;
            });
      }
    } catch (RuntimeException e) {
      // Opening reads more commits then; the next checkpoint makes up for it.
      LOG.warn("checkpoint {} was not stored", snapshot.number(), e);
    }
  }

  @Override
  public void close() {
    background.close();
  }
}
