package dev.kyma.catalog.archive;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static dev.kyma.catalog.Catalogs.create;
import static dev.kyma.catalog.Catalogs.flush;
import static dev.kyma.catalog.Catalogs.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.commit.FoldedSnapshot;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.format.io.memory.MemoryObjectStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiverTest {
  private static final int EVERY = 5;

  @TempDir Path directory;
  private Catalog catalog;
  private final ObjectStore store = new MemoryObjectStore();

  @BeforeEach
  void open() {
    catalog = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog.db"));
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private void commits(int count) {
    TableDef table =
        catalog.snapshot().table("default", "logs").orElseGet(() -> create(catalog, "logs", 1));
    WriteGrant grant = catalog.openGrant("extents");
    SourceCursor at = catalog.snapshot().cursor(table.log().firstOrdinal()).orElseThrow();
    while (catalog.snapshot().number() % count != 0) {
      long to = at.nextOffset() + 1;
      committed(catalog.commit(flush(table, grant, at, to, "e" + to), PATIENCE));
      at = moved(at, to);
    }
  }

  /** The catalog's newest snapshot can be had from the bucket alone. */
  private void assertComplete(ObjectStore bucket) {
    CommitArchive archive = new CommitArchive(bucket);
    Snapshot newest = catalog.snapshot();
    long last = newest.number();
    List<CommitRecord> all = catalog.commits(0, 1_000);
    for (CommitRecord record : all) {
      assertThat(archive.commit(record.number())).isEqualTo(record);
    }
    for (long from = 0; from <= last; from += EVERY) {
      FoldedSnapshot folded = from == 0 ? FoldedSnapshot.EMPTY : archive.checkpoint(from);
      for (long number = from + 1; number <= last; number++) {
        folded = folded.plus(archive.commit(number));
      }
      assertThat(folded.number()).isEqualTo(last);
      assertThat(folded.tables()).isEqualTo(newest.tables());
      for (TableDef table : newest.tables()) {
        assertThat(folded.extents(table.id())).isEqualTo(newest.extents(table.id()));
        int log = table.log().firstOrdinal();
        assertThat(folded.cursor(log)).isEqualTo(newest.cursor(log));
      }
    }
    assertThat(bucket.list("_commits/", null, 1_000)).hasSize((int) last);
    assertThat(bucket.list("_checkpoints/", null, 1_000)).hasSize((int) last / EVERY);
  }

  @Test
  void everyCommitIsCopiedAndTheLagIsKnown() {
    Archiver archiver = new Archiver(catalog, store, EVERY);
    assertThat(archiver.lag()).isEqualTo(new ArchiveLag(0, Duration.ZERO));
    assertThat(archiver.run(100)).isZero();
    commits(13);
    assertThat(archiver.lag().commits()).isEqualTo(13);
    assertThat(archiver.lag().age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    assertThat(archiver.run(4)).isEqualTo(4);
    assertThat(catalog.archivedThrough()).isEqualTo(4);
    assertThat(archiver.lag().commits()).isEqualTo(9);
    assertThat(archiver.run(100)).isEqualTo(13);
    assertThat(archiver.run(100)).isEqualTo(13);
    assertComplete(store);
    commits(21);
    assertThat(new Archiver(catalog, store, EVERY).run(100)).isEqualTo(21);
    assertComplete(store);
  }

  @Test
  void aCrashAtAnyCallOfTheStoreLosesNothing() {
    commits(23);
    int failures = 0;
    for (boolean after : new boolean[] {false, true}) {
      for (int n = 1; ; n++) {
        // The catalog's own mark only rises, so each round starts with a bucket it knows of.
        ObjectStore bucket = new MemoryObjectStore();
        FailingStore failing = new FailingStore(bucket, n, after);
        Catalog fresh = new UnarchivedCatalog(catalog);
        boolean failed = false;
        try {
          new Archiver(fresh, failing, EVERY).run(1_000);
        } catch (ObjectStoreException.Unavailable e) {
          failed = true;
          failures++;
        }
        long through = fresh.archivedThrough();
        for (long number = 1; number <= through; number++) {
          assertThat(new CommitArchive(bucket).commit(number).number()).isEqualTo(number);
          assertThat(number % EVERY != 0 || new CommitArchive(bucket).hasCheckpoint(number))
              .isTrue();
        }
        assertThat(new Archiver(fresh, bucket, EVERY).run(1_000)).isEqualTo(23);
        assertComplete(bucket);
        if (!failed) {
          break;
        }
      }
    }
    assertThat(failures).isGreaterThan(50);
  }

  @Test
  void archiversThatRaceDoNoHarm() {
    commits(40);
    List<CompletableFuture<Long>> runs = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) {
      Archiver archiver = new Archiver(catalog, store, EVERY);
      runs.add(
          CompletableFuture.supplyAsync(
              () -> {
                long through = 0;
                while (through < 40) {
                  through = archiver.run(3);
                }
                return through;
              },
              threads));
    }
    runs.forEach(run -> assertThat(run.join()).isEqualTo(40));
    threads.shutdown();
    assertComplete(store);
  }

  @Test
  void somethingElseInTheBucketIsSaidAndLeftAlone() {
    commits(7);
    byte[] foreign = {1, 2, 3};
    String key = CommitArchive.commitKey(6);
    store.create(key, List.of(ByteBuffer.wrap(foreign)));
    Archiver archiver = new Archiver(catalog, store, EVERY);
    assertThatThrownBy(() -> archiver.run(100))
        .isInstanceOfSatisfying(
            CatalogException.ArchiveDiverged.class, e -> assertThat(e.key()).isEqualTo(key));
    assertThat(catalog.archivedThrough()).isZero();
    assertThat(store.stat(key).orElseThrow().length()).isEqualTo(3);
    assertThatThrownBy(() -> new CommitArchive(store).commit(6))
        .isInstanceOf(CatalogException.Corrupt.class);
    assertThatThrownBy(() -> new CommitArchive(store).commit(7))
        .isInstanceOf(ObjectStoreException.NotFound.class);
    assertThat(new CommitArchive(store).commit(5).number()).isEqualTo(5);
  }

  @Test
  void anObjectOfEqualLengthAndOtherBytesIsNotTakenForOurs() {
    commits(2);
    new Archiver(catalog, store, EVERY).run(1);
    ByteBuffer first =
        store.read(
            CommitArchive.commitKey(1),
            0,
            (int) store.stat(CommitArchive.commitKey(1)).orElseThrow().length());
    byte[] changed = new byte[first.remaining()];
    first.get(changed);
    changed[changed.length - 1] ^= 1;
    ObjectStore bucket = new MemoryObjectStore();
    bucket.create(CommitArchive.commitKey(1), List.of(ByteBuffer.wrap(changed)));
    assertThatThrownBy(() -> new Archiver(new UnarchivedCatalog(catalog), bucket, EVERY).run(1))
        .isInstanceOf(CatalogException.ArchiveDiverged.class);
  }
}
