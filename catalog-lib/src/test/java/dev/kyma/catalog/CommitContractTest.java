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
import dev.kyma.catalog.CommitOutcome.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a commit is to every catalog: applied wholly, once, or refused for a reason. */
public abstract class CommitContractTest extends CatalogContract {

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

  @Test
  void archivedThroughOnlyRises() {
    catalog.archivedThrough(5);
    other.archivedThrough(3);
    assertThat(other.archivedThrough()).isEqualTo(5);
    assertThat(catalog.archivedThrough()).isEqualTo(5);
  }
}
