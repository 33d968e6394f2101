package dev.kyma.compactor.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.visibility.LogFold;
import dev.kyma.catalog.visibility.RecordFate;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.service.log.DecodedRecord;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogPosition;
import dev.kyma.service.log.LogReader;
import dev.kyma.service.log.LogSlice;
import dev.kyma.service.log.RawRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What flush has written, with any borders between flushes and restarts, is what one fold over the
 * whole log keeps: the same rows under the same {@code _seq}. That is what the hot tail would have
 * shown.
 */
class FlushedIsFoldedIT {
  @Test
  void flushedRowsAreTheRowsOneFoldKeeps(@TempDir Path directory) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (FlushBench bench = new FlushBench(directory)) {
      for (int round = 0; round < 4; round++) {
        TableDef table = bench.createTable("round_" + round, 1, FlushBench.LATE);
        FlushLoop loop = bench.loop(table);
        for (int record = 0; record < 120; record++) {
          bench.produce(table, 0, randomRecord(random));
          if (random.nextInt(10) == 0) {
            FlushBench.flushAll(loop, table);
          }
          if (random.nextInt(25) == 0) {
            loop.close();
            loop = bench.loop(table);
          }
        }
        FlushBench.flushAll(loop, table);
        loop.close();
        assertThat(flushed(bench, table))
            .as("seed %d round %d", seed, round)
            .isEqualTo(folded(bench, table));
        assertThat(bench.catalog.snapshot().extents(table.id()).size()).isGreaterThan(2);
      }
    }
  }

  private static String randomRecord(Random random) {
    StringBuilder record = new StringBuilder();
    int kind = random.nextInt(10);
    if (kind == 0) {
      return "broken";
    }
    if (kind < 7) {
      record.append(random.nextInt(12)).append('/').append(random.nextInt(2)).append(':');
    }
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      record.append(i == 0 ? "" : ",").append(random.nextInt(1_000_000));
    }
    return record.toString();
  }

  private static Map<Long, Long> flushed(FlushBench bench, TableDef table) {
    Map<Long, Long> rows = new TreeMap<>();
    for (ExtentRef ref : bench.catalog.snapshot().extents(table.id())) {
      List<ColumnVector> seqs = bench.column(ref, SystemColumns.SEQ);
      List<ColumnVector> ids = bench.column(ref, table.schema().field(0));
      for (int i = 0; i < ids.size(); i++) {
        LongVector seq = (LongVector) seqs.get(i);
        LongVector id = (LongVector) ids.get(i);
        for (int row = 0; row < id.size(); row++) {
          assertThat(rows.put(seq.values()[row], id.values()[row])).isNull();
        }
      }
    }
    return rows;
  }

  private static Map<Long, Long> folded(FlushBench bench, TableDef table) {
    TextRecords decoder = new TextRecords();
    LogPartition partition = new LogPartition(table.log(), 0);
    LogFold fold =
        LogFold.at(SourceCursor.start(partition.ordinal(), table.log().topicId()), List.of());
    Map<Long, Long> rows = new TreeMap<>();
    try (LogReader reader = new LogReader(bench.settings, bench.topics)) {
      reader.add(Map.of(partition, new LogPosition(0, -1)));
      long end = reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (reader.position(partition) < end) {
        for (LogSlice slice : reader.poll(Duration.ofMillis(200)).slices()) {
          for (RawRecord raw : slice.records()) {
            keep(rows, raw, decoder.decode(table.id(), raw), fold);
          }
        }
      }
    }
    return rows;
  }

  private static void keep(
      Map<Long, Long> rows, RawRecord raw, DecodedRecord decoded, LogFold fold) {
    RecordFate fate = fold.apply(decoded.record());
    for (DecodedRecord.Rows run : decoded.rows()) {
      LongVector ids = (LongVector) run.batch().column(0);
      for (int row = 0; row < ids.size(); row++) {
        boolean kept =
            switch (fate) {
              case RecordFate.Keep() -> true;
              case RecordFate.KeepRows some -> some.rows().contains(row);
              case RecordFate.Drop() -> false;
              case RecordFate.DeadLetter _ -> false;
            };
        if (kept) {
          rows.put(SystemColumns.seq(raw.offset(), row), ids.values()[row]);
        }
      }
    }
  }
}
