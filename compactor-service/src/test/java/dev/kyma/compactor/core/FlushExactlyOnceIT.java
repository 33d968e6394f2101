package dev.kyma.compactor.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.io.ObjectStoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows in, the same rows out: through crashes at every step, lost answers and rivals. */
class FlushExactlyOnceIT {
  private static FlushBench bench;

  @BeforeAll
  static void open(@TempDir Path directory) {
    bench = new FlushBench(directory);
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void everyRowIsThereOnceAfterACrashAtEverySideEffect() {
    // The table of dead letters is made before, so that all rounds take the same steps.
    TableDef warmUp = bench.createTable("warm_up", 1, FlushBench.LATE);
    bench.produce(warmUp, 0, "nonsense");
    try (FlushLoop loop = bench.loop(warmUp)) {
      FlushBench.flushAll(loop, warmUp);
    }
    List<String> points = List.of();
    boolean crashed = true;
    for (int n = 1; crashed; n++) {
      TableDef table = bench.createTable("crash_" + n, 1, FlushBench.LATE);
      bench.produce(table, 0, "1,2,3", "77/1:10,11", "nonsense", "4");
      Faults faults = new Faults(n);
      crashed = crashes(faults, table);
      if (!crashed) {
        points = faults.trace();
      }
      // The client repeats its keyed request, and more rows come.
      bench.produce(table, 0, "77/1:10,11", "5");
      try (FlushLoop loop = bench.loop(table)) {
        FlushBench.flushAll(loop, table);
      }
      assertThat(bench.ids(table))
          .as("crash at point %d, %s", n, last(faults.trace()))
          .containsExactlyInAnyOrder(1L, 2L, 3L, 10L, 11L, 4L, 5L);
      assertThat(bench.deadLetters(table)).hasSize(1);
      assertThat(bench.catalog.snapshot().cursor(table.log().ordinal(0)).orElseThrow().nextOffset())
          .isEqualTo(6);
    }
    assertThat(points)
        .contains(
            "after poll",
            "after openGrant",
            "before create",
            "after create",
            "after verify",
            "before commit",
            "after commit");
  }

  private static boolean crashes(Faults faults, TableDef table) {
    FlushBench.Parts parts = bench.parts();
    try (FlushLoop loop = bench.loop(faults.wrap(parts), table, Runnable::run)) {
      FlushBench.flushAll(loop, table);
      return false;
    } catch (Faults.Crash e) {
      return true;
    }
  }

  private static String last(List<String> trace) {
    return trace.isEmpty() ? "none" : trace.getLast();
  }

  @Test
  void aCommitWhoseOutcomeIsUnknownIsSubmittedAgainAndCountsOnce() {
    TableDef table = bench.createTable("unknown", 1, FlushBench.LATE);
    bench.produce(table, 0, "1,2", "3");
    FlushBench.Parts parts = bench.parts();
    FlushBench.Parts forgetful =
        new FlushBench.Parts(
            Faults.forgetfulCatalog(parts.catalog(), 3),
            parts.store(),
            parts.log(),
            parts.keeper(),
            parts.decoder());
    try (FlushLoop loop = bench.loop(forgetful, table, Runnable::run)) {
      FlushBench.flushAll(loop, table);
    }
    assertThat(bench.ids(table)).containsExactlyInAnyOrder(1L, 2L, 3L);
  }

  @Test
  void anObjectWhoseCreationWasNotAnsweredIsRecognised() {
    TableDef table = bench.createTable("lost_put", 1, FlushBench.LATE);
    bench.produce(table, 0, "1,2", "3");
    FlushBench.Parts parts = bench.parts();
    FlushBench.Parts forgetful =
        new FlushBench.Parts(
            parts.catalog(),
            Faults.forgetfulStore(
                parts.store(),
                2,
                () -> new ObjectStoreException.Unavailable("x", new RuntimeException("down"))),
            parts.log(),
            parts.keeper(),
            parts.decoder());
    try (FlushLoop loop = bench.loop(forgetful, table, Runnable::run)) {
      FlushBench.flushAll(loop, table);
    }
    assertThat(bench.ids(table)).containsExactlyInAnyOrder(1L, 2L, 3L);
  }

  @Test
  void twoFlushersOnOnePartitionNeverDoubleRows() {
    TableDef table = bench.createTable("rivals", 2, FlushBench.SOON);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Long> sent = new ArrayList<>();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        FlushLoop one = bench.loop(bench.parts(), table, workers);
        FlushLoop two = bench.loop(bench.parts(), table, workers)) {
      for (long id = 0; id < 400; id++) {
        int partition = random.nextInt(2);
        String record = id % 3 == 0 ? id + "/1:" + id : Long.toString(id);
        bench.produce(table, partition, record);
        if (id % 3 == 0 && random.nextBoolean()) {
          bench.produce(table, partition, record);
        }
        sent.add(id);
        (random.nextBoolean() ? one : two).step();
      }
      FlushBench.flushAll(one, table);
      FlushBench.flushAll(two, table);
    }
    assertThat(bench.ids(table)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  void rowsAreStoredInTheTablesOrder() {
    TableDef table = bench.createTable("ordered", 1, FlushBench.LATE);
    bench.produce(table, 0, "21,3,12,11,2", "1,22,13");
    try (FlushLoop loop = bench.loop(table)) {
      FlushBench.flushAll(loop, table);
    }
    assertThat(bench.catalog.snapshot().extents(table.id())).hasSize(1);
    assertThat(bench.ids(table)).containsExactly(1L, 11L, 21L, 2L, 12L, 22L, 3L, 13L);
  }

  @Test
  void keyedRequestsAreKnownAgainAcrossFlushesAndRestarts() {
    TableDef table = bench.createTable("keyed", 1, FlushBench.LATE);
    for (int round = 0; round < 3; round++) {
      bench.produce(table, 0, "5/1:100,101", "6/1:200", "5/1:100,101");
      try (FlushLoop loop = bench.loop(table)) {
        FlushBench.flushAll(loop, table);
        bench.produce(table, 0, "5/1:100,101", "5/2:102");
        FlushBench.flushAll(loop, table);
      }
    }
    assertThat(bench.ids(table)).containsExactlyInAnyOrder(100L, 101L, 200L, 102L);
  }

  @Test
  void manyFlushesLoseAndDoubleNothing() {
    TableDef table = bench.createTable("many", 3, FlushBench.SOON);
    TreeSet<Long> sent = new TreeSet<>();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        FlushLoop loop = bench.loop(bench.parts(), table, workers)) {
      for (int record = 0; record < 300; record++) {
        long first = record * 100L;
        long[] ids = LongStream.range(first, first + 1 + record % 40).toArray();
        LongStream.of(ids).forEach(sent::add);
        String text =
            LongStream.of(ids).mapToObj(Long::toString).reduce((a, b) -> a + "," + b).orElseThrow();
        bench.produce(table, record % 3, text);
        loop.step();
      }
      FlushBench.flushAll(loop, table);
    }
    assertThat(bench.ids(table)).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(bench.catalog.snapshot().extents(table.id()).size()).isGreaterThan(3);
  }
}
