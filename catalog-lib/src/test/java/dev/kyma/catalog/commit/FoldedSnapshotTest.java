package dev.kyma.catalog.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Catalogs;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.Commit.CursorMove;
import dev.kyma.catalog.Commit.Kind;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.KeyWindow;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.visibility.KeyWindows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FoldedSnapshotTest {
  private static final WriteGrant GRANT = new WriteGrant(1, "", Instant.EPOCH);

  private static CommitRecord record(FoldedSnapshot before, Commit commit) {
    long number = before.number() + 1;
    return new CommitRecord(number, Instant.ofEpochSecond(number), commit);
  }

  private static Commit replace(List<ExtentRef> add, List<String> remove) {
    return Catalogs.compact(GRANT, add, remove);
  }

  private static FoldedSnapshot withTables(int tables) {
    FoldedSnapshot snapshot = FoldedSnapshot.EMPTY;
    for (int id = 1; id <= tables; id++) {
      TableDef table = Catalogs.table(id, "t" + id, id, 1);
      snapshot =
          snapshot.plus(
              record(
                  snapshot,
                  Commit.ofTables(Kind.CREATE_TABLE, List.of(new TableChange.Create(table)))));
    }
    return snapshot;
  }

  @Test
  void extentsStayInTheOrderTheyCameAndNoEarlierSnapshotChanges() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    FoldedSnapshot snapshot = withTables(2);
    TableDef[] tables = snapshot.tables().toArray(TableDef[]::new);
    Map<String, ExtentRef> model = new LinkedHashMap<>();
    List<FoldedSnapshot> kept = new ArrayList<>();
    List<List<ExtentRef>> models = new ArrayList<>();
    for (int step = 0; step < 3_000; step++) {
      List<ExtentRef> add = new ArrayList<>();
      List<String> remove = new ArrayList<>();
      if (random.nextInt(10) < 6 || model.size() < 20) {
        int adds = step < 40 ? 60 : 1 + random.nextInt(3);
        for (int i = 0; i < adds; i++) {
          add.add(Catalogs.extent(tables[random.nextInt(2)], "e" + step + "-" + i, 1, step, step));
        }
      }
      int removes = step % 500 == 499 ? model.size() - 5 : random.nextInt(4);
      List<String> live = new ArrayList<>(model.keySet());
      for (int i = 0; i < removes && !live.isEmpty(); i++) {
        remove.add(live.remove(random.nextInt(live.size())));
      }
      snapshot = snapshot.plus(record(snapshot, replace(add, remove)));
      remove.forEach(model::remove);
      add.forEach(extent -> model.put(extent.key(), extent));
      if (step % 100 == 0) {
        kept.add(snapshot);
        models.add(List.copyOf(model.values()));
      }
    }
    for (int i = 0; i < kept.size(); i++) {
      assertThat(kept.get(i).extentCount()).isEqualTo(models.get(i).size());
      for (TableDef table : tables) {
        assertThat(kept.get(i).extents(table.id()))
            .as("seed %d", seed)
            .isEqualTo(
                models.get(i).stream().filter(extent -> extent.table() == table.id()).toList());
      }
    }
  }

  @Test
  void aCheckpointIsTheSnapshotWhicheverWayItCameAbout() {
    FoldedSnapshot lived = withTables(5);
    TableDef[] tables = lived.tables().toArray(TableDef[]::new);
    for (int i = 0; i < 6_000; i++) {
      TableDef table = tables[i % 5];
      List<String> remove = i % 3 == 2 ? List.of("e" + (i - 1)) : List.of();
      List<ExtentRef> add =
          List.of(Catalogs.extent(table, "e" + i, table.log().firstOrdinal(), i, i));
      SourceCursor at = lived.cursor(table.log().firstOrdinal()).orElseThrow();
      Commit commit =
          new Commit(
              UUID.randomUUID(),
              Kind.FLUSH,
              GRANT,
              add,
              remove.stream().map(key -> new Removal(key, 0)).toList(),
              List.of(new CursorMove(at, Catalogs.moved(at, i))),
              List.of(),
              i % 10 == 0 ? List.of(keys(at.log(), i * 1_000L)) : List.of());
      lived = lived.plus(record(lived, commit));
    }
    lived =
        lived.plus(
            record(lived, Commit.ofTables(Kind.DROP_TABLE, List.of(new TableChange.Drop(3)))));
    List<byte[]> parts = CheckpointCodec.parts(lived);
    FoldedSnapshot read = CheckpointCodec.snapshot(parts);
    assertThat(read.number()).isEqualTo(lived.number());
    assertThat(read.time()).isEqualTo(lived.time());
    assertThat(read.tables()).isEqualTo(lived.tables()).hasSize(4);
    assertThat(read.cursors()).isEqualTo(lived.cursors()).hasSize(4);
    assertThat(read.extentCount()).isEqualTo(lived.extentCount());
    for (TableDef table : tables) {
      int log = table.log().firstOrdinal();
      assertThat(read.extents(table.id())).isEqualTo(lived.extents(table.id()));
      assertThat(read.keys(log)).usingRecursiveComparison().isEqualTo(lived.keys(log));
    }
    List<byte[]> again = CheckpointCodec.parts(read);
    assertThat(again).hasSameSizeAs(parts).hasSizeGreaterThan(0);
    for (int i = 0; i < parts.size(); i++) {
      assertThat(again.get(i)).isEqualTo(parts.get(i));
    }
    Commit next = replace(List.of(), List.of("e5999"));
    assertThat(read.plus(record(read, next)).extents(5))
        .isEqualTo(lived.plus(record(lived, next)).extents(5));
  }

  private static KeyWindow keys(int log, long millis) {
    return KeyWindows.of(log, millis, 1);
  }

  @Test
  void keyWindowsLeaveAnHourAfterTheirLastKeyByTheLogsClock() {
    FoldedSnapshot snapshot = withTables(1);
    long minute = 60_000;
    for (long at : new long[] {0, 30, 60, 61, 90, 91, 121, 400}) {
      Commit commit =
          new Commit(
              UUID.randomUUID(),
              Kind.FLUSH,
              null,
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of(keys(1, at * minute)));
      snapshot = snapshot.plus(record(snapshot, commit));
      long[] left =
          snapshot.keys(1).stream()
              .mapToLong(window -> window.until().toEpochMilli() / minute)
              .toArray();
      long[] expected =
          Arrays.stream(new long[] {0, 30, 60, 61, 90, 91, 121, 400})
              .filter(time -> time <= at && time >= at - 60)
              .toArray();
      assertThat(left).isEqualTo(expected);
    }
  }

  @Test
  void aDamagedTornOrIncompleteCheckpointIsRefused() {
    List<byte[]> parts = CheckpointCodec.parts(withTables(3));
    byte[] part = parts.getFirst();
    for (int i = 0; i < part.length; i++) {
      byte[] bad = part.clone();
      bad[i] ^= 1 << i % 8;
      assertThatThrownBy(() -> CheckpointCodec.snapshot(List.of(bad)))
          .isInstanceOf(CatalogException.Corrupt.class);
      byte[] torn = Arrays.copyOf(part, i);
      assertThatThrownBy(() -> CheckpointCodec.snapshot(List.of(torn)))
          .isInstanceOf(CatalogException.Corrupt.class);
    }
    assertThatThrownBy(() -> CheckpointCodec.snapshot(List.of()))
        .isInstanceOf(CatalogException.Corrupt.class);
    assertThatThrownBy(() -> CheckpointCodec.snapshot(List.of(part, part)))
        .isInstanceOf(CatalogException.Corrupt.class);
  }

  @Test
  void aLargeCheckpointIsCutIntoPartsAndMissesNone() {
    FoldedSnapshot snapshot = withTables(1);
    TableDef table = snapshot.tables().iterator().next();
    List<ExtentRef> many = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      many.add(Catalogs.extent(table, "extents/00000001/" + i, 1, i, i + 1));
    }
    snapshot = snapshot.plus(record(snapshot, replace(many, List.of())));
    List<byte[]> parts = CheckpointCodec.parts(snapshot);
    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(CheckpointCodec.snapshot(parts).extents(1)).isEqualTo(many);
    for (int i = 0; i < parts.size(); i++) {
      List<byte[]> fewer = new ArrayList<>(parts);
      fewer.remove(i);
      assertThatThrownBy(() -> CheckpointCodec.snapshot(fewer))
          .isInstanceOf(CatalogException.Corrupt.class);
    }
  }

  @Test
  void aCommitThatCannotFollowIsCorruption() {
    FoldedSnapshot snapshot = withTables(1);
    Commit removing = replace(List.of(), List.of("nothing"));
    assertThatThrownBy(() -> snapshot.plus(record(snapshot, removing)))
        .isInstanceOf(CatalogException.Corrupt.class);
    CommitRecord gap = new CommitRecord(9, Instant.EPOCH, replace(List.of(), List.of()));
    assertThatThrownBy(() -> snapshot.plus(gap)).isInstanceOf(CatalogException.Corrupt.class);
  }

  @Test
  void aCommitCostsLittleWithAHundredThousandExtents() {
    FoldedSnapshot snapshot = withTables(1);
    TableDef table = snapshot.tables().iterator().next();
    List<ExtentRef> many = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      many.add(Catalogs.extent(table, "e" + i, 1, i, i + 1));
    }
    snapshot = snapshot.plus(record(snapshot, replace(many, List.of())));
    long nanos = Long.MAX_VALUE;
    int step = 0;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < 1_000; i++, step++) {
        ExtentRef extent = Catalogs.extent(table, "n" + step, 1, step, step + 1);
        snapshot =
            snapshot.plus(record(snapshot, replace(List.of(extent), List.of("e" + step * 7))));
      }
      nanos = Math.min(nanos, (System.nanoTime() - start) / 1_000);
    }
    long start = System.nanoTime();
    int size = snapshot.extents(1).size();
    long listNanos = System.nanoTime() - start;
    System.out.printf(
        "fold of a commit over %d live extents: %.1f us, first list of them %.2f ms%n",
        size, nanos / 1e3, listNanos / 1e6);
    assertThat(size).isEqualTo(100_000);
    // Copying 100,000 references alone takes longer than this.
    assertThat(nanos).isLessThan(200_000);
  }
}
