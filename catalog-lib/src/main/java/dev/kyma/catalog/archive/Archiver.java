package dev.kyma.catalog.archive;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.commit.FoldedSnapshot;
import dev.kyma.format.io.ObjectStore;
import java.time.Duration;
import java.util.List;

/**
 * Copies commits to the bucket in order. Holds no state: whatever stops it, the next run goes on
 * where the catalog says the archive ends, and finds what was copied beyond that. Safe for use by
 * many threads and processes at once, though one is enough.
 */
public final class Archiver {
  /** After how many commits a checkpoint is archived. */
  public static final int CHECKPOINT_EVERY = 1_000;

  private static final int COMMITS_PER_READ = 100;

  private final Catalog catalog;
  private final CommitArchive archive;
  private final int checkpointEvery;

  public Archiver(Catalog catalog, ObjectStore store) {
    this(catalog, store, CHECKPOINT_EVERY);
  }

  /**
   * @param checkpointEvery after how many commits a checkpoint is archived; all archivers of one
   *     bucket must agree
   */
  public Archiver(Catalog catalog, ObjectStore store, int checkpointEvery) {
    this.catalog = catalog;
    this.archive = new CommitArchive(store);
    this.checkpointEvery = checkpointEvery;
  }

  /**
   * Archives what is committed and not archived.
   *
   * @param maxCommits the most to archive in this run
   * @return the number of the last commit archived
   * @throws dev.kyma.format.io.ObjectStoreException if the store fails; what was archived stays
   * @throws dev.kyma.catalog.CatalogException.ArchiveDiverged if the bucket holds something else
   */
  public long run(int maxCommits) {
    long through = catalog.archivedThrough();
    long last = through + maxCommits;
    while (through < last) {
      int limit = (int) Math.min(COMMITS_PER_READ, last - through);
      List<CommitRecord> records = catalog.commits(through, limit);
      if (records.isEmpty()) {
        break;
      }
      requireNext(through, records);
      for (CommitRecord record : records) {
        archive.put(record);
        if (record.number() % checkpointEvery == 0) {
          archive.put(snapshotAt(record.number()));
        }
      }
      through = records.getLast().number();
      catalog.archivedThrough(through);
    }
    return through;
  }

  /**
   * Archives up to a commit at least, for whoever may answer nothing before that survives the loss
   * of the database.
   *
   * @param number a commit that was applied
   */
  public void through(long number) {
    while (catalog.archivedThrough() < number) {
      run(COMMITS_PER_READ);
    }
  }

  /** The snapshot after a commit, from the last checkpoint before it and the commits since. */
  private FoldedSnapshot snapshotAt(long number) {
    long base = number - checkpointEvery;
    while (base > 0 && !archive.hasCheckpoint(base)) {
      base -= checkpointEvery;
    }
    FoldedSnapshot snapshot = base <= 0 ? FoldedSnapshot.EMPTY : archive.checkpoint(base);
    while (snapshot.number() < number) {
      int limit = (int) Math.min(COMMITS_PER_READ, number - snapshot.number());
      List<CommitRecord> records = catalog.commits(snapshot.number(), limit);
      requireNext(snapshot.number(), records);
      for (CommitRecord record : records) {
        snapshot = snapshot.plus(record);
      }
    }
    return snapshot;
  }

  private static void requireNext(long after, List<CommitRecord> records) {
    if (records.isEmpty() || records.getFirst().number() != after + 1) {
      throw new CatalogException.Corrupt("commit " + (after + 1) + " is missing");
    }
  }

  /** How far the archive is behind. */
  public ArchiveLag lag() {
    long through = catalog.archivedThrough();
    List<CommitRecord> oldest = catalog.commits(through, 1);
    if (oldest.isEmpty()) {
      return new ArchiveLag(0, Duration.ZERO);
    }
    long commits = catalog.snapshot(Duration.ZERO).number() - through;
    Duration age = Duration.between(oldest.getFirst().time(), catalog.now());
    return new ArchiveLag(commits, age.isNegative() ? Duration.ZERO : age);
  }
}
