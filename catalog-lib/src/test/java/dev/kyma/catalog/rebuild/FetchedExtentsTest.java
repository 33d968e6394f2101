package dev.kyma.catalog.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.archive.Archiver;
import dev.kyma.catalog.archive.CommitArchive;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.catalog.jdbc.JdbcCatalogConfig;
import dev.kyma.catalog.jdbc.PostgresServer;
import dev.kyma.format.RowOrder;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.memory.MemoryObjectStore;
import dev.kyma.format.predicate.Predicate;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog that keeps no extent whole in memory answers as one that keeps them all. */
class FetchedExtentsTest {
  private static final Predicate EVERYTHING = new Predicate.And(List.of());
  private static final int COMMITS = 60;
  private static final int EVERY = 10;

  private final long seed = Long.getLong("kyma.seed", System.nanoTime());

  @TempDir Path directory;

  private interface Databases {
    JdbcCatalogConfig next() throws Exception;
  }

  @Test
  void onSqlite() throws Exception {
    int[] count = {0};
    answersTheSame(
        () -> JdbcCatalogConfig.of("jdbc:sqlite:" + directory.resolve(count[0]++ + ".db")));
  }

  @Test
  void onPostgres() throws Exception {
    try (PostgresServer server = new PostgresServer()) {
      answersTheSame(() -> JdbcCatalogConfig.of(server.newDatabase(), "postgres", "postgres"));
    }
  }

  private void answersTheSame(Databases databases) throws Exception {
    System.out.println("FetchedExtentsTest: -Dkyma.seed=" + seed);
    ObjectStore bucket = new MemoryObjectStore();
    JdbcCatalogConfig config = databases.next();
    try (Catalog keeping = JdbcCatalog.open(config);
        Catalog fetching = JdbcCatalog.open(config.withMaxExtentBytes(0))) {
      LostCatalog work = new LostCatalog(keeping, bucket, seed);
      for (int number = 1; number <= COMMITS; number += 7) {
        work.commitTo(number);
        assertSame(fetching.snapshot(), keeping.snapshot());
      }
      work.commitTo(COMMITS);
      for (long number = 0; number <= COMMITS; number += 9) {
        assertSame(fetching.at(number), keeping.at(number));
      }
      new Archiver(keeping, bucket, EVERY).run(1_000);
      // A catalog rebuilt from a checkpoint has not the commits that added its first extents.
      for (int number = 1; number <= 3 * EVERY; number++) {
        bucket.delete(List.of(CommitArchive.commitKey(number)));
      }
      JdbcCatalogConfig fresh = databases.next();
      CatalogRebuild.run(bucket, Map.of(), fresh.withMaxExtentBytes(0), progress -> {});
      try (Catalog rebuilt = JdbcCatalog.open(fresh.withMaxExtentBytes(0))) {
        assertSame(rebuilt.snapshot(), keeping.snapshot());
        for (long number = 3 * EVERY; number <= COMMITS; number += 5) {
          assertSame(rebuilt.at(number), keeping.at(number));
        }
      }
    }
  }

  private static void assertSame(Snapshot fetched, Snapshot kept) {
    assertThat(fetched.number()).isEqualTo(kept.number());
    for (TableDef table : kept.tables()) {
      List<ExtentRef> extents = kept.extents(table.id());
      assertThat(fetched.extents(table.id())).isEqualTo(extents);
      assertThat(fetched.storedRows(table.id())).isEqualTo(kept.storedRows(table.id()));
      assertThat(
              fetched.candidates(table.id(), EVERYTHING, EnumSet.allOf(RowOrder.class)).extents())
          .isEqualTo(extents);
      for (ExtentRef extent : extents) {
        assertThat(fetched.extent(extent.key())).contains(extent);
      }
    }
  }
}
