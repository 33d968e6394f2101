package dev.kyma.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The one place where it is decided what exists: tables, extents, cursors.
 *
 * <p>State changes only by {@link #commit commits}; each produces the next {@link Snapshot}.
 * Snapshot numbers are dense, global and in commit order. Safe for use by many threads and many
 * processes. Every method may throw {@link CatalogException}.
 */
public interface Catalog extends AutoCloseable {

  /**
   * The newest snapshot. Sees every commit that was answered {@link CommitOutcome.Committed} before
   * the call began, by whichever process.
   *
   * @throws CatalogException.Unavailable if the database cannot be asked
   */
  Snapshot snapshot();

  /**
   * The newest snapshot this process has seen, if it was confirmed to be the newest at most {@code
   * maxAge} ago; asks the database otherwise, and only throws {@link CatalogException.Unavailable}
   * when that fails and what is known is older than {@code maxAge}.
   */
  Snapshot snapshot(Duration maxAge);

  /**
   * Applies a commit wholly or not at all. A {@link CommitOutcome.Unknown} is resolved inside, by
   * submitting the same id again for as long as {@code patience} lasts; only what stays unknown
   * after that is answered so. Never submit a commit under a new id while the old one is unknown.
   */
  CommitOutcome commit(Commit commit, Duration patience);

  /** The commit with an id, if it was applied. */
  Optional<CommitRecord> find(UUID commitId);

  /**
   * Applied commits in order.
   *
   * @param after only commits with a greater snapshot number
   * @param limit the most to answer
   */
  List<CommitRecord> commits(long after, int limit);

  /** A table id never handed out before. Ids need not be dense. */
  long allocateTableId();

  /** {@code partitions} consecutive log ordinals never handed out before; answers the first. */
  int allocateLogOrdinals(int partitions);

  /**
   * Allows its holder to create objects under a key prefix of its own until the grant is closed or
   * revoked; the prefix is never handed out again.
   *
   * @param purpose the first segment of the prefix, for example {@code extents}
   */
  WriteGrant openGrant(String purpose);

  /** Gives a grant back. Commits that name it are refused from now on. */
  void closeGrant(WriteGrant grant);

  /** Revokes every grant opened before an instant of the database's clock and answers them. */
  List<WriteGrant> revokeGrantsOpenedBefore(Instant instant);

  /** The number of the last commit known to be archived, 0 when none is. */
  long archivedThrough();

  /** Records that all commits up to a number are archived; a lower number changes nothing. */
  void archivedThrough(long snapshotNumber);

  /** The database's clock. */
  Instant now();

  @Override
  void close();
}
