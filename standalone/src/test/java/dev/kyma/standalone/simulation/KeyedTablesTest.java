package dev.kyma.standalone.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.catalog.visibility.RowKeys;
import dev.kyma.catalog.visibility.RowOp;
import dev.kyma.catalog.visibility.RowShape;
import dev.kyma.compactor.core.FlushLoop;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.memory.MemoryObjectStore;
import dev.kyma.format.log.FrameWriter;
import dev.kyma.format.log.LogFrame;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.query.core.Freshness;
import dev.kyma.query.core.QueryException;
import dev.kyma.service.log.LogPartition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A keyed table against a plain map and a list of versions: random upserts, updates and deletes
 * over few keys, read at random moments hot, committed and as history, by a query node that has
 * read before and by one that has not. Its log has one partition or several.
 */
class KeyedTablesTest {
  private static final Freshness HOT = new Freshness.Hot();
  private static final Freshness COMMITTED = new Freshness.Committed();
  private static final int STEPS = 120;

  private record Version(long id, String region, Long value, RowOp op, int log, long seq) {
    String current() {
      return "[" + id + ",\"" + region + "\"," + value + "]";
    }

    String history() {
      return "[%d,\"%s\",%s,\"%s\",%d,%d]".formatted(id, region, value, op.code(), log, seq);
    }
  }

  @Test
  void everyReadIsThePlainMapAtItsPlaceInTheLog(@TempDir Path directory) {
    long first = Long.getLong("kyma.seed", new Random().nextLong(1L << 40));
    int seeds = Long.getLong("kyma.seed") != null ? 1 : 24;
    try (ExecutorService readers = Executors.newCachedThreadPool()) {
      for (int i = 0; i < seeds; i++) {
        try (Run run = new Run(first + i, directory, readers)) {
          run.play();
        }
      }
    }
  }

  private static final class Run implements AutoCloseable {
    private final long seed;
    private final SplittableRandom random;
    private final int partitions;
    private final int keyCount;
    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedLog log;
    private final ObjectStore store = new MemoryObjectStore();
    private final Catalog catalog;
    private final TableDef table;
    private final List<Runnable> underWay = new ArrayList<>();
    private final FlushLoop flusher;
    private final ExecutorService readers;
    private final QueryNode warm;
    private final List<List<Version>> versions = new ArrayList<>();
    private final Map<Long, List<Long>> cursors = new TreeMap<>();
    private String step = "start";

    Run(long seed, Path directory, ExecutorService readers) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.partitions = 1 + random.nextInt(3);
      this.keyCount = 1 + random.nextInt(60);
      this.log = new SimulatedLog(clock, random.split());
      this.catalog = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve(seed + ".db"));
      this.table = createTable();
      this.readers = readers;
      this.warm = node();
      for (int i = 0; i < partitions; i++) {
        versions.add(new ArrayList<>());
      }
      this.flusher =
          new BackgroundWork(
                  catalog, store, log, clock, underWay::add, new Random(random.nextLong()))
              .flusher();
    }

    private QueryNode node() {
      return new QueryNode(catalog, store, log.tail(), readers);
    }

    private TableDef createTable() {
      long id = catalog.allocateTableId();
      LogBinding binding = log.create(id, partitions, catalog.allocateLogOrdinals(partitions));
      TableDef created =
          new TableDef(
              id,
              "default",
              "t",
              1,
              TableSchema.of(
                  new Field(1, "id", LogicalType.INT64, false),
                  new Field(2, "region", LogicalType.TEXT, false),
                  new Field(3, "v", LogicalType.INT64, false)),
              0,
              0,
              random.nextBoolean() ? List.of(2, 1) : List.of(3),
              List.of(2, 1),
              new FlushPolicy(30, 1 << 20, Duration.ofSeconds(3)),
              binding,
              Map.of());
      CommitOutcome outcome =
          catalog.commit(
              Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(created))),
              Duration.ofSeconds(10));
      assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
      return created;
    }

    void play() {
      for (int i = 0; i < STEPS; i++) {
        step = "seed " + seed + ", step " + i;
        clock.advance(Duration.ofMillis(random.nextInt(500)));
        switch (random.nextInt(6)) {
          case 0, 1 -> send(1 + random.nextInt(random.nextInt(5) == 0 ? 80 : 5));
          case 2 -> flusher.step();
          case 3 -> work();
          case 4 -> check(warm, random.nextBoolean() ? HOT : COMMITTED);
          default -> check(random.nextBoolean() ? warm : node(), HOT);
        }
      }
      settle();
      check(warm, HOT);
      check(node(), COMMITTED);
      long newest = catalog.snapshot().number();
      assertThatThrownBy(() -> warm.rows("SELECT * FROM t AS OF SNAPSHOT " + (newest + 1), HOT))
          .isInstanceOfSatisfying(
              QueryException.class,
              e -> assertThat(e.code()).isEqualTo(QueryException.Code.SNAPSHOT_AHEAD));
      assertThatThrownBy(() -> warm.rows("SELECT * FROM t FOR SYSTEM_TIME AS OF '2200-01-01'", HOT))
          .isInstanceOfSatisfying(
              QueryException.class,
              e -> assertThat(e.code()).isEqualTo(QueryException.Code.SNAPSHOT_AHEAD));
      assertThat(warm.rows("SELECT * FROM t FOR SYSTEM_TIME AS OF NOW()", HOT))
          .isEqualTo(warm.rows("SELECT * FROM t", COMMITTED));
    }

    private void work() {
      if (!underWay.isEmpty()) {
        underWay.removeFirst().run();
        List<Long> now = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
          now.add(cursor(i));
        }
        cursors.put(catalog.snapshot().number(), now);
      }
    }

    private void settle() {
      for (int round = 0; round < 50; round++) {
        clock.advance(Duration.ofSeconds(1));
        flusher.step();
        while (!underWay.isEmpty()) {
          work();
        }
      }
      for (int i = 0; i < partitions; i++) {
        assertThat(cursor(i)).as(step).isEqualTo(end(i));
      }
    }

    /** Rows as ingest sends them: each to the partition of its key, in their order. */
    private void send(int rows) {
      List<List<Version>> shares = new ArrayList<>();
      for (int i = 0; i < partitions; i++) {
        shares.add(new ArrayList<>());
      }
      for (int i = 0; i < rows; i++) {
        long key = random.nextInt(keyCount);
        RowOp op = RowOp.values()[random.nextInt(3)];
        Long value = op == RowOp.DELETE ? null : random.nextLong(1_000);
        Version version = new Version(key % 7, "r" + key / 7, value, op, 0, 0);
        int partition = keys(List.of(version)).partition(0, partitions);
        shares.get(partition).add(version);
      }
      for (int partition = 0; partition < partitions; partition++) {
        List<Version> share = shares.get(partition);
        if (!share.isEmpty()) {
          append(partition, share);
        }
      }
    }

    private RowKeys keys(List<Version> share) {
      return RowShape.keys(table, RowShape.inLog(table), batch(share));
    }

    private void append(int partition, List<Version> share) {
      LogFrame frame =
          new LogFrame(
              List.of(),
              List.of(
                  new LogFrame.TableRows(
                      table.id(),
                      new SchemaStore(store).store(RowShape.inLog(table)),
                      0,
                      batch(share))));
      long offset = log.append(new LogPartition(table.log(), partition), FrameWriter.write(frame));
      for (int row = 0; row < share.size(); row++) {
        Version sent = share.get(row);
        versions
            .get(partition)
            .add(
                new Version(
                    sent.id(),
                    sent.region(),
                    sent.value(),
                    sent.op(),
                    table.log().ordinal(partition),
                    SystemColumns.seq(offset, row)));
      }
    }

    private static Batch batch(List<Version> share) {
      LongVectorBuilder ids = new LongVectorBuilder(LogicalType.INT64, share.size());
      BytesVectorBuilder regions = new BytesVectorBuilder(LogicalType.TEXT, share.size());
      LongVectorBuilder values = new LongVectorBuilder(LogicalType.INT64, share.size());
      BytesVectorBuilder ops = new BytesVectorBuilder(LogicalType.TEXT, share.size());
      for (Version version : share) {
        ids.append(version.id());
        regions.append(version.region());
        if (version.value() == null) {
          values.appendNull();
        } else {
          values.append(version.value());
        }
        ops.append(version.op().code());
      }
      return new Batch(
          List.of(ids.build(), regions.build(), values.build(), ops.build()), share.size());
    }

    private long end(int partition) {
      return log.end(new LogPartition(table.log(), partition));
    }

    private long cursor(int partition) {
      int ordinal = table.log().ordinal(partition);
      return catalog.snapshot().cursor(ordinal).map(SourceCursor::nextOffset).orElse(0L);
    }

    private void check(QueryNode node, Freshness freshness) {
      List<Long> ends = new ArrayList<>();
      for (int partition = 0; partition < partitions; partition++) {
        ends.add(freshness == HOT ? end(partition) : cursor(partition));
      }
      check(node, freshness, ends, "");
      if (!cursors.isEmpty()) {
        long past = List.copyOf(cursors.keySet()).get(random.nextInt(cursors.size()));
        check(node, freshness, cursors.get(past), " AS OF SNAPSHOT " + past);
      }
    }

    /**
     * @param asOf what follows the table's name
     */
    private void check(QueryNode node, Freshness freshness, List<Long> ends, String asOf) {
      List<Version> visible = new ArrayList<>();
      for (int partition = 0; partition < partitions; partition++) {
        long end = ends.get(partition);
        for (Version version : versions.get(partition)) {
          if (SystemColumns.offset(version.seq()) < end) {
            visible.add(version);
          }
        }
      }
      Map<String, Version> newest = new TreeMap<>();
      for (Version version : visible) {
        newest.put(version.region() + "/" + version.id(), version);
      }
      newest.values().removeIf(version -> version.op() == RowOp.DELETE);
      List<String> current = newest.values().stream().map(Version::current).sorted().toList();
      assertThat(node.rows("SELECT * FROM t" + asOf, freshness)).as(step).isEqualTo(current);
      assertThat(node.rows("SELECT count(*) FROM t" + asOf, freshness))
          .as(step)
          .containsExactly("[" + current.size() + "]");
      List<String> history = visible.stream().map(Version::history).sorted().toList();
      String all = "SELECT id, region, v, _kyma_op, _log, _seq FROM history(t)" + asOf;
      assertThat(node.rows(all, freshness)).as(step).isEqualTo(history);
      checkSome(node, freshness, newest, asOf);
    }

    /** One key, and a range of keys. */
    private void checkSome(
        QueryNode node, Freshness freshness, Map<String, Version> newest, String asOf) {
      long key = random.nextInt(keyCount + 3);
      String region = "r" + key / 7;
      Version one = newest.get(region + "/" + key % 7);
      String point =
          "SELECT * FROM t%s WHERE id = %d AND region = '%s'".formatted(asOf, key % 7, region);
      assertThat(node.rows(point, freshness))
          .as("%s: %s", step, point)
          .isEqualTo(one == null ? List.of() : List.of(one.current()));
      List<String> some =
          newest.values().stream()
              .filter(version -> version.region().equals(region) && version.value() < 500)
              .map(Version::current)
              .sorted()
              .toList();
      String range = "SELECT * FROM t%s WHERE region = '%s' AND v < 500".formatted(asOf, region);
      assertThat(node.rows(range, freshness)).as("%s: %s", step, range).isEqualTo(some);
    }

    @Override
    public void close() {
      flusher.close();
      catalog.close();
      store.close();
    }
  }
}
