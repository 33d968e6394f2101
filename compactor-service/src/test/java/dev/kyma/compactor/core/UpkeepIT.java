package dev.kyma.compactor.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.archive.Archiver;
import dev.kyma.compactor.kafka.KafkaLogKeeper;
import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogPosition;
import dev.kyma.service.log.LogReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log is cut off only behind what is flushed, archived and out of every query's sight. */
class UpkeepIT {
  private static final Duration MIN_AGE = Duration.ofMinutes(20);
  private static FlushBench bench;

  /** A clock that is moved by hand. */
  private static final class HandClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeAll
  static void open(@TempDir Path directory) {
    bench = new FlushBench(directory);
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void recordsStayUntilTheirFlushIsArchivedAndOldEnough() {
    TableDef table = bench.createTable("trims", 1, FlushBench.LATE);
    LogPartition partition = new LogPartition(table.log(), 0);
    bench.produce(table, 0, "1", "2", "3");
    flush(table);
    bench.produce(table, 0, "4");

    HandClock clock = new HandClock();
    AtomicReference<Upkeep.Archive> archive = new AtomicReference<>(() -> {});
    Upkeep upkeep =
        new Upkeep(
            bench.catalog,
            () -> archive.get().run(),
            new KafkaLogKeeper(bench.topics),
            new Upkeep.Settings(true, MIN_AGE, Duration.ofMinutes(1)),
            clock);
    upkeep.step();
    assertThat(upkeep.status().lag()).as("nothing is archived").isPositive();
    clock.pass(MIN_AGE.plusMinutes(1));
    upkeep.step();
    assertThat(firstOffset(partition)).as("old enough, not archived").isZero();

    Archiver archiver = new Archiver(bench.catalog, bench.store);
    archive.set(() -> archiver.run(1_000));
    clock.pass(Duration.ofMinutes(1));
    upkeep.step();
    assertThat(upkeep.status().lag()).isZero();
    assertThat(firstOffset(partition)).as("archived, and old enough").isEqualTo(3);

    flush(table);
    clock.pass(Duration.ofMinutes(2));
    upkeep.step();
    assertThat(firstOffset(partition)).as("the last flush is too young").isEqualTo(3);
    clock.pass(MIN_AGE.plusMinutes(2));
    upkeep.step();
    assertThat(firstOffset(partition)).isEqualTo(4);
  }

  @Test
  void aTopicMadeAnewKeepsItsRecords() {
    TableDef table = bench.createTable("trims_anew", 1, FlushBench.LATE);
    bench.produce(table, 0, "1", "2", "3");
    flush(table);
    LogTrimmer trimmer = new LogTrimmer(MIN_AGE, Duration.ZERO);
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    Snapshot snapshot = bench.catalog.snapshot();
    trimmer.observe(snapshot, start);
    assertThat(trimmer.due(snapshot.number(), start.plus(MIN_AGE)))
        .containsEntry(new LogPartition(table.log(), 0), 3L);

    HandClock clock = new HandClock();
    Archiver archiver = new Archiver(bench.catalog, bench.store);
    Upkeep upkeep =
        new Upkeep(
            bench.catalog,
            () -> archiver.run(1_000),
            new KafkaLogKeeper(bench.topics),
            new Upkeep.Settings(true, MIN_AGE, Duration.ofMinutes(1)),
            clock);
    upkeep.step();
    bench.broker.deleteTopic(table.log().topic());
    var anew = bench.topics.create(table.id(), 1).bind(table.log().firstOrdinal());
    bench.produce(table, 0, "7", "8", "9", "10");
    clock.pass(MIN_AGE.plusMinutes(1));
    upkeep.step();
    assertThat(firstOffset(new LogPartition(anew, 0))).isZero();
  }

  private static void flush(TableDef table) {
    try (FlushLoop loop = bench.loop(table)) {
      FlushBench.flushAll(loop, table);
    }
  }

  private static long firstOffset(LogPartition partition) {
    for (long offset = 0; ; offset++) {
      try (LogReader reader = new LogReader(bench.settings, bench.topics)) {
        reader.add(Map.of(partition, new LogPosition(offset, -1)));
        LogException fault = null;
        boolean read = false;
        for (int i = 0; i < 50 && fault == null && !read; i++) {
          var polled = reader.poll(Duration.ofMillis(20));
          fault = polled.faults().get(partition);
          read = !polled.slices().isEmpty();
        }
        if (fault == null) {
          return offset;
        }
      }
    }
  }
}
