package dev.kyma.standalone.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.local.LocalObjectStore;
import dev.kyma.query.core.Freshness;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A storage worker killed again and again while rows come in: 12 kills, or 500 with {@code
 * -Dkyma.verify=true}. After each kill what is committed, and what is hot, are compared with what
 * was acknowledged.
 */
class WorkerKillIT {
  private static final long SETTLE_NANOS = 60_000_000_000L;

  @Test
  void aWorkerKilledAtAnyMomentLosesAndDoublesNothing(@TempDir Path directory) {
    long seed = Long.getLong("kyma.seed", new Random().nextLong(1L << 40));
    int kills = Boolean.getBoolean("kyma.verify") ? 500 : 12;
    SplittableRandom random = new SplittableRandom(seed);
    SimulatedLog log = new SimulatedLog(Clock.systemUTC(), random.split());
    LogFiles files = new LogFiles(directory, log);
    long rows = 0;
    try (Catalog catalog = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog.db"));
        ObjectStore store = LocalObjectStore.open(directory.resolve("objects"));
        ExecutorService readers = Executors.newCachedThreadPool()) {
      QueryNode node = new QueryNode(catalog, store, log.tail(), readers);
      List<SimulatedTable> tables =
          List.of(
              SimulatedTable.appendOnly("events", catalog, log),
              SimulatedTable.keyed("accounts", catalog, log));
      for (int kill = 0; kill < kills; kill++) {
        try (WorkerProcess worker = WorkerProcess.start(directory)) {
          long until = System.nanoTime() + 500_000_000L + random.nextLong(1_000_000_000L);
          while (System.nanoTime() - until < 0) {
            rows += send(tables.get(random.nextInt(2)), files, store, random);
            LockSupport.parkNanos(random.nextLong(20_000_000L));
          }
          assertThat(worker.isAlive()).as("seed %d, kill %d", seed, kill).isTrue();
        }
        compare(tables, catalog, node, log, "seed %d, kill %d".formatted(seed, kill));
      }
      try (WorkerProcess worker = WorkerProcess.start(directory)) {
        long deadline = System.nanoTime() + SETTLE_NANOS;
        while (!isFlushed(tables, catalog, log)) {
          assertThat(System.nanoTime() - deadline).as("seed %d: settles", seed).isNegative();
          LockSupport.parkNanos(20_000_000L);
        }
      }
      compare(tables, catalog, node, log, "seed %d, at rest".formatted(seed));
    }
    System.out.printf(
        "WorkerKillIT: killed %d times, %d rows sent, -Dkyma.seed=%d%n", kills, rows, seed);
  }

  private static int send(
      SimulatedTable table, LogFiles files, ObjectStore store, SplittableRandom random) {
    int partition = random.nextInt(SimulatedTable.PARTITIONS);
    Model.Sent request = table.draw(random, partition);
    files.append(table.partition(partition), table.frame(request, store));
    table.sent(partition, request);
    return request.rows().size();
  }

  private static boolean isFlushed(List<SimulatedTable> tables, Catalog catalog, SimulatedLog log) {
    Snapshot snapshot = catalog.snapshot();
    return tables.stream()
        .allMatch(table -> Arrays.equals(table.cursors(snapshot), table.ends(log)));
  }

  private static void compare(
      List<SimulatedTable> tables, Catalog catalog, QueryNode node, SimulatedLog log, String when) {
    for (SimulatedTable table : tables) {
      // The worker is dead: nothing moves between the snapshot and the read.
      compare(table, node, new Freshness.Committed(), table.cursors(catalog.snapshot()), when);
      compare(table, node, new Freshness.Hot(), table.ends(log), when);
    }
  }

  private static void compare(
      SimulatedTable table, QueryNode node, Freshness freshness, long[] ends, String when) {
    compare(node.rows(table.select(), freshness), table.expected(ends), when + ", " + freshness);
    if (table.isKeyed()) {
      compare(
          node.rows(table.selectHistory(), freshness),
          table.expectedHistory(ends),
          when + ", history, " + freshness);
    }
  }

  private static void compare(List<String> actual, List<String> expected, String when) {
    assertThat(actual.equals(expected))
        .as("%s: %s", when, Difference.of(expected, actual))
        .isTrue();
  }
}
