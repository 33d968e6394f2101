package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.commit.FoldedSnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Snapshots of the past, folded from the nearest checkpoint before them. Safe for use by many
 * threads; a few snapshots asked for lately are kept.
 */
final class TimeTravel {
  private static final int KEPT = 8;
  private static final int COMMITS_PER_READ = 500;

  private final Database database;
  private final Mirror mirror;
  private final Map<Long, FoldedSnapshot> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, FoldedSnapshot> eldest) {
          return size() > KEPT;
        }
      };

  TimeTravel(Database database, Mirror mirror) {
    this.database = database;
    this.mirror = mirror;
  }

  FoldedSnapshot at(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("snapshot " + number);
    }
    FoldedSnapshot newest = mirror.known();
    if (newest.number() < number) {
      newest = mirror.newest();
      if (newest.number() < number) {
        throw new CatalogException.SnapshotAhead("snapshot " + number, newest.number());
      }
    }
    database.read(
        c -> {
          GarbageTable.requireWhole(c, number, GarbageTable.horizon(c));
          return number;
        });
    if (newest.number() == number) {
      return newest;
    }
    synchronized (kept) {
      FoldedSnapshot known = kept.get(number);
      if (known != null) {
        return known;
      }
    }
    FoldedSnapshot folded = fold(number);
    synchronized (kept) {
      kept.put(number, folded);
    }
    return folded;
  }

  private FoldedSnapshot fold(long number) {
    FoldedSnapshot snapshot = database.read(c -> CommitTable.checkpoint(c, number, mirror.empty()));
    while (snapshot.number() < number) {
      long after = snapshot.number();
      int limit = (int) Math.min(COMMITS_PER_READ, number - after);
      List<CommitRecord> records = database.read(c -> CommitTable.after(c, after, limit));
      if (records.isEmpty()) {
        throw new CatalogException.Corrupt(
            "commits after " + after + " are missing below " + number);
      }
      for (CommitRecord record : records) {
        snapshot = snapshot.plus(record);
      }
    }
    return snapshot;
  }

  FoldedSnapshot at(Instant instant) {
    FoldedSnapshot known = mirror.known();
    long number =
        instant.isBefore(known.time())
            ? database.read(c -> CommitTable.numberAt(c, instant))
            : database.write(
                c -> {
                  // A commit that already took its time may not be visible yet; it holds the head.
                  CommitTable.lockHead(c, database.dialect());
                  Instant now = Sql.instant(CommitTable.nowMicros(c, database.dialect()));
                  if (instant.isAfter(now)) {
                    throw new CatalogException.SnapshotAhead(
                        instant.toString(), CommitTable.head(c));
                  }
                  return CommitTable.numberAt(c, instant);
                });
    return at(number);
  }
}
