package dev.kyma.compactor.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.TableDef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flush interval is a promise about each row, from its arrival in the log. */
class FlushIntervalIT {
  private static final Duration INTERVAL = Duration.ofMillis(600);

  @Test
  void aRowIsCommittedWithinTheIntervalHoweverSteadilyOthersFollow(@TempDir Path directory) {
    FlushPolicy policy = new FlushPolicy(1_000_000, 1 << 26, INTERVAL);
    try (FlushBench bench = new FlushBench(directory);
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      TableDef warmUp = bench.createTable("warm_up", 1, FlushBench.LATE);
      bench.produce(warmUp, 0, "1");
      try (FlushLoop loop = bench.loop(warmUp)) {
        FlushBench.flushAll(loop, warmUp);
      }
      TableDef table = bench.createTable("steady", 1, policy);
      try (FlushLoop loop = bench.loop(bench.parts(), table, workers)) {
        long start = System.nanoTime();
        bench.produce(table, 0, "5");
        long id = 5;
        // All rows have the same event time: the table has none, and the ids all end in 5.
        while (bench.catalog.snapshot().extents(table.id()).isEmpty()) {
          loop.step();
          id += 10;
          bench.produce(table, 0, Long.toString(id));
          assertThat(Duration.ofNanos(System.nanoTime() - start))
              .isLessThan(INTERVAL.plusSeconds(1));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isGreaterThanOrEqualTo(INTERVAL.minusMillis(50));
        assertThat(bench.ids(table)).contains(5L);
      }
    }
  }
}
