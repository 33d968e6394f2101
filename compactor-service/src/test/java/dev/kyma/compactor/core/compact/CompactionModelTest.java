package dev.kyma.compactor.core.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.compactor.core.compact.StorageBench.Row;
import dev.kyma.compactor.core.gc.GarbageCollector;
import dev.kyma.compactor.core.gc.OrphanSweep;
import dev.kyma.compactor.core.retention.Retention;
import dev.kyma.format.LogInterval;
import dev.kyma.format.RowOrder;
import dev.kyma.format.tlm.TlmFormat;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random flushes, changes of keyed rows, deletes, merges, collections and changes of retention
 * against plain lists, with thresholds so small that every path is taken.
 */
class CompactionModelTest {
  private static final int STEPS = 120;
  private static final long NANOS = 1_000_000_000L;

  @RepeatedTest(6)
  void whatIsReadIsWhatWasWritten(@TempDir Path directory) {
    long seed = Long.getLong("kyma.seed", new Random().nextLong());
    try (StorageBench bench = new StorageBench(directory)) {
      new Run(bench, new Random(seed), "seed " + seed).run();
    }
  }

  private static final class Run {
    private final StorageBench bench;
    private final Random random;
    private final String what;
    private final TableDef logs;
    private final TableDef keyed;
    private final CompactionLoop loop;
    private final List<Row> logRows = new ArrayList<>();
    private final List<Row> versions = new ArrayList<>();

    Run(StorageBench bench, Random random, String what) {
      this.bench = bench;
      this.random = random;
      this.what = what;
      logs = bench.createTable("logs", false, Map.of());
      keyed = bench.createTable("keyed", true, Map.of("history_retention", "forever"));
      CompactionSettings usual = CompactionSettings.defaults();
      loop =
          new CompactionLoop(
              new CompactionLoop.Ports(
                  bench.ports(),
                  new CatalogClaims(
                      bench.catalog.jobs(), "me", Duration.ofSeconds(5), Clock.systemUTC()),
                  (task, result) ->
                      assertThat(result)
                          .as("%s: %s", what, task)
                          .isInstanceOf(CompactionResult.Committed.class),
                  Runnable::run,
                  Clock.systemUTC(),
                  random),
              new CompactionSettings(
                  StorageBench.limits(2, 20),
                  1,
                  Duration.ZERO,
                  Duration.ZERO,
                  usual.commitPatience(),
                  usual.setAside(),
                  usual.firstBackoff(),
                  usual.mostBackoff(),
                  3));
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(8)) {
          case 0, 1 -> flushLogs();
          case 2, 3, 4 -> flushKeyed();
          case 5 -> delete();
          case 6 -> loop.step();
          case 7 -> cleanUp();
          default -> throw new AssertionError();
        }
        check("step " + step);
      }
      loop.compact(logs.id());
      var last = loop.compact(keyed.id());
      for (int round = 0; round < 100 && !last.isDone(); round++) {
        loop.step();
      }
      check("the end");
      assertThat(last).as(what).isCompleted();
      for (TableDef table : List.of(logs, keyed)) {
        long live = bench.visible(table).size();
        assertThat(current(table).size())
            .as("%s: extents of %d rows", what, live)
            .isLessThanOrEqualTo((int) (live / 10) + 1);
      }
    }

    private List<ExtentRef> current(TableDef table) {
      return bench.extents(table).stream()
          .filter(extent -> extent.summary().order() == RowOrder.TABLE)
          .toList();
    }

    private void flushLogs() {
      int count = 1 + random.nextInt(12);
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long at = Instant.now().getEpochSecond() * NANOS - random.nextInt(50) * NANOS;
        rows.add(
            new Row(logRows.size() + i, at, random.nextInt(9) == 0 ? null : "n" + i, null, 0, 0));
      }
      add(logs, rows, logRows);
    }

    private void flushKeyed() {
      int count = 1 + random.nextInt(10);
      List<Row> rows = new ArrayList<>();
      // All versions of a key come through one partition.
      int partition = random.nextInt(2);
      for (int i = 0; i < count; i++) {
        long id = 2L * random.nextInt(15) + partition;
        String op = random.nextInt(4) == 0 ? "d" : "u";
        rows.add(
            new Row(id, random.nextInt(100), op.equals("d") ? null : "v" + i, op, partition, 0));
      }
      add(keyed, partition, rows, versions);
      KeyedRule.maskReplaced(bench, keyed);
    }

    private void add(TableDef table, List<Row> rows, List<Row> model) {
      add(table, random.nextInt(2), rows, model);
    }

    private void add(TableDef table, int partition, List<Row> rows, List<Row> model) {
      long offset = bench.next(table, partition);
      int log = table.log().ordinal(partition);
      for (Row row : rows) {
        model.add(new Row(row.id(), row.at(), row.note(), row.op(), log, offset++ << 20));
      }
      bench.flush(table, partition, rows);
    }

    private void delete() {
      int divisor = 3 + random.nextInt(9);
      bench.mask(logs, row -> row.id() % divisor == 1);
      logRows.removeIf(row -> row.id() % divisor == 1);
      // Ids are given by the number of rows: none may come again.
      while (random.nextInt(3) == 0) {
        loop.step();
      }
    }

    private void cleanUp() {
      GarbageCollector collector = new GarbageCollector(bench.catalog, bench.store, Duration.ZERO);
      new Retention(bench.catalog, bench.store, new TlmFormat(0), Duration.ofSeconds(1)).run();
      collector.run();
      new OrphanSweep(bench.catalog, bench.store, Duration.ofHours(1), Duration.ofHours(2)).run();
      collector.run();
    }

    private void check(String at) {
      assertThat(bench.visible(logs))
          .as("%s, %s", what, at)
          .containsExactlyInAnyOrderElementsOf(logRows);
      Map<Long, Row> newest = new HashMap<>(KeyedRule.newest(versions));
      newest.values().removeIf(row -> row.op().equals("d"));
      assertThat(bench.visible(keyed))
          .as("%s, %s: current versions", what, at)
          .containsExactlyInAnyOrderElementsOf(newest.values());
      assertThat(bench.history(keyed))
          .as("%s, %s: all versions", what, at)
          .containsExactlyInAnyOrderElementsOf(versions);
      covered(keyed, at);
    }

    /** As no row of the keyed table ever leaves, its extents cover its log up to the cursors. */
    private void covered(TableDef table, String at) {
      LogBinding log = table.log();
      Snapshot snapshot = bench.catalog.snapshot();
      List<LogInterval> expected = new ArrayList<>();
      for (int partition = 0; partition < log.partitions(); partition++) {
        long cursor = snapshot.cursor(log.ordinal(partition)).orElseThrow().nextOffset();
        if (cursor > 0) {
          expected.add(new LogInterval(log.ordinal(partition), 0, cursor));
        }
      }
      assertThat(Coverage.union(snapshot.extents(table.id())))
          .as("%s, %s: covered log", what, at)
          .isEqualTo(expected);
    }
  }
}
