package dev.kyma.catalog;

import dev.kyma.format.index.ExtentFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  default Snapshot snapshot(Duration maxAge) {
    return snapshot(maxAge, maxAge);
  }

  /**
   * The newest snapshot this process has seen, if it was confirmed to be the newest at most {@code
   * fresh} ago; asks the database otherwise. While the database does not answer, it is asked once a
   * second at most, and what is known is taken if it was confirmed at most {@code stale} ago.
   *
   * @throws CatalogException.Unavailable if the database cannot be asked and what is known is older
   *     than {@code stale}
   */
  Snapshot snapshot(Duration fresh, Duration stale);

  /**
   * Applies a commit wholly or not at all. A {@link CommitOutcome.Unknown} is resolved inside, by
   * submitting the same id again for as long as {@code patience} lasts; only what stays unknown
   * after that is answered so. Never submit a commit under a new id while the old one is unknown.
   */
  default CommitOutcome commit(Commit commit, Duration patience) {
    return commit(commit, Map.of(), patience);
  }

  /**
   * Applies a commit as {@link #commit(Commit, Duration)} does, and stores the filters of extents
   * it adds. Filters only speed up: they are no part of the commit, its bytes or the archive.
   *
   * @param filters by the keys of added extents, at most one for a column
   */
  CommitOutcome commit(Commit commit, Map<String, List<ExtentFilter>> filters, Duration patience);

  /**
   * Extents of a table that cannot hold a value, as their filters tell. Reads 32 bytes of each
   * filter. An extent without a filter of the column is never among them; some that are no longer
   * live may be. Readers can do without the answer when the database is unavailable.
   *
   * @param column the column's id, {@link ExtentFilter#PRIMARY_KEY} for the whole key
   * @param hash what {@link ExtentFilter#hash} makes of the value
   */
  Set<String> excluded(long table, int column, long hash);

  /** Stores filters of extents that are there, in the place of those stored for them before. */
  void storeFilters(long table, Map<String, List<ExtentFilter>> filters);

  /**
   * The snapshot with a number.
   *
   * @throws CatalogException.SnapshotGone if objects of it may have been removed from the store
   * @throws CatalogException.SnapshotAhead if no commit has this number yet
   */
  Snapshot at(long number);

  /**
   * What was the newest snapshot at an instant of the database's clock. It stays readable for at
   * least a quarter of the age at which {@link #garbage} is collected.
   *
   * @throws CatalogException.SnapshotGone if objects of it may have been removed from the store
   * @throws CatalogException.SnapshotAhead if the instant is yet to come
   */
  Snapshot at(Instant instant);

  /**
   * Keeps the extents of a snapshot in the store until {@link #unpin}. A pin of the same name moves
   * to the new number.
   *
   * @throws CatalogException.SnapshotGone if objects of it may have been removed from the store
   * @throws CatalogException.SnapshotAhead if no commit has this number yet
   */
  void pin(String name, long number);

  /** Removes a pin, if it is there. */
  void unpin(String name);

  /** Every pin, by name. */
  List<Pin> pins();

  /**
   * Objects to be removed from the store: dereferenced by a commit at least {@code minAge} ago by
   * the database's clock, part of no pinned snapshot, and for a quarter of {@code minAge} also of
   * none that {@link #at} answers. Those not {@link #collected} are answered again.
   *
   * @param limit the most to answer, oldest first
   */
  List<Garbage> garbage(Duration minAge, int limit);

  /** Forgets garbage, now that its objects are removed from the store. */
  void collected(List<String> keys);

  /**
   * Those of some keys that the catalog names: live extents and those not yet {@link #collected}.
   * Any other object under a grant that ended is an orphan.
   */
  Set<String> named(List<String> keys);

  /**
   * The live extents of a table that have been so for a while: those a commit at or before an
   * instant of the database's clock added.
   */
  Set<String> addedBefore(long table, Instant instant);

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

  /** Grants that were closed or revoked and not {@link #forgetGrant forgotten}, by id. */
  List<WriteGrant> revokedGrants();

  /** Forgets a grant that ended and under which no orphan is left; an open one stays. */
  void forgetGrant(WriteGrant grant);

  /** What is to be done by whichever process can. */
  Jobs jobs();

  /** The number of the last commit known to be archived, 0 when none is. */
  long archivedThrough();

  /** Records that all commits up to a number are archived; a lower number changes nothing. */
  void archivedThrough(long snapshotNumber);

  /** The database's clock. */
  Instant now();

  @Override
  void close();
}
