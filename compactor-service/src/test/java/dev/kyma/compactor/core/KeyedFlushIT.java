package dev.kyma.compactor.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.service.log.DecodedRecord;
import dev.kyma.service.log.RawRecord;
import dev.kyma.service.log.RecordDecoder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flushes of a keyed table: the newest row of each key is left and every version is stored once,
 * through crashes at every step, rivals, and extents that are replaced meanwhile.
 *
 * <p>The key is a number's last digit, so 11 replaces 1; a number from 1,000 on is the tombstone of
 * its digit.
 */
class KeyedFlushIT {
  private static FlushBench bench;

  @BeforeAll
  static void open(@TempDir Path directory) {
    bench = new FlushBench(directory);
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  /** Records of numbers as rows of a keyed table. */
  private record KeyedRecords(RecordDecoder numbers) implements RecordDecoder {
    private static final TableSchema SCHEMA = TextRecords.SCHEMA.plus(List.of(SystemColumns.OP));

    @Override
    public DecodedRecord decode(long table, RawRecord raw) {
      DecodedRecord decoded = numbers.decode(table, raw);
      List<DecodedRecord.Rows> rows = new ArrayList<>();
      for (DecodedRecord.Rows run : decoded.rows()) {
        int count = run.batch().rowCount();
        LongVector ids = (LongVector) run.batch().column(0);
        BytesVectorBuilder ops = new BytesVectorBuilder(LogicalType.TEXT, count);
        for (int row = 0; row < count; row++) {
          ops.append(ids.values()[row] >= 1_000 ? SystemColumns.DELETE : SystemColumns.INSERT);
        }
        List<ColumnVector> columns = new ArrayList<>(run.batch().columns());
        columns.add(ops.build());
        rows.add(new DecodedRecord.Rows(SCHEMA, run.firstRow(), new Batch(columns, count)));
      }
      return new DecodedRecord(decoded.record(), rows);
    }
  }

  private static TableDef createTable(String name, FlushPolicy policy) {
    long id = bench.catalog.allocateTableId();
    LogBinding log = bench.topics.create(id, 1).bind(bench.catalog.allocateLogOrdinals(1));
    TableDef table =
        new TableDef(
            id,
            "default",
            name,
            1,
            TextRecords.SCHEMA,
            0,
            0,
            List.of(1),
            List.of(2),
            policy,
            log,
            Map.of());
    assertThat(
            bench.catalog.commit(
                Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(table))),
                Duration.ofSeconds(5)))
        .isInstanceOf(CommitOutcome.Committed.class);
    return table;
  }

  private static FlushBench.Parts parts() {
    FlushBench.Parts parts = bench.parts();
    return with(parts, parts.catalog());
  }

  private static FlushBench.Parts with(FlushBench.Parts parts, Catalog catalog) {
    return new FlushBench.Parts(
        catalog, parts.store(), parts.log(), parts.keeper(), new KeyedRecords(new TextRecords()));
  }

  private static void flush(TableDef table) {
    try (FlushLoop loop = bench.loop(parts(), table, Runnable::run)) {
      FlushBench.flushAll(loop, table);
    }
  }

  /** The number left of each digit. */
  private static Map<Long, Long> current(TableDef table) {
    Snapshot snapshot = bench.catalog.snapshot();
    Map<Long, Long> current = new TreeMap<>();
    for (ExtentRef extent : snapshot.extents(table.id())) {
      DeletionVector deleted = snapshot.deleted(extent.key());
      int row = 0;
      for (ColumnVector column : bench.column(extent, table.schema().field(0))) {
        LongVector ids = (LongVector) column;
        for (int i = 0; i < ids.size(); i++, row++) {
          if (!deleted.contains(row)) {
            Long other = current.put(ids.values()[i] % 10, ids.values()[i]);
            assertThat(other).as("two rows of one key").isNull();
          }
        }
      }
    }
    return current;
  }

  @Test
  void theNewestRowOfEveryKeyIsLeftAfterACrashAtEverySideEffect() {
    List<String> points = List.of();
    boolean crashed = true;
    for (int n = 1; crashed; n++) {
      TableDef table = createTable("keyed_crash_" + n, FlushBench.LATE);
      bench.produce(table, 0, "1,2,3,4", "5,6");
      flush(table);
      bench.produce(table, 0, "11,12,21", "1003", "77/1:14", "1005,15");
      Faults faults = new Faults(n);
      try (FlushLoop loop = bench.loop(faults.wrap(parts()), table, Runnable::run)) {
        FlushBench.flushAll(loop, table);
        crashed = false;
        points = faults.trace();
      } catch (Faults.Crash e) {
        crashed = true;
      }
      bench.produce(table, 0, "77/1:14", "22");
      flush(table);
      assertThat(current(table))
          .as("crash at point %d, %s", n, faults.trace())
          .isEqualTo(Map.of(1L, 21L, 2L, 22L, 4L, 14L, 5L, 15L, 6L, 6L));
      assertThat(bench.ids(table))
          .as("crash at point %d", n)
          .containsExactlyInAnyOrder(
              1L, 2L, 3L, 4L, 5L, 6L, 11L, 12L, 21L, 1003L, 14L, 1005L, 15L, 22L);
    }
    assertThat(points)
        .contains("before readSuffix", "after create", "before commit", "after commit");
  }

  @Test
  void rowsThatMovedToOtherExtentsAreFoundThere() {
    TableDef table = createTable("keyed_moved", FlushBench.LATE);
    bench.produce(table, 0, "1,2,3");
    flush(table);
    bench.produce(table, 0, "11,4");
    flush(table);
    bench.produce(table, 0, "21,12,1003");
    List<UUID> tried = new ArrayList<>();
    FlushBench.Parts parts = bench.parts();
    Catalog moving =
        beforeCommit(
            parts.catalog(),
            tried,
            number -> {
              if (number <= 3) {
                moveExtents(table);
              }
            });
    try (FlushLoop loop = bench.loop(with(parts, moving), table, Runnable::run)) {
      FlushBench.flushAll(loop, table);
    }
    // Each attempt failed as a whole and the next went under another id.
    assertThat(tried).hasSize(4).doesNotHaveDuplicates();
    assertThat(current(table)).isEqualTo(Map.of(1L, 21L, 2L, 12L, 4L, 4L));
    assertThat(bench.ids(table)).containsExactlyInAnyOrder(1L, 2L, 3L, 11L, 4L, 21L, 12L, 1003L);
  }

  @Test
  void extentsThatAreReplacedForeverPutAFlushOff() {
    TableDef table = createTable("keyed_restless", FlushBench.LATE);
    bench.produce(table, 0, "1,2,3");
    flush(table);
    bench.produce(table, 0, "11");
    List<UUID> tried = new ArrayList<>();
    FlushBench.Parts parts = bench.parts();
    Catalog moving =
        beforeCommit(
            parts.catalog(),
            tried,
            number -> {
              if (number <= 20) {
                moveExtents(table);
              }
            });
    try (FlushLoop loop = bench.loop(with(parts, moving), table, Runnable::run)) {
      FlushBench.flushAll(loop, table);
    }
    assertThat(tried).hasSize(21).doesNotHaveDuplicates();
    assertThat(current(table)).isEqualTo(Map.of(1L, 11L, 2L, 2L, 3L, 3L));
  }

  /** A flusher that stalls before its commit while another one flushes on and on. */
  @Test
  void aZombieHidesNothing() {
    TableDef table = createTable("keyed_zombie", FlushBench.LATE);
    bench.produce(table, 0, "1,2,3");
    flush(table);
    bench.produce(table, 0, "11,1002");
    FlushBench.Parts parts = bench.parts();
    Catalog stalling =
        beforeCommit(
            parts.catalog(),
            new ArrayList<>(),
            number -> {
              if (number == 1) {
                flush(table);
                bench.produce(table, 0, "12,31");
                flush(table);
              }
            });
    try (FlushLoop loop = bench.loop(with(parts, stalling), table, Runnable::run)) {
      FlushBench.flushAll(loop, table);
    }
    assertThat(current(table)).isEqualTo(Map.of(1L, 31L, 2L, 12L, 3L, 3L));
    assertThat(bench.ids(table)).containsExactlyInAnyOrder(1L, 2L, 3L, 11L, 1002L, 12L, 31L);
  }

  @Test
  void rivalsOverManyFlushesLeaveThePlainMap() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    TableDef table = createTable("keyed_rivals", new FlushPolicy(4, 1 << 20, Duration.ofMillis(5)));
    Map<Long, Long> model = new TreeMap<>();
    List<Long> all = new ArrayList<>();
    try (FlushLoop one = bench.loop(parts(), table, Runnable::run);
        FlushLoop other = bench.loop(parts(), table, Runnable::run)) {
      for (int round = 0; round < 60; round++) {
        // Numbers grow with the rounds, so that each is there once.
        long id = round * 10L + random.nextInt(10) + (random.nextInt(4) == 0 ? 1_000 : 0);
        bench.produce(table, 0, Long.toString(id));
        all.add(id);
        if (id >= 1_000) {
          model.remove(id % 10);
        } else {
          model.put(id % 10, id);
        }
        (random.nextBoolean() ? one : other).step();
      }
      FlushBench.flushAll(one, table);
    }
    assertThat(current(table)).as("seed %d", seed).isEqualTo(model);
    assertThat(bench.ids(table)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(all);
  }

  /** A catalog that lets something else happen right before each commit of a flush. */
  private static Catalog beforeCommit(Catalog target, List<UUID> tried, IntConsumer happening) {
    return (Catalog)
        Proxy.newProxyInstance(
            Catalog.class.getClassLoader(),
            new Class<?>[] {Catalog.class},
            (proxy, method, args) -> {
              if (method.getName().equals("commit")
                  && args[0] instanceof Commit commit
                  && commit.kind() == Commit.Kind.FLUSH) {
                tried.add(commit.id());
                happening.accept(tried.size());
              }
              try {
                return method.invoke(target, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Replaces each extent by one of the same rows, as a merge of a single input would. */
  private static void moveExtents(TableDef table) {
    Snapshot snapshot = bench.catalog.snapshot();
    WriteGrant grant = bench.catalog.openGrant("extents");
    List<ExtentRef> added = new ArrayList<>();
    List<Removal> removed = new ArrayList<>();
    List<Mask> masks = new ArrayList<>();
    for (ExtentRef extent : snapshot.extents(table.id())) {
      String key = grant.keyPrefix() + UUID.randomUUID();
      ByteBuffer bytes = bench.store.read(extent.key(), 0, (int) extent.length());
      bench.store.create(key, List.of(bytes));
      added.add(
          new ExtentRef(
              key,
              extent.table(),
              extent.format(),
              extent.length(),
              extent.schemaVersion(),
              extent.summary()));
      DeletionVector deleted = snapshot.deleted(extent.key());
      removed.add(new Removal(extent.key(), deleted.cardinality()));
      if (!deleted.isEmpty()) {
        masks.add(new Mask(key, deleted));
      }
    }
    CommitOutcome outcome =
        bench.catalog.commit(
            new Commit(
                UUID.randomUUID(),
                Commit.Kind.COMPACT,
                grant,
                added,
                removed,
                masks,
                List.of(),
                List.of(),
                List.of()),
            Duration.ofSeconds(5));
    assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
  }
}
