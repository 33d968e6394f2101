package dev.kyma.compactor.core.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.compactor.core.Faults;
import dev.kyma.compactor.core.compact.StorageBench.Row;
import dev.kyma.compactor.core.gc.GarbageCollector;
import dev.kyma.compactor.core.gc.OrphanSweep;
import dev.kyma.compactor.core.retention.Retention;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.local.LocalObjectStore;
import dev.kyma.format.io.memory.MemoryObjectStore;
import dev.kyma.format.tlm.TlmFormat;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that merges, expires, collects and sweeps dies before or after every single call of
 * catalog and store; whoever comes next finds every row once and leaves nothing behind.
 */
class CompactionCrashTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int SMALL = 7;

  @Test
  void everyRowIsThereOnceAfterACrashAtEveryCallOnAStoreInMemory(@TempDir Path directory) {
    crashEverywhere(directory, MemoryObjectStore::new, 1);
  }

  /** Every third call, another third each time it is run; all of them with {@code kyma.verify}. */
  @Test
  void everyRowIsThereOnceAfterACrashOnALocalDirectory(@TempDir Path directory) {
    int[] stores = {0};
    crashEverywhere(
        directory,
        () -> LocalObjectStore.open(directory.resolve("objects" + stores[0]++)),
        Boolean.getBoolean("kyma.verify") ? 1 : 3);
  }

  private interface Stores {
    ObjectStore open();
  }

  private static void crashEverywhere(Path directory, Stores stores, int every) {
    int first = 1 + new Random().nextInt(every);
    int crashes = 0;
    boolean died = true;
    for (int crashAt = first; died; crashAt += every) {
      try (StorageBench bench =
          new StorageBench(
              JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("c" + crashAt + ".db")),
              stores.open())) {
        died = crashOnce(bench, crashAt);
        crashes += died ? 1 : 0;
      }
    }
    assertThat(crashes * every).as("points to crash at").isGreaterThan(100);
  }

  private static boolean crashOnce(StorageBench bench, int crashAt) {
    long now = Instant.now().getEpochSecond() * 1_000_000_000L;
    TableDef logs = bench.createTable("logs", false, Map.of("retention", "PT1H"));
    TableDef keyed = bench.createTable("keyed", true, Map.of("history_retention", "PT0S"));
    bench.flush(logs, 0, List.of(new Row(1, 5, "old", null, 0, 0)));
    for (int run = 0; run < 4; run++) {
      long id = 10L * run;
      bench.flush(
          logs,
          run % 2,
          List.of(
              new Row(id, now + id, "new", null, 0, 0),
              new Row(id + 1, now + id + 1, null, null, 0, 0),
              new Row(id + 2, 7, "old", null, 0, 0)));
      bench.flush(
          keyed, 0, CompactionTest.versions(run == 2 ? "d" : run == 0 ? "c" : "u", 1, 2, 3 + run));
    }
    bench.mask(logs, row -> row.id() == 11);
    KeyedRule.maskReplaced(bench, keyed);
    List<Row> young = bench.visible(logs).stream().filter(row -> row.at() >= now).toList();
    List<Row> current = bench.visible(keyed);

    boolean died = false;
    Faults faults = new Faults(crashAt);
    try {
      everything(
          bench,
          faults.wrap(Catalog.class, bench.catalog),
          faults.wrap(ObjectStore.class, bench.store));
    } catch (Faults.Crash e) {
      died = true;
    }
    String what = "crash " + crashAt + " " + (died ? faults.trace().getLast() : "none");
    assertThat(bench.visible(logs)).as(what).containsAll(young).doesNotHaveDuplicates();
    assertThat(bench.visible(keyed)).as(what).containsExactlyInAnyOrderElementsOf(current);

    everything(bench, bench.catalog, bench.store);
    everything(bench, bench.catalog, bench.store);
    assertThat(bench.visible(logs)).as(what).containsExactlyInAnyOrderElementsOf(young);
    assertThat(bench.visible(keyed)).as(what).containsExactlyInAnyOrderElementsOf(current);
    TreeSet<String> live = new TreeSet<>();
    for (TableDef table : List.of(logs, keyed)) {
      bench.extents(table).stream().map(ExtentRef::key).forEach(live::add);
    }
    assertThat(bench.store.list("extents/", null, 1_000).stream().map(ObjectStore.Stat::key))
        .as("objects in the store, " + what)
        .containsExactlyElementsOf(live);
    return died;
  }

  /** A process's whole life: it merges all it can, expires, collects and sweeps, and ends. */
  private static void everything(StorageBench bench, Catalog catalog, ObjectStore store) {
    CompactionLoop loop =
        new CompactionLoop(
            new CompactionLoop.Ports(
                bench.ports(catalog, store),
                new CatalogClaims(
                    catalog.jobs(),
                    "p" + System.nanoTime(),
                    Duration.ofMillis(1),
                    Clock.systemUTC()),
                CompactionListener.NONE,
                Runnable::run,
                Clock.systemUTC(),
                new Random(7)),
            settings());
    for (int round = 0; round < 6; round++) {
      loop.step();
    }
    Retention retention = new Retention(catalog, store, new TlmFormat(0), PATIENCE);
    GarbageCollector collector = new GarbageCollector(catalog, store, Duration.ZERO);
    retention.run();
    collector.run();
    new OrphanSweep(catalog, store, Duration.ZERO, Duration.ZERO).run();
    collector.run();
  }

  private static CompactionSettings settings() {
    CompactionSettings usual = CompactionSettings.defaults();
    return new CompactionSettings(
        StorageBench.limits(2, SMALL),
        2,
        Duration.ZERO,
        Duration.ZERO,
        PATIENCE,
        usual.setAside(),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        3);
  }
}
