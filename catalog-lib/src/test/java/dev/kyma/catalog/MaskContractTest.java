package dev.kyma.catalog;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static dev.kyma.catalog.Catalogs.create;
import static dev.kyma.catalog.Catalogs.extent;
import static dev.kyma.catalog.Catalogs.mask;
import static dev.kyma.catalog.Catalogs.moved;
import static dev.kyma.catalog.Catalogs.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.Commit.CursorMove;
import dev.kyma.catalog.Commit.Kind;
import dev.kyma.catalog.CommitOutcome.Committed;
import dev.kyma.catalog.CommitOutcome.Conflict;
import dev.kyma.catalog.CommitOutcome.Reason;
import dev.kyma.format.DeletionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Deletion vectors: they grow by commits, and who replaces an extent must know of every row. */
public abstract class MaskContractTest extends CatalogContract {

  @Test
  void masksAddUpAndRowsDeletedAlreadyAreNoMistake() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    String a = flushed(table, grant, 100, "a");
    assertThat(other.snapshot().deleted(a).isEmpty()).isTrue();
    committed(catalog.commit(mask(a, 3, 5), PATIENCE));
    committed(other.commit(mask(a, 5, 99), PATIENCE));
    committed(catalog.commit(mask(a, 3), PATIENCE));
    for (Catalog each : List.of(catalog, other)) {
      assertThat(each.snapshot().deleted(a)).isEqualTo(DeletionVector.of(3, 5, 99));
      assertThat(each.snapshot().extent(a).orElseThrow().summary().rows()).isEqualTo(100);
    }
    assertThat(other.at(3).deleted(a)).isEqualTo(DeletionVector.of(3, 5));
  }

  @Test
  void aFlushMasksOlderRowsAndItsOwnInTheSameCommit() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    String a = flushed(table, grant, 10, "a");
    String b = grant.keyPrefix() + "b";
    SourceCursor at = cursor(table);
    Commit flush =
        new Commit(
            UUID.randomUUID(),
            Kind.FLUSH,
            grant,
            List.of(extent(table, b, at.log(), 10, 20)),
            List.of(),
            List.of(new Mask(a, DeletionVector.of(1, 2)), new Mask(b, DeletionVector.of(0, 9))),
            List.of(new CursorMove(at, moved(at, 20))),
            List.of(),
            List.of());
    CommitRecord record = committed(catalog.commit(flush, PATIENCE));
    Snapshot snapshot = other.snapshot();
    assertThat(snapshot.deleted(a)).isEqualTo(DeletionVector.of(1, 2));
    assertThat(snapshot.deleted(b)).isEqualTo(DeletionVector.of(0, 9));
    assertThat(other.find(flush.id())).contains(record);
    committed(catalog.commit(mask(b, 5), PATIENCE));
    assertThat(other.snapshot().deleted(b)).isEqualTo(DeletionVector.of(0, 5, 9));
  }

  @Test
  void anExtentIsReplacedOnlyByWhoKnowsAllItsDeletedRows() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    String a = flushed(table, grant, 10, "a");
    committed(catalog.commit(mask(a, 4), PATIENCE));
    ExtentRef merged = extent(table, grant.keyPrefix() + "m", 0, 0, 10);
    for (long known : new long[] {0, 2, 10}) {
      assertConflict(
          other.commit(replace(grant, List.of(merged), List.of(new Removal(a, known))), PATIENCE),
          Reason.MASK_CHANGED);
    }
    committed(other.commit(replace(grant, List.of(merged), List.of(new Removal(a, 1))), PATIENCE));
    assertThat(catalog.snapshot().deleted(a).isEmpty()).isTrue();
    assertThat(catalog.snapshot().deleted(merged.key()).isEmpty()).isTrue();
    assertThat(catalog.snapshot().extent(a)).isEmpty();
    assertConflict(catalog.commit(mask(a, 5), PATIENCE), Reason.EXTENT_GONE);
    committed(catalog.commit(mask(merged.key(), 5), PATIENCE));
  }

  @Test
  void whatIsNotLiveCannotBeMasked() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    assertConflict(catalog.commit(mask("extents/none", 1), PATIENCE), Reason.EXTENT_GONE);
    String a = flushed(table, grant, 10, "a");
    Commit removingWhatItMasks =
        new Commit(
            UUID.randomUUID(),
            Kind.COMPACT,
            null,
            List.of(),
            List.of(new Removal(a, 0)),
            List.of(new Mask(a, DeletionVector.of(1))),
            List.of(),
            List.of(),
            List.of());
    assertConflict(catalog.commit(removingWhatItMasks, PATIENCE), Reason.EXTENT_GONE);
    Mask mask = new Mask(a, DeletionVector.of(1));
    assertThatThrownBy(() -> catalog.commit(Commit.ofMasks(List.of(mask, mask)), PATIENCE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> mask(a)).isInstanceOf(IllegalArgumentException.class);
    committed(
        catalog.commit(
            Commit.ofTables(Kind.DROP_TABLE, List.of(new TableChange.Drop(table.id()))), PATIENCE));
    assertConflict(other.commit(mask(a, 1), PATIENCE), Reason.EXTENT_GONE);
  }

  @Test
  void anExtentThatLeftDoesNotComeBack() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    String a = flushed(table, grant, 10, "a");
    committed(other.commit(replace(null, List.of(), List.of(new Removal(a, 0))), PATIENCE));
    assertConflict(
        catalog.commit(replace(grant, List.of(extent(table, a, 0, 0, 10)), List.of()), PATIENCE),
        Reason.EXTENT_EXISTS);
  }

  @Test
  void openingAgainFindsDeletedRowsWithAndWithoutCheckpoints() throws Exception {
    String a;
    try (Catalog writer = open(3)) {
      TableDef table = create(writer, "logs", 1);
      WriteGrant grant = writer.openGrant("extents");
      a = flushed(table, grant, 5_000, "a");
      for (int i = 0; i < 20; i++) {
        committed(writer.commit(mask(a, i, 100 + i, 4_000 - i), PATIENCE));
        writer.snapshot();
      }
    }
    try (Catalog reader = open(3)) {
      assertThat(reader.snapshot().deleted(a)).isEqualTo(catalog.snapshot().deleted(a));
      assertThat(reader.snapshot().deleted(a).cardinality()).isEqualTo(60);
      committed(reader.commit(mask(a, 5, 4_999), PATIENCE));
      assertThat(catalog.snapshot().deleted(a).cardinality()).isEqualTo(61);
    }
  }

  @Test
  void ofManyMasksAndReplacementsNoRowIsLost() throws Exception {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    String a = flushed(table, grant, 10_000, "a");
    long seed = System.nanoTime();
    int workers = 8;
    // Whoever masks goes after the rows into the extent that took the place of the one they knew.
    List<TreeSet<Integer>> deleted =
        together(
            workers,
            i -> {
              Random random = new Random(seed + i);
              Catalog mine = i % 2 == 0 ? catalog : other;
              TreeSet<Integer> mask = new TreeSet<>();
              for (int round = 0; round < 20; round++) {
                if (i == 0) {
                  compactOnce(mine, table, grant, "m" + round);
                  continue;
                }
                int[] rows = random.ints(3, 0, 10_000).toArray();
                while (!(mine.commit(mask(live(mine, table), rows), PATIENCE)
                    instanceof Committed)) {
                  Thread.onSpinWait();
                }
                for (int row : rows) {
                  mask.add(row);
                }
              }
              return mask;
            });
    TreeSet<Integer> expected = new TreeSet<>();
    deleted.forEach(expected::addAll);
    Snapshot snapshot = catalog.snapshot();
    assertThat(snapshot.extents(table.id())).hasSize(1);
    assertThat(snapshot.deleted(live(catalog, table)))
        .as("seed %d", seed)
        .isEqualTo(DeletionVector.of(expected.stream().mapToInt(row -> row).toArray()));
    assertThat(snapshot.extent(a)).isEmpty();
  }

  private static String live(Catalog catalog, TableDef table) {
    return catalog.snapshot().extents(table.id()).getFirst().key();
  }

  /** Replaces the live extent by one of the same rows, those deleted being deleted there too. */
  private static void compactOnce(Catalog mine, TableDef table, WriteGrant grant, String name) {
    String output = grant.keyPrefix() + name;
    while (true) {
      Snapshot snapshot = mine.snapshot();
      ExtentRef input = snapshot.extents(table.id()).getFirst();
      DeletionVector known = snapshot.deleted(input.key());
      List<Mask> masks = new ArrayList<>();
      if (!known.isEmpty()) {
        masks.add(new Mask(output, known));
      }
      Commit commit =
          new Commit(
              UUID.randomUUID(),
              Kind.COMPACT,
              grant,
              List.of(extent(table, output, 0, 0, 10_000)),
              List.of(new Removal(input.key(), known.cardinality())),
              masks,
              List.of(),
              List.of(),
              List.of());
      switch (mine.commit(commit, PATIENCE)) {
        case Committed committed -> {
          return;
        }
        case Conflict conflict -> assertThat(conflict.reason()).isEqualTo(Reason.MASK_CHANGED);
        case CommitOutcome.Unknown unknown -> throw new AssertionError(unknown);
      }
    }
  }
}
