package dev.kyma.compactor.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.Commit;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.archive.CommitArchive;
import dev.kyma.compactor.core.check.CheckScope.Depth;
import dev.kyma.compactor.core.check.Finding.Code;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.LogInterval;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.memory.MemoryObjectStore;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.service.log.LogIdentity;
import dev.kyma.service.log.LogRange;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault that is planted is found, as what it is and where it is, and nothing else is. */
class StorageCheckTest {
  @TempDir Path directory;
  private CheckBench bench;
  private TableDef table;
  private ExtentRef first;
  private ExtentRef second;

  @BeforeEach
  void fill() {
    bench = new CheckBench(directory);
    table = bench.table("t");
    first = bench.flush(table, 0, 3_000);
    second = bench.flush(table, 3_000, 3_010);
    bench.flush(table, 3_010, 3_020, List.of()); // records without a row
    TableDef other = bench.table("other");
    bench.flush(other, 0, 5);
    bench.flush(other, 5, 7);
    bench.archive();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private List<Finding> check(Depth depth) {
    return bench.check(CheckScope.everything(depth));
  }

  private Finding only(Depth depth) {
    List<Finding> findings = check(depth);
    assertThat(findings).as(findings.toString()).hasSize(1);
    return findings.getFirst();
  }

  private void assertFound(Depth depth, Code code, String object) {
    Finding finding = only(depth);
    assertThat(finding.code()).isEqualTo(code);
    assertThat(finding.object()).isEqualTo(object);
    assertThat(finding.expected()).isNotBlank().isNotEqualTo(finding.actual());
    assertThat(finding.actual()).isNotBlank();
  }

  @Test
  void nothingIsFoundWhereNothingIsWrong() {
    assertThat(check(Depth.NORMAL)).isEmpty();
    assertThat(check(Depth.EXTENDED)).isEmpty();
    // What compaction and retention do rightly is no fault either.
    ExtentRef merged = bench.extent(table, 1, 0, 3_010);
    bench.replace(
        Commit.Kind.COMPACT,
        List.of(new Removal(first.key(), 0), new Removal(second.key(), 0)),
        List.of(merged));
    assertThat(check(Depth.EXTENDED)).isEmpty();
    bench.replace(Commit.Kind.RETENTION, List.of(new Removal(merged.key(), 0)), List.of());
    assertThat(check(Depth.EXTENDED)).isEmpty();
    assertThat(bench.catalog.pins()).isEmpty();
  }

  @Test
  void extentsWhoseRowsAreAllDeletedMayGo() {
    bench.commit(
        Commit.ofMasks(
            List.of(new Mask(second.key(), DeletionVector.of(IntStream.range(0, 10).toArray())))));
    bench.replace(Commit.Kind.COMPACT, List.of(new Removal(second.key(), 10)), List.of());
    assertThat(check(Depth.EXTENDED)).isEmpty();
  }

  @Test
  void missingExtent() {
    bench.store.delete(List.of(first.key()));
    assertFound(Depth.NORMAL, Code.EXTENT_MISSING, first.key());
    assertThat(only(Depth.NORMAL).table()).isEqualTo("default.t");
  }

  @Test
  void truncatedExtent() {
    bench.rewrite(first.key(), bytes -> Arrays.copyOf(bytes, bytes.length / 2));
    assertFound(Depth.NORMAL, Code.EXTENT_LENGTH, first.key());
  }

  @Test
  void tornExtentWhoseEndWasNeverWritten() {
    bench.rewrite(
        first.key(),
        bytes -> {
          Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0);
          return bytes;
        });
    assertFound(Depth.NORMAL, Code.EXTENT_DAMAGED, first.key());
    assertThat(only(Depth.NORMAL).offset()).isPresent();
  }

  @Test
  void tornExtentWithAWholeFooterIsFoundByTheExtendedCheck() {
    bench.rewrite(
        first.key(),
        bytes -> {
          bytes[200] ^= 1;
          return bytes;
        });
    assertThat(check(Depth.NORMAL)).isEmpty();
    assertFound(Depth.EXTENDED, Code.EXTENT_DAMAGED, first.key());
    assertThat(only(Depth.EXTENDED).offset().orElseThrow()).isBetween(1L, 200L);
  }

  @Test
  void anotherExtentsBytes() {
    // The same number of rows, and so of bytes, of other records.
    ExtentRef third = bench.extent(table, 0, 4_000, 4_010);
    assertThat(third.length()).isEqualTo(second.length());
    byte[] others = bench.bytes(third.key());
    bench.store.delete(List.of(third.key()));
    bench.rewrite(second.key(), bytes -> others);
    assertFound(Depth.NORMAL, Code.EXTENT_OTHER, second.key());
  }

  @Test
  void staleObjectsAreFoundThoughTheirFootersWereReadBefore() {
    bench.format.open(bench.store, second.key(), second.length()).summary();
    bench.rewrite(
        second.key(),
        bytes -> {
          bytes[bytes.length - 1] ^= 1;
          return bytes;
        });
    assertFound(Depth.NORMAL, Code.EXTENT_DAMAGED, second.key());
  }

  @Test
  void wrongNumberOfRowsInTheCatalog() {
    TableDef wrong = bench.table("wrong");
    ExtentRef extent =
        CheckBench.with(
            bench.extent(wrong, 0, 0, 10),
            s ->
                new ExtentSummary(
                    s.rows() + 1,
                    s.footerChecksum(),
                    s.timeColumn(),
                    s.sortColumns(),
                    s.logs(),
                    s.minSeq(),
                    s.maxSeq(),
                    s.rowsHash(),
                    s.columns(),
                    s.order(),
                    s.level(),
                    s.tombstones()));
    bench.flush(wrong, 0, 10, List.of(extent));
    assertFound(Depth.NORMAL, Code.CATALOG_DIFFERS, extent.key());
    assertThat(only(Depth.NORMAL).expected()).isEqualTo("rows 10");
    assertThat(only(Depth.NORMAL).actual()).isEqualTo("rows 11");
  }

  @Test
  void wrongStatisticsInTheCatalog() {
    TableDef wrong = bench.table("wrong");
    ExtentRef extent =
        CheckBench.with(
            bench.extent(wrong, 0, 0, 10),
            s -> {
              List<ColumnStats> columns = new ArrayList<>(s.columns());
              columns.replaceAll(
                  c ->
                      c.column() != 2
                          ? c
                          : new ColumnStats(
                              c.column(),
                              c.type(),
                              c.rows(),
                              c.nulls() + 1,
                              c.min(),
                              c.max(),
                              c.exactBounds(),
                              c.distinct(),
                              c.valueCounts()));
              return new ExtentSummary(
                  s.rows(),
                  s.footerChecksum(),
                  s.timeColumn(),
                  s.sortColumns(),
                  s.logs(),
                  s.minSeq(),
                  s.maxSeq(),
                  s.rowsHash(),
                  columns,
                  s.order(),
                  s.level(),
                  s.tombstones());
            });
    bench.flush(wrong, 0, 10, List.of(extent));
    assertFound(Depth.NORMAL, Code.CATALOG_DIFFERS, extent.key());
    assertThat(only(Depth.NORMAL).expected()).isEqualTo("column 2 nulls 0");
  }

  @Test
  void compactionThatLosesAnExtentLeavesAGap() {
    bench.replace(Commit.Kind.COMPACT, List.of(new Removal(second.key(), 0)), List.of());
    Finding gap = only(Depth.NORMAL);
    assertThat(gap.code()).isEqualTo(Code.LOG_GAP);
    assertThat(gap.offset()).hasValue(3_000);
    assertThat(gap.actual()).contains("COMPACT").contains(second.key());
  }

  @Test
  void flushThatCoversLessThanItsCursorMovesLeavesAGap() {
    TableDef gapped = bench.table("gapped");
    bench.flush(gapped, 0, 20, List.of(bench.extent(gapped, 0, 0, 15)));
    Finding gap = only(Depth.NORMAL);
    assertThat(gap.code()).isEqualTo(Code.LOG_GAP);
    assertThat(gap.offset()).hasValue(15);
    assertThat(gap.table()).isEqualTo("default.gapped");
  }

  @Test
  void compactionThatLosesRowsIsFoundThoughItsStretchesAreWhole() {
    ExtentRef few =
        CheckBench.with(
            bench.extent(table, 1, 3_000, 3_009),
            s ->
                new ExtentSummary(
                    s.rows(),
                    s.footerChecksum(),
                    s.timeColumn(),
                    s.sortColumns(),
                    List.of(new LogInterval(table.log().firstOrdinal(), 3_000, 3_010)),
                    s.minSeq(),
                    s.maxSeq(),
                    s.rowsHash(),
                    s.columns(),
                    s.order(),
                    s.level(),
                    s.tombstones()));
    bench.replace(Commit.Kind.COMPACT, List.of(new Removal(second.key(), 0)), List.of(few));
    assertThat(check(Depth.NORMAL))
        .extracting(Finding::code)
        .containsExactlyInAnyOrder(Code.ROWS_LOST, Code.CATALOG_DIFFERS);
  }

  @Test
  void overlappingFlushes() {
    TableDef doubled = bench.table("doubled");
    bench.flush(doubled, 0, 10);
    ExtentRef again = bench.extent(doubled, 0, 8, 20);
    bench.flush(doubled, 10, 20, List.of(again));
    Finding overlap = only(Depth.NORMAL);
    assertThat(overlap.code()).isEqualTo(Code.LOG_OVERLAP);
    assertThat(overlap.object()).isEqualTo(again.key());
    assertThat(overlap.offset()).hasValue(8);
    assertThat(check(Depth.EXTENDED))
        .extracting(Finding::code)
        .containsExactlyInAnyOrder(Code.LOG_OVERLAP, Code.ROW_DOUBLED);
  }

  @Test
  void inputThatStayedBesideWhatItWasMergedInto() {
    ExtentRef merged = bench.extent(table, 1, 0, 3_010);
    bench.replace(Commit.Kind.COMPACT, List.of(new Removal(second.key(), 0)), List.of(merged));
    assertThat(check(Depth.NORMAL)).extracting(Finding::code).containsExactly(Code.LOG_OVERLAP);
  }

  @Test
  void extentBehindItsCursor() {
    TableDef ahead = bench.table("ahead");
    ExtentRef extent = bench.extent(ahead, 0, 0, 12);
    bench.flush(ahead, 0, 10, List.of(extent));
    assertFound(Depth.NORMAL, Code.LOG_BEYOND_CURSOR, extent.key());
  }

  @Test
  void cursorBeyondTheLog() {
    bench.logs.put(table.log().firstOrdinal(), new LogRange(0, 3_019));
    Finding finding = only(Depth.NORMAL);
    assertThat(finding.code()).isEqualTo(Code.CURSOR_BEYOND_LOG);
    assertThat(finding.offset()).hasValue(3_020);
  }

  @Test
  void recordsDeletedBeforeTheyWereFlushed() {
    bench.logs.put(table.log().firstOrdinal(), new LogRange(3_021, 4_000));
    assertThat(only(Depth.NORMAL).code()).isEqualTo(Code.LOG_TRUNCATED);
  }

  @Test
  void replacedTopic() {
    bench.identity = new LogIdentity.Replaced("another");
    assertThat(bench.check(CheckScope.ofTable(table.id(), Depth.NORMAL)))
        .extracting(Finding::code)
        .containsExactly(Code.LOG_REPLACED);
  }

  @Test
  void missingCommitOfTheArchive() {
    bench.store.delete(List.of(CommitArchive.commitKey(3)));
    assertFound(Depth.NORMAL, Code.ARCHIVE_MISSING, CommitArchive.commitKey(3));
    assertThat(bench.check(CheckScope.ofTable(table.id(), Depth.EXTENDED))).isEmpty();
    assertThat(bench.check(CheckScope.ofStorage(Depth.NORMAL))).hasSize(1);
  }

  @Test
  void otherCommitInTheArchive() {
    byte[] other = bench.bytes(CommitArchive.commitKey(2));
    bench.rewrite(CommitArchive.commitKey(3), bytes -> other);
    assertFound(Depth.NORMAL, Code.ARCHIVE_DIFFERS, CommitArchive.commitKey(3));
  }

  @Test
  void damagedCommitInTheArchive() {
    bench.rewrite(
        CommitArchive.commitKey(2),
        bytes -> {
          bytes[bytes.length / 2] ^= 4;
          return bytes;
        });
    assertFound(Depth.NORMAL, Code.ARCHIVE_DIFFERS, CommitArchive.commitKey(2));
  }

  @Test
  void missingAndDamagedCheckpoints() {
    String key = CommitArchive.checkpointKey(CheckBench.CHECKPOINT_EVERY);
    bench.rewrite(key, bytes -> Arrays.copyOf(bytes, bytes.length - 1));
    assertFound(Depth.NORMAL, Code.ARCHIVE_DIFFERS, key);
    bench.store.delete(List.of(key));
    assertFound(Depth.NORMAL, Code.CHECKPOINT_MISSING, key);
  }

  @Test
  void archiveOfAnotherCatalog() {
    String key = CommitArchive.commitKey(bench.catalog.snapshot().number() + 7);
    bench.store.create(key, List.of(ByteBuffer.wrap(new byte[] {1})));
    assertFound(Depth.NORMAL, Code.ARCHIVE_AHEAD, key);
  }

  @Test
  void vectorOutOfRange() {
    bench.commit(Commit.ofMasks(List.of(new Mask(second.key(), DeletionVector.of(3, 10)))));
    assertFound(Depth.NORMAL, Code.VECTOR_OUT_OF_RANGE, second.key());
    assertThat(only(Depth.NORMAL).actual()).isEqualTo("row 10");
  }

  @Test
  void rowsInTheWrongOrder() {
    TableDef shuffled = bench.table("shuffled");
    ExtentRef extent = bench.extent(shuffled, 0, 0, 10, id -> id == 4 ? 40 : id);
    bench.flush(shuffled, 0, 10, List.of(extent));
    assertThat(check(Depth.NORMAL)).isEmpty();
    assertFound(Depth.EXTENDED, Code.ORDER_BROKEN, extent.key());
  }

  @Test
  void rowInTwoExtents() {
    TableDef doubled = bench.table("doubled");
    ExtentRef one = bench.extent(doubled, 1, 0, 10);
    ExtentRef two = bench.extent(doubled, 1, 0, 10);
    bench.flush(doubled, 0, 10, List.of(one, two));
    Finding finding = only(Depth.EXTENDED);
    assertThat(finding.code()).isEqualTo(Code.ROW_DOUBLED);
    assertThat(finding.object()).isIn(one.key(), two.key());
  }

  @Test
  void objectsNothingNames() {
    String key = bench.grant.keyPrefix() + "orphan";
    bench.store.create(key, List.of(ByteBuffer.wrap(new byte[17])));
    assertThat(check(Depth.NORMAL)).isEmpty();
    assertFound(Depth.EXTENDED, Code.ORPHAN, key);
    assertThat(only(Depth.EXTENDED).code().severity()).isEqualTo(Finding.Severity.NOTICE);
  }

  @Test
  void droppedTablesAreNotLookedFor() {
    bench.commit(
        Commit.ofTables(Commit.Kind.DROP_TABLE, List.of(new TableChange.Drop(table.id()))));
    bench.store.delete(List.of(first.key()));
    assertThat(check(Depth.EXTENDED)).isEmpty();
  }

  @Test
  void storeThatCreatesTwice(@TempDir Path other) {
    ObjectStore memory = new MemoryObjectStore();
    ObjectStore careless =
        (ObjectStore)
            Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> {
                  Object answer = method.invoke(memory, arguments);
                  return answer == ObjectStore.PutResult.EXISTS
                      ? ObjectStore.PutResult.CREATED
                      : answer;
                });
    try (CheckBench own = new CheckBench(other, careless)) {
      own.flush(own.table("t"), 0, 5);
      own.archive();
      assertThat(own.check(CheckScope.everything(Depth.NORMAL)))
          .extracting(Finding::code)
          .containsExactly(Code.CREATE_NOT_EXCLUSIVE);
    }
  }

  @Test
  void severalFaultsAreAllFound() {
    bench.store.delete(List.of(first.key(), CommitArchive.commitKey(1)));
    bench.rewrite(second.key(), bytes -> Arrays.copyOf(bytes, 3));
    bench.logs.put(table.log().firstOrdinal(), new LogRange(0, 1));
    assertThat(check(Depth.EXTENDED))
        .extracting(Finding::code)
        .containsExactlyInAnyOrder(
            Code.EXTENT_MISSING, Code.ARCHIVE_MISSING, Code.EXTENT_LENGTH, Code.CURSOR_BEYOND_LOG);
  }

  @Test
  void checksEndWhenTheyAreToldTo() {
    StorageCheck check =
        new StorageCheck(bench.catalog, bench.store, bench.format, bench, bench.workers, 2);
    assertThatThrownBy(
            () ->
                check.run(
                    CheckScope.everything(Depth.EXTENDED),
                    "killed",
                    (what, done, total) -> {
                      if (what.equals("extents")) {
                        throw new CancellationException();
                      }
                    }))
        .isInstanceOf(CancellationException.class);
    assertThat(bench.catalog.pins()).isEmpty();
  }
}
