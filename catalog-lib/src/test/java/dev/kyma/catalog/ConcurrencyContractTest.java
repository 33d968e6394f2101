package dev.kyma.catalog;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static dev.kyma.catalog.Catalogs.create;
import static dev.kyma.catalog.Catalogs.flush;
import static dev.kyma.catalog.Catalogs.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.CommitOutcome.Committed;
import dev.kyma.catalog.CommitOutcome.Conflict;
import dev.kyma.catalog.CommitOutcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many at once, in two processes' places. */
public abstract class ConcurrencyContractTest extends CatalogContract {

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
}
