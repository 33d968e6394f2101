package dev.kyma.compactor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.Job;
import dev.kyma.catalog.TableDef;
import dev.kyma.compactor.core.check.CheckScope;
import dev.kyma.compactor.core.check.Finding;
import dev.kyma.compactor.core.check.LogBounds;
import dev.kyma.compactor.core.check.StorageCheck;
import dev.kyma.compactor.core.job.AdoptLogWork;
import dev.kyma.compactor.core.job.JobFailedException;
import dev.kyma.compactor.kafka.KafkaLogBounds;
import dev.kyma.compactor.kafka.KafkaLogKeeper;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.report.Report;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is not the one recorded is read again once an operator has said so. */
class AdoptLogIT {
  private static FlushBench bench;
  private static LogBounds logs;
  private static ExecutorService workers;

  @BeforeAll
  static void open(@TempDir Path directory) {
    bench = new FlushBench(directory);
    logs = new KafkaLogBounds(bench.topics);
    workers = Executors.newVirtualThreadPerTaskExecutor();
  }

  @AfterAll
  static void close() {
    workers.close();
    bench.close();
  }

  private static Report adopt(TableDef table) {
    Job job =
        new Job(
            1,
            Job.Kind.ADOPT_LOG,
            table.id(),
            "",
            Job.State.RUNNING,
            Optional.of("me"),
            Job.Progress.NONE,
            Optional.empty(),
            Instant.EPOCH,
            Instant.EPOCH);
    return new AdoptLogWork(bench.catalog, new KafkaLogKeeper(bench.topics), logs, stopped -> false)
        .run(job, (text, done, total) -> {});
  }

  private static TableDef now(TableDef table) {
    return bench.catalog.snapshot().table(table.id()).orElseThrow();
  }

  private static void flush(TableDef table) {
    try (FlushLoop loop = bench.loop(table)) {
      FlushBench.flushAll(loop, table);
    }
  }

  private static List<Finding> check(TableDef table) {
    return new StorageCheck(bench.catalog, bench.store, bench.format, logs, workers, 2)
        .run(
            CheckScope.ofTable(table.id(), CheckScope.Depth.EXTENDED),
            "adopt",
            (what, done, total) -> {})
        .findings();
  }

  @Test
  void aTopicMadeAnewIsReadFromItsBeginning() {
    TableDef table = bench.createTable("made_anew", 1, FlushBench.LATE);
    bench.produce(table, 0, "1,2", "3");
    flush(table);
    bench.topics.delete(table.log());
    bench.topics.create(table.id(), 1);
    bench.produce(table, 0, "4", "5", "6");
    assertThatThrownBy(() -> flush(table))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(LogStoppedException.class);
    assertThat(check(table)).extracting(Finding::code).containsExactly(Finding.Code.LOG_REPLACED);

    Report adopted = adopt(table);
    Map<String, Object> row = adopted.maps().getFirst();
    assertThat(row.get("old_offset")).isEqualTo(2L);
    assertThat(row.get("offset")).isEqualTo(0L);
    assertThat(row.get("log")).isNotEqualTo(row.get("old_log"));

    TableDef after = now(table);
    flush(after);
    assertThat(bench.ids(after)).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(check(after)).isEmpty();
  }

  @Test
  void aTopicThatIsGoneIsMade() {
    TableDef table = bench.createTable("gone", 2, FlushBench.LATE);
    bench.produce(table, 0, "1");
    flush(table);
    bench.topics.delete(table.log());
    adopt(table);
    TableDef after = now(table);
    assertThat(after.log().partitions()).isEqualTo(2);
    bench.produce(after, 1, "2");
    flush(after);
    assertThat(bench.ids(after)).containsExactlyInAnyOrder(1L, 2L);
    assertThat(check(after)).isEmpty();
  }

  @Test
  void recordsDeletedBeforeTheyWereFlushedAreGivenUp() {
    TableDef table = bench.createTable("trimmed", 1, FlushBench.LATE);
    bench.produce(table, 0, "1");
    flush(table);
    bench.produce(table, 0, "2", "3");
    bench.topics.trim(Map.of(new LogPartition(table.log(), 0), 2L));
    assertThat(check(table)).extracting(Finding::code).containsExactly(Finding.Code.LOG_TRUNCATED);
    Map<String, Object> row = adopt(table).maps().getFirst();
    assertThat(row.get("old_offset")).isEqualTo(1L);
    assertThat(row.get("offset")).isEqualTo(2L);
    TableDef after = now(table);
    flush(after);
    assertThat(bench.ids(after)).containsExactlyInAnyOrder(1L, 3L);
    assertThat(check(after)).isEmpty();
  }

  @Test
  void aLogThatIsWholeIsNotAdopted() {
    TableDef table = bench.createTable("whole", 1, FlushBench.LATE);
    bench.produce(table, 0, "1");
    assertThatThrownBy(() -> adopt(table))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("nothing to adopt");
    assertThat(now(table)).isEqualTo(table);
  }
}
