package dev.kyma.compactor.core.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.TableDef;
import dev.kyma.compactor.core.compact.StorageBench.Row;
import dev.kyma.format.LogInterval;
import dev.kyma.format.RowOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One task after the other, against what was flushed. */
class CompactionTest {
  private static final Comparator<Row> BY_IDENTITY =
      Comparator.comparingInt(Row::log).thenComparingLong(Row::seq);

  private StorageBench bench;

  @BeforeEach
  void open(@TempDir Path directory) {
    bench = new StorageBench(directory);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void flushRunsBecomeOneExtentOfTheSameRowsInOrder() {
    TableDef table = bench.createTable("t", false, Map.of());
    bench.flush(table, 0, rows(5, 1, 9));
    bench.flush(table, 1, rows(4, 1, 7));
    bench.flush(table, 0, rows(8, 2));
    List<Row> before = bench.visible(table);

    CompactionResult result = bench.compact(table, StorageBench.limits(2, 1_000));

    assertThat(result)
        .isInstanceOfSatisfying(
            CompactionResult.Committed.class,
            done -> {
              assertThat(done.figures().rows()).isEqualTo(8);
              assertThat(done.figures().extentsRead()).isEqualTo(3);
              assertThat(done.figures().extentsWritten()).isEqualTo(1);
            });
    assertThat(bench.extents(table)).hasSize(1);
    ExtentRef merged = bench.extents(table).getFirst();
    assertThat(merged.summary().level()).isEqualTo(1);
    assertThat(merged.summary().logs())
        .containsExactly(
            new LogInterval(table.log().ordinal(0), 0, 5),
            new LogInterval(table.log().ordinal(1), 0, 3));
    List<Row> after = bench.visible(table);
    assertThat(after).containsExactlyInAnyOrderElementsOf(before);
    assertThat(after)
        .isSortedAccordingTo(Comparator.comparingLong(Row::at).thenComparing(BY_IDENTITY));
  }

  @Test
  void rowsAreCutIntoExtentsOfAboutTheSameSize() {
    TableDef table = bench.createTable("t", false, Map.of());
    for (int run = 0; run < 3; run++) {
      bench.flush(table, 0, rows(LongStream.range(run * 15L, run * 15L + 15).toArray()));
    }
    bench.compact(table, StorageBench.limits(2, 20));
    assertThat(bench.extents(table))
        .extracting(extent -> extent.summary().rows())
        .containsExactly(15L, 15L, 15L);
    assertThat(bench.visible(table)).hasSize(45).doesNotHaveDuplicates();
  }

  @Test
  void wideRowsAreCutByTheMemoryTheyTake() {
    TableDef table = bench.createTable("t", false, Map.of());
    List<Row> wide = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      wide.add(new Row(i, i, "x".repeat(10_000), null, 0, 0));
    }
    bench.flush(table, 0, wide);
    CompactionLimits limits = StorageBench.limits(2, 1_000);
    CompactionLimits narrow =
        new CompactionLimits(
            limits.runs(),
            limits.pendingRows(),
            limits.runAge(),
            limits.extentRows(),
            200_000,
            limits.inputs(),
            limits.taskRows(),
            limits.deletedPercent());
    bench.compact(table, narrow);
    assertThat(bench.visible(table)).hasSize(64);
    List<Long> sizes = bench.extents(table).stream().map(e -> e.summary().rows()).toList();
    assertThat(sizes).containsExactly(20L, 20L, 20L, 4L);
  }

  @Test
  void deletedRowsOfATableWithoutAPrimaryKeyVanish() {
    TableDef table = bench.createTable("t", false, Map.of());
    bench.flush(table, 0, rows(1, 2, 3, 4));
    bench.flush(table, 0, rows(5, 6));
    bench.mask(table, row -> row.id() % 2 == 0);
    bench.compact(table, StorageBench.limits(2, 1_000));
    assertThat(bench.history(table)).extracting(Row::id).containsExactly(1L, 3L, 5L);
    assertThat(bench.catalog.snapshot().deleted(bench.extents(table).getFirst().key()).isEmpty())
        .isTrue();
  }

  @Test
  void whenAllRowsAreDeletedNoExtentIsLeft() {
    TableDef table = bench.createTable("t", false, Map.of());
    bench.flush(table, 0, rows(1, 2));
    bench.mask(table, row -> true);
    assertThat(bench.compact(table, StorageBench.limits(2, 1_000)))
        .isInstanceOf(CompactionResult.Committed.class);
    assertThat(bench.extents(table)).isEmpty();
  }

  @Test
  void deletedRowsOfAKeyedTableGoToHistoryByKey() {
    TableDef table = bench.createTable("k", true, Map.of());
    bench.flush(table, 0, versions("c", 3, 1, 2));
    bench.flush(table, 0, versions("u", 1, 2));
    bench.flush(table, 0, versions("d", 3));
    maskSuperseded(table);
    List<Row> visible = bench.visible(table);
    List<Row> all = bench.history(table);
    assertThat(visible).extracting(Row::op).containsExactly("u", "u");

    bench.compact(table, StorageBench.limits(2, 1_000));

    assertThat(bench.visible(table)).containsExactlyInAnyOrderElementsOf(visible);
    assertThat(bench.history(table)).containsExactlyInAnyOrderElementsOf(all);
    ExtentRef history =
        bench.extents(table).stream()
            .filter(extent -> extent.summary().order() == RowOrder.HISTORY)
            .findFirst()
            .orElseThrow();
    assertThat(history.summary().tombstones()).isEqualTo(1);
    assertThat(bench.rows(table, history))
        .isSortedAccordingTo(Comparator.comparingLong(Row::id).thenComparing(BY_IDENTITY))
        .hasSize(4);
  }

  @Test
  void rowsDeletedDuringTheMergeAreDeletedInTheNewExtents() {
    TableDef table = bench.createTable("t", false, Map.of());
    for (int run = 0; run < 3; run++) {
      bench.flush(table, 0, rows(LongStream.range(run * 10L, run * 10L + 10).toArray()));
    }
    bench.mask(table, row -> row.id() == 4);
    int[] calls = {0};
    Compaction compaction =
        new Compaction(
            bench.ports(),
            StorageBench.limits(2, 8),
            bench.everything(table, RowOrder.TABLE),
            (step, done, total) -> {
              // The last report comes after the snapshot was read that the commit is built on.
              long remainder = ++calls[0];
              bench.mask(table, row -> row.id() % 4 == remainder % 4 && row.id() > 2 * remainder);
              return Progress.Wanted.GO_ON;
            });
    assertThat(compaction.attempt()).isInstanceOf(CompactionResult.Committed.class);
    Set<Long> expected = new HashSet<>(LongStream.range(0, 30).boxed().toList());
    expected.remove(4L);
    for (long call = 1; call <= calls[0]; call++) {
      long remainder = call;
      expected.removeIf(id -> id % 4 == remainder % 4 && id > 2 * remainder);
    }
    assertThat(calls[0]).isGreaterThan(2);
    assertThat(bench.visible(table))
        .extracting(Row::id)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(bench.extents(table)).allMatch(extent -> extent.summary().level() == 1);
  }

  @Test
  void ofTwoThatMergeTheSameExtentsOneCommits() {
    TableDef table = bench.createTable("t", false, Map.of());
    bench.flush(table, 0, rows(1, 2));
    bench.flush(table, 0, rows(3));
    List<Row> before = bench.visible(table);
    CompactionResult[] inner = new CompactionResult[1];
    CompactionTask task = bench.everything(table, RowOrder.TABLE);
    Compaction outer =
        new Compaction(
            bench.ports(),
            StorageBench.limits(2, 100),
            task,
            (step, done, total) -> {
              if (inner[0] == null) {
                inner[0] =
                    new Compaction(bench.ports(), StorageBench.limits(2, 100), task, Progress.NONE)
                        .attempt();
              }
              return Progress.Wanted.GO_ON;
            });
    assertThat(outer.attempt())
        .isInstanceOfSatisfying(
            CompactionResult.Discarded.class, d -> assertThat(d.code()).isEqualTo("extent_gone"));
    assertThat(inner[0]).isInstanceOf(CompactionResult.Committed.class);
    assertThat(bench.visible(table)).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void anExtentInAnotherOrderIsSortedAnewAndItsRowsStay() {
    TableDef table = bench.createTable("t", false, Map.of());
    Random random = new Random(5);
    bench.flush(table, 0, rows(random.longs(500, 0, 100).toArray()));
    List<Row> before = bench.visible(table);
    CompactionLimits limits = StorageBench.limits(2, 1_000);
    CompactionTask task =
        new CompactionTask(
            table.id(), RowOrder.TABLE, CompactionTask.Reason.ORDER, bench.extents(table));
    Compaction compaction =
        new Compaction(
            bench.ports(),
            limits,
            task,
            (step, done, total) -> {
              bench.mask(table, row -> row.id() == 7);
              return Progress.Wanted.GO_ON;
            });
    assertThat(compaction.attempt()).isInstanceOf(CompactionResult.Committed.class);
    before.removeIf(row -> row.id() == 7);
    assertThat(bench.visible(table)).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void aTaskThatIsNoLongerWantedStops() {
    TableDef table = bench.createTable("t", false, Map.of());
    bench.flush(table, 0, rows(1, 2));
    List<ExtentRef> before = bench.extents(table);
    for (String at : List.of("merge", "commit")) {
      Compaction compaction =
          new Compaction(
              bench.ports(),
              StorageBench.limits(2, 100),
              bench.everything(table, RowOrder.TABLE),
              (step, done, total) ->
                  step.equals(at) ? Progress.Wanted.STOP : Progress.Wanted.GO_ON);
      assertThat(compaction.attempt()).isInstanceOf(CompactionResult.Stopped.class);
      assertThat(bench.extents(table)).isEqualTo(before);
    }
  }

  /** Marks every row but the newest of its key as deleted, and tombstones. */
  private void maskSuperseded(TableDef table) {
    List<Row> all = bench.history(table);
    bench.mask(
        table,
        row ->
            row.op().equals("d")
                || all.stream().anyMatch(o -> o.id() == row.id() && o.seq() > row.seq()));
  }

  static List<Row> rows(long... ids) {
    return LongStream.of(ids)
        .mapToObj(id -> new Row(id, 1_000 + id, id % 5 == 0 ? null : "note " + id, null, 0, 0))
        .toList();
  }

  static List<Row> versions(String op, long... ids) {
    return LongStream.of(ids)
        .mapToObj(id -> new Row(id, 1_000 + id, op.equals("d") ? null : op + id, op, 0, 0))
        .toList();
  }
}
