package dev.kyma.catalog;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static dev.kyma.catalog.Catalogs.compact;
import static dev.kyma.catalog.Catalogs.create;
import static dev.kyma.catalog.Catalogs.extent;
import static dev.kyma.catalog.Catalogs.flush;
import static dev.kyma.catalog.Catalogs.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.Commit.CursorMove;
import dev.kyma.catalog.Commit.Kind;
import dev.kyma.catalog.CommitOutcome.Committed;
import dev.kyma.catalog.CommitOutcome.Conflict;
import dev.kyma.catalog.CommitOutcome.Reason;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every catalog must do. Each test has a database of its own, opened twice. */
public abstract class CatalogContractTest {
  protected Catalog catalog;
  protected Catalog other;

  /** Opens this test's database, in the way another process would. */
  protected abstract Catalog open(int checkpointEvery) throws Exception;

  @BeforeEach
  void openTwice() throws Exception {
    catalog = open(1_000);
    other = open(1_000);
  }

  @AfterEach
  void close() {
    catalog.close();
    other.close();
  }

  private SourceCursor cursor(TableDef table) {
    return catalog.snapshot().cursor(table.log().firstOrdinal()).orElseThrow();
  }

  private static void assertConflict(CommitOutcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Conflict.class, conflict -> assertThat(conflict.reason()).isEqualTo(reason));
  }

  @Test
  void anEmptyCatalogIsSnapshotZero() {
    Snapshot snapshot = catalog.snapshot();
    assertThat(snapshot.number()).isZero();
    assertThat(snapshot.time()).isEqualTo(Instant.EPOCH);
    assertThat(snapshot.tables()).isEmpty();
    assertThat(snapshot.extents(1)).isEmpty();
    assertThat(snapshot.cursor(0)).isEmpty();
    assertThat(snapshot.keys(0)).isEmpty();
    assertThat(catalog.commits(0, 10)).isEmpty();
    assertThat(catalog.archivedThrough()).isZero();
  }

  @Test
  void aCreatedTableIsSeenByBothWithCursorsAtTheStart() {
    TableDef table = create(catalog, "logs", 3);
    for (Catalog each : List.of(catalog, other)) {
      Snapshot snapshot = each.snapshot();
      assertThat(snapshot.number()).isEqualTo(1);
      assertThat(snapshot.table(table.id())).contains(table);
      assertThat(snapshot.table("default", "logs")).contains(table);
      assertThat(snapshot.table("default", "Logs")).isEmpty();
      for (int partition = 0; partition < 3; partition++) {
        int log = table.log().ordinal(partition);
        assertThat(snapshot.cursor(log)).contains(SourceCursor.start(log, table.log().topicId()));
      }
    }
  }

  @Test
  void aFlushMovesExtentAndCursorTogether() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    Commit commit = flush(table, grant, cursor(table), 100, "a");
    CommitRecord record = committed(catalog.commit(commit, PATIENCE));
    assertThat(record.number()).isEqualTo(2);
    assertThat(record.commit()).isEqualTo(commit);
    Snapshot snapshot = other.snapshot();
    assertThat(snapshot.extents(table.id())).isEqualTo(commit.add());
    assertThat(snapshot.cursor(table.log().firstOrdinal()))
        .contains(commit.cursors().getFirst().next());
    assertThat(snapshot.time()).isEqualTo(record.time());
  }

  @Test
  void anAppliedIdAnswersItsFirstOutcomeFromBoth() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    Commit commit = flush(table, grant, cursor(table), 100, "a");
    CommitRecord first = committed(catalog.commit(commit, PATIENCE));
    assertThat(committed(catalog.commit(commit, PATIENCE))).isEqualTo(first);
    catalog.closeGrant(grant);
    assertThat(committed(other.commit(commit, PATIENCE))).isEqualTo(first);
    assertThat(other.find(commit.id())).contains(first);
    assertThat(other.find(UUID.randomUUID())).isEmpty();
    assertThat(catalog.snapshot().number()).isEqualTo(2);
  }

  @Test
  void aRefusedCommitLeavesNoTraceAndMayBeTriedAgainUnderItsId() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    Commit early =
        compact(
            grant,
            List.of(extent(table, grant.keyPrefix() + "m", 0, 0, 9)),
            List.of(grant.keyPrefix() + "a"));
    assertConflict(catalog.commit(early, PATIENCE), Reason.EXTENT_GONE);
    assertThat(catalog.find(early.id())).isEmpty();
    assertThat(catalog.snapshot().extents(table.id())).isEmpty();
    committed(catalog.commit(flush(table, grant, cursor(table), 9, "a"), PATIENCE));
    committed(catalog.commit(early, PATIENCE));
    assertThat(other.snapshot().extents(table.id())).isEqualTo(early.add());
  }

  @Test
  void aMovedCursorConflicts() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    SourceCursor start = cursor(table);
    committed(catalog.commit(flush(table, grant, start, 100, "a"), PATIENCE));
    assertConflict(
        other.commit(flush(table, grant, start, 100, "b"), PATIENCE), Reason.CURSOR_MOVED);
    SourceCursor otherTopic = new SourceCursor(start.log(), "recreated", 100, 3, 0);
    assertConflict(
        other.commit(flush(table, grant, otherTopic, 200, "b"), PATIENCE), Reason.CURSOR_MOVED);
    SourceCursor otherEpoch = new SourceCursor(start.log(), start.topicId(), 100, 4, 0);
    assertConflict(
        other.commit(flush(table, grant, otherEpoch, 200, "b"), PATIENCE), Reason.CURSOR_MOVED);
    SourceCursor unknown = SourceCursor.start(999, "none");
    assertConflict(
        other.commit(flush(table, grant, unknown, 200, "b"), PATIENCE), Reason.CURSOR_MOVED);
    assertThat(other.snapshot().extents(table.id())).hasSize(1);
  }

  @Test
  void replacingIsRefusedWhenAnInputIsGoneOrTheOutputIsThere() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    String prefix = grant.keyPrefix();
    committed(catalog.commit(flush(table, grant, cursor(table), 10, "a"), PATIENCE));
    committed(catalog.commit(flush(table, grant, cursor(table), 20, "b"), PATIENCE));
    committed(catalog.commit(flush(table, grant, cursor(table), 30, "c"), PATIENCE));
    ExtentRef merged = extent(table, prefix + "m", 0, 0, 20);
    assertConflict(
        catalog.commit(compact(grant, List.of(merged), List.of(prefix + "x")), PATIENCE),
        Reason.EXTENT_GONE);
    assertConflict(
        catalog.commit(
            compact(grant, List.of(extent(table, prefix + "c", 0, 0, 9)), List.of(prefix + "a")),
            PATIENCE),
        Reason.EXTENT_EXISTS);
    committed(
        catalog.commit(
            compact(grant, List.of(merged), List.of(prefix + "a", prefix + "b")), PATIENCE));
    assertThat(other.snapshot().extents(table.id()))
        .extracting(ExtentRef::key)
        .containsExactly(prefix + "c", prefix + "m");
    ExtentRef again = extent(table, prefix + "m2", 0, 0, 20);
    assertConflict(
        other.commit(compact(grant, List.of(again), List.of(prefix + "a", prefix + "b")), PATIENCE),
        Reason.EXTENT_GONE);
  }

  @Test
  void namesAndIdsAndLogsAreTakenOnce() {
    TableDef table = create(catalog, "logs", 1);
    TableDef same = Catalogs.table(catalog, "logs", 1);
    assertConflict(other.commit(creating(same), PATIENCE), Reason.NAME_TAKEN);
    int log = catalog.allocateLogOrdinals(1);
    assertConflict(
        other.commit(creating(Catalogs.table(table.id(), "else", log, 1)), PATIENCE),
        Reason.NAME_TAKEN);
    assertConflict(
        other.commit(
            creating(
                Catalogs.table(catalog.allocateTableId(), "else", table.log().firstOrdinal(), 1)),
            PATIENCE),
        Reason.NAME_TAKEN);
    assertThat(other.snapshot().tables()).containsExactly(table);
  }

  private static Commit creating(TableDef table) {
    return Commit.ofTables(Kind.CREATE_TABLE, List.of(new TableChange.Create(table)));
  }

  @Test
  void aSchemaWidensOnceFromEachVersion() {
    TableDef table = create(catalog, "logs", 1);
    var wider = table.schema().plus(List.of(new Field(3, "level", LogicalType.INT32, true)));
    Commit widen =
        Commit.ofTables(Kind.WIDEN_SCHEMA, List.of(new TableChange.Widen(table.id(), 1, wider)));
    committed(catalog.commit(widen, PATIENCE));
    TableDef now = other.snapshot().table(table.id()).orElseThrow();
    assertThat(now).isEqualTo(table.withSchema(wider));
    assertThat(now.schemaVersion()).isEqualTo(2);
    Commit late =
        Commit.ofTables(Kind.WIDEN_SCHEMA, List.of(new TableChange.Widen(table.id(), 1, wider)));
    assertConflict(other.commit(late, PATIENCE), Reason.SCHEMA_CHANGED);
    Commit narrower =
        Commit.ofTables(
            Kind.WIDEN_SCHEMA, List.of(new TableChange.Widen(table.id(), 2, table.schema())));
    assertConflict(other.commit(narrower, PATIENCE), Reason.SCHEMA_CHANGED);
    Commit nowhere =
        Commit.ofTables(Kind.WIDEN_SCHEMA, List.of(new TableChange.Widen(99, 1, wider)));
    assertConflict(other.commit(nowhere, PATIENCE), Reason.TABLE_GONE);
  }

  @Test
  void extentsOfOlderSchemasAreTakenNewerOnesAreNot() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    var wider = table.schema().plus(List.of(new Field(3, "level", LogicalType.INT32, true)));
    TableDef next = table.withSchema(wider);
    assertConflict(
        catalog.commit(flush(next, grant, cursor(table), 10, "a"), PATIENCE),
        Reason.SCHEMA_CHANGED);
    committed(
        catalog.commit(
            Commit.ofTables(
                Kind.WIDEN_SCHEMA, List.of(new TableChange.Widen(table.id(), 1, wider))),
            PATIENCE));
    committed(catalog.commit(flush(table, grant, cursor(table), 10, "a"), PATIENCE));
    committed(catalog.commit(flush(next, grant, cursor(table), 20, "b"), PATIENCE));
  }

  @Test
  void aDroppedTableTakesItsExtentsAndCursorsAndFreesItsName() {
    TableDef table = create(catalog, "logs", 2);
    WriteGrant grant = catalog.openGrant("extents");
    SourceCursor start = cursor(table);
    committed(catalog.commit(flush(table, grant, start, 10, "a"), PATIENCE));
    Commit drop = Commit.ofTables(Kind.DROP_TABLE, List.of(new TableChange.Drop(table.id())));
    committed(catalog.commit(drop, PATIENCE));
    Snapshot snapshot = other.snapshot();
    assertThat(snapshot.tables()).isEmpty();
    assertThat(snapshot.table("default", "logs")).isEmpty();
    assertThat(snapshot.extents(table.id())).isEmpty();
    assertThat(snapshot.cursor(table.log().ordinal(0))).isEmpty();
    assertThat(snapshot.cursor(table.log().ordinal(1))).isEmpty();
    assertConflict(
        other.commit(
            Commit.ofTables(Kind.DROP_TABLE, List.of(new TableChange.Drop(table.id()))), PATIENCE),
        Reason.TABLE_GONE);
    assertConflict(
        other.commit(
            compact(grant, List.of(extent(table, grant.keyPrefix() + "z", 0, 0, 1)), List.of()),
            PATIENCE),
        Reason.TABLE_GONE);
    assertConflict(
        other.commit(flush(table, grant, moved(start, 10), 20, "b"), PATIENCE),
        Reason.CURSOR_MOVED);
    assertThat(create(other, "logs", 1).id()).isNotEqualTo(table.id());
  }

  @Test
  void oneCommitMayCreateSeveralTablesOrNone() {
    TableDef first = Catalogs.table(catalog, "first", 1);
    TableDef second = Catalogs.table(catalog, "second", 1);
    create(catalog, "second", 1);
    Commit both =
        Commit.ofTables(
            Kind.CREATE_TABLE,
            List.of(new TableChange.Create(first), new TableChange.Create(second)));
    assertConflict(catalog.commit(both, PATIENCE), Reason.NAME_TAKEN);
    assertThat(other.snapshot().table("default", "first")).isEmpty();
    committed(catalog.commit(creating(first), PATIENCE));
  }

  @Test
  void grantsAreNeverTheSameAndEndWhenClosedOrRevoked() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant closed = catalog.openGrant("extents");
    WriteGrant revoked = other.openGrant("extents");
    assertThat(closed.keyPrefix()).startsWith("extents/").endsWith("/");
    assertThat(closed.keyPrefix()).isNotEqualTo(revoked.keyPrefix());
    catalog.closeGrant(closed);
    catalog.closeGrant(closed);
    assertConflict(
        catalog.commit(flush(table, closed, cursor(table), 10, "a"), PATIENCE),
        Reason.GRANT_REVOKED);
    Instant later = catalog.now().plusSeconds(1);
    assertThat(other.revokeGrantsOpenedBefore(later)).contains(revoked);
    assertConflict(
        catalog.commit(flush(table, revoked, cursor(table), 10, "a"), PATIENCE),
        Reason.GRANT_REVOKED);
    WriteGrant invented = new WriteGrant(77, "extents/", Instant.EPOCH);
    assertConflict(
        catalog.commit(flush(table, invented, cursor(table), 10, "a"), PATIENCE),
        Reason.GRANT_REVOKED);
    WriteGrant open = catalog.openGrant("extents");
    assertThat(catalog.revokeGrantsOpenedBefore(Instant.EPOCH)).isEmpty();
    assertThat(catalog.revokeGrantsOpenedBefore(open.openedAt())).doesNotContain(open);
    committed(catalog.commit(flush(table, open, cursor(table), 10, "a"), PATIENCE));
    Set<String> prefixes = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      prefixes.add((i % 2 == 0 ? catalog : other).openGrant("extents").keyPrefix());
    }
    assertThat(prefixes).hasSize(40).doesNotContain(closed.keyPrefix(), revoked.keyPrefix());
    assertThatThrownBy(() -> catalog.openGrant("a/b")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mistakesOfTheCallerAreSaidAndChangeNothing() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    Commit elsewhere = compact(grant, List.of(extent(table, "other/a", 0, 0, 1)), List.of());
    assertThatThrownBy(() -> catalog.commit(elsewhere, PATIENCE))
        .isInstanceOf(IllegalArgumentException.class);
    SourceCursor start = cursor(table);
    CursorMove move = new CursorMove(start, moved(start, 1));
    Commit twice =
        new Commit(
            UUID.randomUUID(),
            Kind.FLUSH,
            null,
            List.of(),
            List.of(),
            List.of(move, move),
            List.of(),
            List.of());
    assertThatThrownBy(() -> catalog.commit(twice, PATIENCE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(catalog.snapshot().number()).isEqualTo(1);
  }

  @Test
  void idsAndOrdinalsAreHandedOutOnce() {
    Set<Long> ids = new HashSet<>();
    Set<Integer> ordinals = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      Catalog each = i % 2 == 0 ? catalog : other;
      ids.add(each.allocateTableId());
      int first = each.allocateLogOrdinals(3);
      ordinals.addAll(List.of(first, first + 1, first + 2));
    }
    assertThat(ids).hasSize(20);
    assertThat(ordinals).hasSize(60);
  }

  @Test
  void archivedThroughOnlyRises() {
    catalog.archivedThrough(5);
    other.archivedThrough(3);
    assertThat(other.archivedThrough()).isEqualTo(5);
    assertThat(catalog.archivedThrough()).isEqualTo(5);
  }

  @Test
  void commitsAreAnsweredInOrderWithTimesThatRise() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    for (int i = 1; i <= 30; i++) {
      committed(catalog.commit(flush(table, grant, cursor(table), i, "e" + i), PATIENCE));
    }
    List<CommitRecord> all = other.commits(0, 100);
    assertThat(all)
        .extracting(CommitRecord::number)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 31).boxed().toList());
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).time()).isAfterOrEqualTo(all.get(i - 1).time().plusNanos(1_000));
    }
    assertThat(other.commits(29, 1)).extracting(CommitRecord::number).containsExactly(30L);
    assertThat(other.commits(31, 5)).isEmpty();
  }

  @Test
  void ofManyWhoMoveOneCursorExactlyOneWinsEachTime() throws Exception {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    for (int round = 0; round < 10; round++) {
      SourceCursor at = cursor(table);
      int number = round;
      List<CommitOutcome> outcomes =
          together(
              16,
              i ->
                  (i % 2 == 0 ? catalog : other)
                      .commit(
                          flush(table, grant, at, at.nextOffset() + 1 + i, "r" + number + "-" + i),
                          PATIENCE));
      assertThat(outcomes).filteredOn(Committed.class::isInstance).hasSize(1);
      assertThat(outcomes)
          .filteredOn(Conflict.class::isInstance)
          .hasSize(15)
          .allSatisfy(outcome -> assertConflict(outcome, Reason.CURSOR_MOVED));
    }
    assertThat(catalog.snapshot().extents(table.id())).hasSize(10);
  }

  @Test
  void sixteenCommittersGetDenseNumbersAndLoseNothing() throws Exception {
    int committers = 16;
    int each = 25;
    List<TableDef> tables = new ArrayList<>();
    for (int i = 0; i < committers; i++) {
      tables.add(create(catalog, "t" + i, 1));
    }
    List<List<Long>> numbers =
        together(
            committers,
            i -> {
              Catalog mine = i % 2 == 0 ? catalog : other;
              TableDef table = tables.get(i);
              WriteGrant grant = mine.openGrant("extents");
              SourceCursor at =
                  SourceCursor.start(table.log().firstOrdinal(), table.log().topicId());
              List<Long> taken = new ArrayList<>();
              for (int n = 1; n <= each; n++) {
                taken.add(
                    committed(mine.commit(flush(table, grant, at, n, "e" + n), PATIENCE)).number());
                at = moved(at, n);
                assertThat(mine.snapshot().cursor(at.log())).contains(at);
              }
              return taken;
            });
    List<Long> all = numbers.stream().flatMap(List::stream).sorted().toList();
    assertThat(all)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(committers + 1, committers + committers * each)
                .boxed()
                .toList());
    numbers.forEach(taken -> assertThat(taken).isSorted());
    for (Catalog catalog : List.of(catalog, other)) {
      for (TableDef table : tables) {
        assertThat(catalog.snapshot().extents(table.id())).hasSize(each);
      }
    }
  }

  @Test
  void theSameCommitSubmittedByManyIsAppliedOnce() throws Exception {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    Commit commit = flush(table, grant, cursor(table), 5, "a");
    List<CommitOutcome> outcomes =
        together(12, i -> (i % 2 == 0 ? catalog : other).commit(commit, PATIENCE));
    assertThat(outcomes.stream().map(Catalogs::committed).map(CommitRecord::number).distinct())
        .containsExactly(2L);
    assertThat(catalog.snapshot().number()).isEqualTo(2);
  }

  @Test
  void ofManyWhoCreateOneNameExactlyOneWins() throws Exception {
    List<CommitOutcome> outcomes =
        together(
            12,
            i -> {
              Catalog mine = i % 2 == 0 ? catalog : other;
              return mine.commit(creating(Catalogs.table(mine, "same", 1)), PATIENCE);
            });
    assertThat(outcomes).filteredOn(Committed.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(Conflict.class::isInstance)
        .hasSize(11)
        .allSatisfy(outcome -> assertConflict(outcome, Reason.NAME_TAKEN));
  }

  @Test
  void anAgedSnapshotIsNotAskedForAgainBeforeItsTime() {
    Snapshot before = catalog.snapshot();
    create(other, "logs", 1);
    assertThat(catalog.snapshot(Duration.ofDays(1))).isSameAs(before);
    assertThat(catalog.snapshot(Duration.ZERO).number()).isEqualTo(1);
    assertThat(catalog.snapshot(Duration.ofSeconds(Long.MAX_VALUE)).number()).isEqualTo(1);
  }

  @Test
  void openingAgainFindsEverythingWithAndWithoutCheckpoints() throws Exception {
    try (Catalog writer = open(7)) {
      TableDef table = create(writer, "logs", 1);
      WriteGrant grant = writer.openGrant("extents");
      SourceCursor at = cursor(table);
      for (int i = 1; i <= 40; i++) {
        committed(writer.commit(flush(table, grant, at, i, "e" + i), PATIENCE));
        at = moved(at, i);
        if (i % 10 == 0) {
          String key = grant.keyPrefix() + "e" + (i - 1);
          committed(writer.commit(compact(null, List.of(), List.of(key)), PATIENCE));
        }
        writer.snapshot();
      }
    }
    try (Catalog reader = open(7)) {
      Snapshot opened = reader.snapshot();
      Snapshot lived = catalog.snapshot();
      assertThat(opened.number()).isEqualTo(lived.number()).isEqualTo(45);
      assertThat(opened.time()).isEqualTo(lived.time());
      TableDef table = opened.table("default", "logs").orElseThrow();
      assertThat(opened.extents(table.id())).isEqualTo(lived.extents(table.id())).hasSize(36);
      assertThat(opened.cursor(0)).isEqualTo(lived.cursor(0));
    }
  }

  @Test
  void theDatabasesClockGoesOn() {
    Instant now = catalog.now();
    assertThat(Duration.between(now, other.now()).abs()).isLessThan(Duration.ofSeconds(5));
    CommitRecord record =
        committed(catalog.commit(creating(Catalogs.table(catalog, "t", 1)), PATIENCE));
    assertThat(record.time()).isAfterOrEqualTo(now);
  }

  private interface Numbered<T> {
    T run(int i) throws Exception;
  }

  private static <T> List<T> together(int threads, Numbered<T> work) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(threads);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        tasks.add(
            () -> {
              barrier.await();
              return work.run(number);
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : executor.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    }
  }
}
