package dev.kyma.compactor.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.TableDef;
import dev.kyma.compactor.kafka.KafkaLogKeeper;
import dev.kyma.compactor.kafka.KafkaRowLog;
import dev.kyma.service.log.LogReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many tables share little memory: the largest is flushed early, and every row lands. */
class FlushMemoryIT {
  private static final int TABLES = 6;
  private static final int RECORDS = 20;
  private static final int ROWS_PER_RECORD = 500;

  @Test
  void theLargestPartitionIsFlushedEarlyWhenMemoryIsShort(@TempDir Path directory) {
    try (FlushBench bench = new FlushBench(directory)) {
      List<TableDef> tables = new ArrayList<>();
      for (int i = 0; i < TABLES; i++) {
        tables.add(bench.createTable("t" + i, 2, FlushBench.LATE));
      }
      FlushSettings usual = FlushSettings.defaults();
      FlushSettings tight =
          new FlushSettings(
              64 << 10,
              1,
              Duration.ofMillis(10),
              Duration.ofMillis(20),
              Duration.ofSeconds(5),
              Duration.ofSeconds(1),
              usual.grantAge(),
              Duration.ofMillis(5),
              Duration.ofMillis(40));
      try (FlushLoop loop = loop(bench, tight)) {
        for (int record = 0; record < RECORDS; record++) {
          for (int i = 0; i < TABLES; i++) {
            long first = (long) record * ROWS_PER_RECORD;
            bench.produce(tables.get(i), record % 2, ids(first));
          }
          loop.step();
        }
        FlushBench.stepUntilDone(loop, loop.flush(Optional.empty()));
      }
      for (TableDef table : tables) {
        assertThat(bench.ids(table)).hasSize(RECORDS * ROWS_PER_RECORD).doesNotHaveDuplicates();
        assertThat(bench.catalog.snapshot().extents(table.id()).size())
            .as("no limit of the policy was reached, memory was")
            .isGreaterThan(2);
      }
    }
  }

  private static String ids(long first) {
    return LongStream.range(first, first + ROWS_PER_RECORD)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(","));
  }

  private static FlushLoop loop(FlushBench bench, FlushSettings settings) {
    return new FlushLoop(
        new FlushLoop.Ports(
            bench.catalog,
            bench.store,
            bench.format,
            new KafkaRowLog(new LogReader(bench.settings, bench.topics)),
            new KafkaLogKeeper(bench.topics),
            new TextRecords(),
            FlushShare.everything(),
            FlushListener.NONE,
            Runnable::run,
            Clock.systemUTC(),
            new Random(7)),
        settings);
  }
}
