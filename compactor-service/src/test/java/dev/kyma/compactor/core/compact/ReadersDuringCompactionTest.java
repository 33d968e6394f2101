package dev.kyma.compactor.core.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.compactor.core.compact.StorageBench.Row;
import dev.kyma.compactor.core.gc.GarbageCollector;
import dev.kyma.compactor.core.gc.OrphanSweep;
import dev.kyma.format.io.local.LocalObjectStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While extents are flushed, merged and their objects removed, every read of a snapshot finds each
 * row up to its cursor once. Two compactors work on the same table.
 */
class ReadersDuringCompactionTest {
  private static final Duration LASTS = Duration.ofSeconds(10);
  private static final Duration MIN_AGE = Duration.ofSeconds(4);

  @Test
  void everyReadFindsEveryRowOnce(@TempDir Path directory)
      throws ExecutionException, InterruptedException {
    try (StorageBench bench =
            new StorageBench(
                JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog.db")),
                LocalObjectStore.open(directory.resolve("objects")));
        ExecutorService threads = Executors.newCachedThreadPool()) {
      TableDef table = bench.createTable("t", false, Map.of());
      long end = System.nanoTime() + LASTS.toNanos();
      List<Future<Integer>> readers = new ArrayList<>();
      List<Future<Long>> compactors = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        String name = "compactor" + i;
        readers.add(threads.submit(() -> readOn(bench, table, end)));
        compactors.add(threads.submit(() -> compactOn(bench, name, end)));
      }
      int flushed = flushOn(bench, table, end);
      int reads = 0;
      for (Future<Integer> reader : readers) {
        reads += reader.get();
      }
      long committed = 0;
      for (Future<Long> compactor : compactors) {
        committed += compactor.get();
      }
      assertThat(reads).as("reads").isGreaterThan(5);
      assertThat(committed).as("merges").isPositive();
      assertThat(read(bench, table)).isEqualTo(flushed);
      GarbageCollector collector = new GarbageCollector(bench.catalog, bench.store, Duration.ZERO);
      collector.run();
      collector.run();
      // Of two that merge the same extents one leaves what it wrote behind.
      new OrphanSweep(bench.catalog, bench.store, Duration.ZERO, Duration.ofHours(1)).run();
      assertThat(bench.store.list("extents/", null, 10_000))
          .as("objects, once nobody reads any more")
          .hasSameSizeAs(bench.extents(table));
    }
  }

  private static int flushOn(StorageBench bench, TableDef table, long end) {
    Random random = new Random(3);
    int id = 0;
    while (System.nanoTime() < end) {
      List<Row> rows = new ArrayList<>();
      for (int i = random.nextInt(40); i >= 0; i--) {
        rows.add(new Row(id++, random.nextInt(10_000), "note " + i, null, 0, 0));
      }
      bench.flush(table, 0, rows);
    }
    return id;
  }

  private static long compactOn(StorageBench bench, String owner, long end) {
    CompactionSettings usual = CompactionSettings.defaults();
    CompactionLoop loop =
        new CompactionLoop(
            new CompactionLoop.Ports(
                bench.ports(),
                new CatalogClaims(
                    bench.catalog.jobs(), owner, Duration.ofMillis(200), Clock.systemUTC()),
                CompactionListener.NONE,
                Runnable::run,
                Clock.systemUTC(),
                new Random(5)),
            new CompactionSettings(
                StorageBench.limits(2, 200),
                1,
                Duration.ZERO,
                Duration.ZERO,
                usual.commitPatience(),
                usual.setAside(),
                usual.firstBackoff(),
                usual.mostBackoff(),
                3));
    GarbageCollector collector = new GarbageCollector(bench.catalog, bench.store, MIN_AGE);
    while (System.nanoTime() < end) {
      loop.step();
      collector.run();
    }
    loop.step();
    assertThat(loop.status().lastError()).isEmpty();
    return loop.status().committed();
  }

  private static int readOn(StorageBench bench, TableDef table, long end) {
    int reads = 0;
    while (System.nanoTime() < end) {
      read(bench, table);
      reads++;
    }
    return reads;
  }

  /** Reads a snapshot whole and answers how many rows it has. */
  private static int read(StorageBench bench, TableDef table) {
    Snapshot snapshot = bench.catalog.snapshot();
    int log = table.log().ordinal(0);
    int expected = (int) snapshot.cursor(log).orElseThrow().nextOffset();
    BitSet found = new BitSet();
    int rows = 0;
    for (ExtentRef extent : snapshot.extents(table.id())) {
      for (Row row : bench.rows(table, extent)) {
        found.set((int) row.id());
        rows++;
      }
    }
    assertThat(rows).as("rows of snapshot %d", snapshot.number()).isEqualTo(expected);
    assertThat(found.cardinality()).isEqualTo(expected);
    return rows;
  }
}
