package dev.kyma.catalog.rebuild;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static dev.kyma.catalog.Catalogs.create;
import static dev.kyma.catalog.Catalogs.flush;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.archive.Archiver;
import dev.kyma.catalog.archive.CommitArchive;
import dev.kyma.catalog.archive.FailingStore;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.catalog.jdbc.JdbcCatalogConfig;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.format.io.memory.MemoryObjectStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A catalog whose database is lost is made anew from the bucket, on each kind of database. */
abstract class CatalogRebuildContractTest {
  private static final int EVERY = 10;
  private static final int COMMITS = 34;

  private final long seed = Long.getLong("kyma.seed", System.nanoTime());
  private final ObjectStore bucket = new MemoryObjectStore();

  /** The next new, empty database. */
  abstract JdbcCatalogConfig newDatabase() throws Exception;

  private RebuildReport rebuild(ObjectStore store, JdbcCatalogConfig config) {
    return CatalogRebuild.run(store, Map.of(), config, progress -> {});
  }

  private static void assertSame(Snapshot rebuilt, Snapshot lost) {
    assertThat(rebuilt.number()).isEqualTo(lost.number());
    assertThat(rebuilt.time()).isEqualTo(lost.time());
    assertThat(rebuilt.tables()).isEqualTo(lost.tables());
    for (TableDef table : lost.tables()) {
      assertThat(rebuilt.extents(table.id())).isEqualTo(lost.extents(table.id()));
      for (ExtentRef extent : lost.extents(table.id())) {
        assertThat(rebuilt.deleted(extent.key())).isEqualTo(lost.deleted(extent.key()));
      }
      for (int i = 0; i < table.log().partitions(); i++) {
        int log = table.log().ordinal(i);
        assertThat(rebuilt.cursor(log)).isEqualTo(lost.cursor(log));
        assertThat(rebuilt.keys(log))
            .usingRecursiveFieldByFieldElementComparator()
            .isEqualTo(lost.keys(log));
      }
    }
  }

  private void copy(ObjectStore to, Set<String> without) {
    String after = null;
    while (true) {
      List<ObjectStore.Stat> page = bucket.list("", after, 1_000);
      if (page.isEmpty()) {
        return;
      }
      for (ObjectStore.Stat stat : page) {
        after = stat.key();
        if (!without.contains(stat.key())) {
          to.create(stat.key(), List.of(bucket.read(stat.key(), 0, (int) stat.length())));
        }
      }
    }
  }

  private ObjectStore bucketWithout(String... keys) {
    ObjectStore copy = new MemoryObjectStore();
    copy(copy, Set.of(keys));
    return copy;
  }

  /** The same bucket with one object cut short. */
  private ObjectStore bucketWithTorn(String key) {
    ObjectStore copy = bucketWithout(key);
    int length = (int) bucket.stat(key).orElseThrow().length();
    copy.create(key, List.of(bucket.read(key, 0, length / 2)));
    return copy;
  }

  @Test
  void everythingArchivedComesBackAndLifeGoesOn() throws Exception {
    System.out.println("CatalogRebuild: -Dkyma.seed=" + seed);
    JdbcCatalogConfig lost = newDatabase();
    JdbcCatalogConfig fresh = newDatabase();
    try (Catalog catalog = JdbcCatalog.open(lost)) {
      LostCatalog work = new LostCatalog(catalog, bucket, seed);
      work.commitTo(COMMITS);
      new Archiver(catalog, bucket, EVERY).run(COMMITS);
      WriteGrant open = catalog.openGrant("extents");
      bucket.create(open.keyPrefix() + "t99-1", List.of(ByteBuffer.allocate(3)));
      bucket.create("extents/0000zzzz/x", List.of(ByteBuffer.allocate(3)));

      RebuildReport report = rebuild(bucket, fresh);

      assertThat(report.snapshot()).isEqualTo(COMMITS);
      assertThat(report.checkpoint()).isEqualTo(COMMITS / EVERY * EVERY);
      assertThat(report.oldest()).isZero();
      assertThat(report.missing()).isEmpty();
      assertThat(report.setAside()).isEmpty();
      assertThat(report.orphans()).isPositive();
      try (Catalog rebuilt = JdbcCatalog.open(fresh)) {
        assertSame(rebuilt.snapshot(), catalog.snapshot());
        assertThat(rebuilt.commits(0, 1_000)).isEqualTo(catalog.commits(0, 1_000));
        for (long n = 0; n <= COMMITS; n++) {
          assertSame(rebuilt.at(n), catalog.at(n));
        }
        assertThat(rebuilt.archivedThrough()).isEqualTo(COMMITS);
        assertThat(
                rebuilt.revokeGrantsOpenedBefore(Instant.now().plusSeconds(60)).stream()
                    .map(WriteGrant::keyPrefix))
            .contains(open.keyPrefix());
        assertNothingIsHandedOutTwice(catalog, rebuilt);
        assertOldWritersAreRefused(catalog, rebuilt, open);
        // The new catalog goes on where the archive ends, and so does its archiver.
        new LostCatalog(rebuilt, bucket, seed + 1).commitTo(COMMITS + EVERY);
        assertThat(rebuilt.commits(COMMITS, 1).getFirst().time())
            .isAfter(catalog.snapshot().time());
        new Archiver(rebuilt, bucket, EVERY).run(1_000);
        assertThat(new CommitArchive(bucket).commit(COMMITS + EVERY))
            .isEqualTo(rebuilt.commits(COMMITS + EVERY - 1, 1).getFirst());
      }
    }
  }

  private static void assertNothingIsHandedOutTwice(Catalog lost, Catalog rebuilt) {
    for (int i = 0; i < 3; i++) {
      assertThat(rebuilt.allocateTableId()).isGreaterThan(lost.allocateTableId());
      assertThat(rebuilt.allocateLogOrdinals(4)).isGreaterThan(lost.allocateLogOrdinals(9) + 8);
      assertThat(rebuilt.openGrant("extents").id()).isGreaterThan(lost.openGrant("extents").id());
    }
  }

  /** Whoever still works for the lost catalog gets what it was promised and no more. */
  private static void assertOldWritersAreRefused(Catalog lost, Catalog rebuilt, WriteGrant grant) {
    CommitRecord known = lost.commits(COMMITS - 1, 1).getFirst();
    assertThat(rebuilt.commit(known.commit(), PATIENCE))
        .isEqualTo(new CommitOutcome.Committed(known));
    Snapshot snapshot = rebuilt.snapshot();
    TableDef table = snapshot.tables().iterator().next();
    SourceCursor at = snapshot.cursor(table.log().firstOrdinal()).orElseThrow();
    for (WriteGrant old : List.of(grant, lost.openGrant("extents"))) {
      Commit commit = flush(table, old, at, at.nextOffset() + 1, "late");
      assertThat(rebuilt.commit(commit, PATIENCE))
          .isInstanceOfSatisfying(
              CommitOutcome.Conflict.class,
              conflict ->
                  assertThat(conflict.reason()).isEqualTo(CommitOutcome.Reason.GRANT_REVOKED));
    }
  }

  @Test
  void anArchiveThatIsBehindGivesItsOwnStateAndTheCursorsOfIt() throws Exception {
    JdbcCatalogConfig fresh = newDatabase();
    try (Catalog catalog = JdbcCatalog.open(newDatabase())) {
      LostCatalog work = new LostCatalog(catalog, bucket, seed);
      work.commitTo(22);
      Snapshot archived = catalog.snapshot();
      new Archiver(catalog, bucket, EVERY).run(22);
      work.commitTo(COMMITS);
      rebuild(bucket, fresh);
      try (Catalog rebuilt = JdbcCatalog.open(fresh)) {
        assertSame(rebuilt.snapshot(), archived);
        assertNothingIsHandedOutTwice(catalog, rebuilt);
      }
    }
  }

  @Test
  void whateverObjectOfTheArchiveIsLostOrTornTheRestIsUsed() throws Exception {
    System.out.println("CatalogRebuild: -Dkyma.seed=" + seed);
    List<CommitRecord> all;
    List<Snapshot> snapshots = new ArrayList<>();
    try (Catalog catalog = JdbcCatalog.open(newDatabase())) {
      LostCatalog work = new LostCatalog(catalog, bucket, seed);
      for (int n = 1; n <= COMMITS; n++) {
        work.commitTo(n);
        snapshots.add(catalog.snapshot());
      }
      all = catalog.commits(0, 1_000);
      new Archiver(catalog, bucket, EVERY).run(COMMITS);
    }
    int checkpoint = COMMITS / EVERY * EVERY;
    // The first commit, one in the midst, those around checkpoints, the last: lost and torn.
    for (int n : new int[] {1, 5, EVERY, EVERY + 1, checkpoint, checkpoint + 1, COMMITS}) {
      for (boolean torn : new boolean[] {false, true}) {
        String key = CommitArchive.commitKey(n);
        ObjectStore store = torn ? bucketWithTorn(key) : bucketWithout(key);
        JdbcCatalogConfig fresh = newDatabase();
        RebuildReport report = rebuild(store, fresh);
        int last = n > checkpoint ? n - 1 : COMMITS;
        long oldest = n > checkpoint ? 0 : (n + EVERY - 1) / EVERY * EVERY;
        assertThat(report.snapshot()).as("without %s", key).isEqualTo(last);
        assertThat(report.oldest()).as("without %s", key).isEqualTo(oldest);
        try (Catalog rebuilt = JdbcCatalog.open(fresh)) {
          assertSame(rebuilt.snapshot(), snapshots.get(last - 1));
          assertThat(rebuilt.commits(0, 1_000)).isEqualTo(all.subList((int) oldest, last));
          // What lies behind the gap must not stand in the new archiver's way.
          new LostCatalog(rebuilt, store, n).commitTo(COMMITS + 3);
          assertThat(new Archiver(rebuilt, store, EVERY).run(1_000)).isEqualTo(COMMITS + 3);
        }
        for (String aside : report.setAside()) {
          assertThat(store.list("_setaside/", null, 1_000))
              .anyMatch(stat -> stat.key().endsWith(aside));
        }
      }
    }
    for (int n = EVERY; n <= checkpoint; n += EVERY) {
      ObjectStore store = bucketWithTorn(CommitArchive.checkpointKey(n));
      JdbcCatalogConfig fresh = newDatabase();
      RebuildReport report = rebuild(store, fresh);
      assertThat(report.snapshot()).isEqualTo(COMMITS);
      assertThat(report.oldest()).isZero();
      try (Catalog rebuilt = JdbcCatalog.open(fresh)) {
        assertSame(rebuilt.snapshot(), snapshots.get(COMMITS - 1));
        new LostCatalog(rebuilt, store, n).commitTo(COMMITS + 3);
        assertThat(new Archiver(rebuilt, store, EVERY).run(1_000)).isEqualTo(COMMITS + 3);
      }
    }
  }

  @Test
  void aRebuildThatDiesAnywhereLeavesAnEmptyDatabaseAndCanBeRepeated() throws Exception {
    Snapshot lost;
    try (Catalog catalog = JdbcCatalog.open(newDatabase())) {
      new LostCatalog(catalog, bucket, seed).commitTo(23);
      lost = catalog.snapshot();
      new Archiver(catalog, bucket, EVERY).run(23);
    }
    // Beyond a gap lie a whole commit and a torn one.
    bucket.create(CommitArchive.commitKey(25), List.of(commitBytes(3)));
    bucket.create(CommitArchive.commitKey(26), List.of(ByteBuffer.wrap(new byte[] {1})));
    JdbcCatalogConfig fresh = newDatabase();
    int failures = 0;
    for (int n = 1; ; n++) {
      ObjectStore store = new FailingStore(bucket, n, n % 2 == 0);
      try {
        rebuild(store, fresh);
        break;
      } catch (ObjectStoreException.Unavailable e) {
        failures++;
      }
    }
    assertThat(failures).isGreaterThan(30);
    try (Catalog rebuilt = JdbcCatalog.open(fresh)) {
      assertSame(rebuilt.snapshot(), lost);
    }
    assertThat(bucket.list("_commits/", CommitArchive.commitKey(23), 10)).isEmpty();
    assertThat(bucket.list("_setaside/", null, 10)).hasSizeGreaterThanOrEqualTo(2);
  }

  private ByteBuffer commitBytes(long number) {
    String key = CommitArchive.commitKey(number);
    return bucket.read(key, 0, (int) bucket.stat(key).orElseThrow().length());
  }

  @Test
  void aDatabaseThatHoldsAnythingIsRefusedAndLeftAlone() throws Exception {
    JdbcCatalogConfig lost = newDatabase();
    JdbcCatalogConfig granted = newDatabase();
    try (Catalog catalog = JdbcCatalog.open(lost)) {
      create(catalog, "logs", 1);
      new Archiver(catalog, bucket, EVERY).run(10);
    }
    try (Catalog catalog = JdbcCatalog.open(granted)) {
      catalog.openGrant("extents");
    }
    for (JdbcCatalogConfig config : List.of(lost, granted)) {
      assertThatThrownBy(() -> rebuild(bucket, config))
          .isInstanceOf(CatalogException.NotEmpty.class);
    }
    assertThat(bucket.list("_rebuilds/", null, 10)).isEmpty();
    try (Catalog catalog = JdbcCatalog.open(lost)) {
      assertThat(catalog.snapshot().tables()).hasSize(1);
      // A database that was opened and never used is as good as none.
      JdbcCatalogConfig opened = newDatabase();
      JdbcCatalog.open(opened).close();
      assertThat(rebuild(bucket, opened).snapshot()).isEqualTo(1);
    }
  }

  @Test
  void aBucketWithoutAnArchiveIsNotTakenForAnEmptyCatalog() throws Exception {
    JdbcCatalogConfig fresh = newDatabase();
    assertThatThrownBy(() -> rebuild(bucket, fresh)).isInstanceOf(CatalogException.Corrupt.class);
    bucket.create(CommitArchive.commitKey(2), List.of(ByteBuffer.wrap(new byte[] {1})));
    assertThatThrownBy(() -> rebuild(bucket, fresh)).isInstanceOf(CatalogException.Corrupt.class);
    try (Catalog catalog = JdbcCatalog.open(fresh)) {
      assertThat(catalog.snapshot().number()).isZero();
      assertThat(catalog.allocateTableId()).isEqualTo(1);
    }
  }

  @Test
  void aSecondLossHandsOutNothingTheFirstRebuildDid() throws Exception {
    try (Catalog catalog = JdbcCatalog.open(newDatabase())) {
      create(catalog, "logs", 1);
      new Archiver(catalog, bucket, EVERY).run(10);
    }
    Set<Long> tables = new HashSet<>();
    Set<Integer> logs = new HashSet<>();
    Set<String> prefixes = new HashSet<>();
    for (int loss = 0; loss < 3; loss++) {
      JdbcCatalogConfig fresh = newDatabase();
      rebuild(bucket, fresh);
      try (Catalog rebuilt = JdbcCatalog.open(fresh)) {
        for (int i = 0; i < 10; i++) {
          assertThat(tables.add(rebuilt.allocateTableId())).isTrue();
          assertThat(logs.add(rebuilt.allocateLogOrdinals(1))).isTrue();
          assertThat(prefixes.add(rebuilt.openGrant("extents").keyPrefix())).isTrue();
        }
        // Nothing of it is committed or archived.
      }
    }
  }

  @Test
  void extentsThatAreNotInTheBucketAreSaid() throws Exception {
    JdbcCatalogConfig fresh = newDatabase();
    String gone;
    try (Catalog catalog = JdbcCatalog.open(newDatabase())) {
      TableDef table = create(catalog, "logs", 1);
      WriteGrant grant = catalog.openGrant("extents");
      SourceCursor at = catalog.snapshot().cursor(table.log().firstOrdinal()).orElseThrow();
      gone =
          committed(catalog.commit(flush(table, grant, at, 5, "e"), PATIENCE))
              .commit()
              .add()
              .getFirst()
              .key();
      new Archiver(catalog, bucket, EVERY).run(10);
    }
    assertThat(rebuild(bucket, fresh).missing()).containsExactly(gone);
  }

  @Test
  void snapshotsWhoseExtentsAreCollectedAreNotReadAgain() throws Exception {
    JdbcCatalogConfig fresh = newDatabase();
    try (Catalog catalog = JdbcCatalog.open(newDatabase())) {
      LostCatalog work = new LostCatalog(catalog, bucket, seed);
      List<CommitRecord> compactions = List.of();
      for (int n = 10; compactions.size() < 2; n++) {
        work.commitTo(n);
        compactions =
            catalog.commits(0, 1_000).stream()
                .filter(record -> record.commit().kind() == Commit.Kind.COMPACT)
                .toList();
      }
      new Archiver(catalog, bucket, EVERY).run(1_000);
      CommitRecord collected = compactions.getFirst();
      String key = collected.commit().remove().getFirst().extent();
      bucket.delete(List.of(key));
      RebuildReport report = rebuild(bucket, fresh);
      assertThat(report.oldest()).isEqualTo(collected.number());
      assertThat(report.garbage()).isPositive();
      try (Catalog rebuilt = JdbcCatalog.open(fresh)) {
        assertThatThrownBy(() -> rebuilt.at(collected.number() - 1))
            .isInstanceOf(CatalogException.SnapshotGone.class);
        for (long n = collected.number(); n <= rebuilt.snapshot().number(); n++) {
          assertSame(rebuilt.at(n), catalog.at(n));
        }
        // What is left of the past is garbage to the new catalog, and is collected in its time.
        assertThat(rebuilt.garbage(Duration.ZERO, 100)).hasSize((int) report.garbage());
        assertThat(rebuilt.garbage(Duration.ofHours(1), 100)).isEmpty();
      }
    }
  }
}
