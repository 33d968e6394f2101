package dev.kyma.catalog.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Catalogs;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.Commit.Kind;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.format.DeletionVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MaskedRowsTest {
  @Test
  void itHoldsWhatAPlainSetHoldsAndNoEarlierCopyChanges() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      int spread = 1 << 8 + random.nextInt(13);
      MaskedRows masked = MaskedRows.NONE;
      TreeSet<Integer> model = new TreeSet<>();
      List<MaskedRows> kept = new ArrayList<>();
      List<int[]> models = new ArrayList<>();
      for (int step = 0; step < 60; step++) {
        int[] rows = random.ints(1 + random.nextInt(500), 0, spread).toArray();
        masked = masked.plus(DeletionVector.of(rows));
        for (int row : rows) {
          model.add(row);
        }
        assertThat(masked.cardinality()).as("seed %d", seed).isEqualTo(model.size());
        if (random.nextInt(10) == 0) {
          kept.add(masked);
          models.add(model.stream().mapToInt(row -> row).toArray());
        }
      }
      for (int i = 0; i < kept.size(); i++) {
        assertThat(kept.get(i).vector().rows()).as("seed %d", seed).isEqualTo(models.get(i));
        assertThat(kept.get(i).vector()).isSameAs(kept.get(i).vector());
      }
    }
  }

  @Test
  void aStepCostsWhatItAddsAndNotWhatIsThere() {
    TableDef table = Catalogs.table(1, "t", 1, 1);
    FoldedSnapshot snapshot =
        FoldedSnapshot.EMPTY.plus(
            record(1, Commit.ofTables(Kind.CREATE_TABLE, List.of(new TableChange.Create(table)))));
    List<ExtentRef> extents = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      extents.add(Catalogs.extent(table, "e" + i, 1, 0, 1 << 20));
    }
    WriteGrant grant = new WriteGrant(1, "", Instant.EPOCH);
    snapshot = snapshot.plus(record(2, Catalogs.replace(grant, extents, List.of())));
    // Every second row of every extent: the densest vectors there are, 128 KiB each.
    int[] half = new int[1 << 19];
    for (int i = 0; i < half.length; i++) {
      half[i] = 2 * i;
    }
    DeletionVector dense = DeletionVector.of(half);
    snapshot =
        snapshot.plus(
            record(
                3, Commit.ofMasks(extents.stream().map(e -> new Mask(e.key(), dense)).toList())));
    long best = Long.MAX_VALUE;
    Random random = new Random(1);
    int steps = 200;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < steps; i++) {
        int row = 2 * random.nextInt(1 << 19) + 1;
        Mask mask = new Mask("e" + i, DeletionVector.of(row));
        snapshot = snapshot.plus(record(snapshot.number() + 1, Commit.ofMasks(List.of(mask))));
      }
      best = Math.min(best, (System.nanoTime() - start) / steps);
    }
    System.out.printf(
        "fold of a one-row mask over %d deleted rows: %.1f us%n", 1 << 19, best / 1e3);
    assertThat(snapshot.deleted("e0").cardinality()).isGreaterThan(1 << 19);
    // Going through half a million rows takes milliseconds.
    assertThat(best).isLessThan(100_000);
  }

  private static CommitRecord record(long number, Commit commit) {
    return new CommitRecord(number, Instant.ofEpochSecond(number), commit);
  }
}
