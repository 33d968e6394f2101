package dev.kyma.catalog;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static dev.kyma.catalog.Catalogs.create;
import static dev.kyma.catalog.Catalogs.extent;
import static dev.kyma.catalog.Catalogs.mask;
import static dev.kyma.catalog.Catalogs.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.Commit.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Snapshots of the past, the pins that keep them and the garbage they leave. */
public abstract class PastContractTest extends CatalogContract {
  private static final Duration HOUR = Duration.ofHours(1);

  private static List<String> keys(List<Garbage> garbage) {
    return garbage.stream().map(Garbage::key).toList();
  }

  private String replaced(TableDef table, WriteGrant grant, String input, String name) {
    String output = grant.keyPrefix() + name;
    committed(
        catalog.commit(
            replace(
                grant,
                List.of(extent(table, output, 0, 0, 10)),
                List.of(new Removal(input, catalog.snapshot().deleted(input).cardinality()))),
            PATIENCE));
    return output;
  }

  @Test
  void everySnapshotIsAnsweredAsItWas() throws Exception {
    List<Snapshot> lived = new ArrayList<>();
    try (Catalog writer = open(4)) {
      lived.add(writer.snapshot());
      TableDef table = create(writer, "logs", 1);
      lived.add(writer.snapshot());
      WriteGrant grant = writer.openGrant("extents");
      String live = flushed(table, grant, 10, "a");
      lived.add(writer.snapshot());
      for (int i = 0; i < 30; i++) {
        if (i % 3 == 0) {
          live = replaced(table, grant, live, "m" + i);
        } else {
          committed(writer.commit(mask(live, i % 10), PATIENCE));
        }
        lived.add(writer.snapshot());
      }
    }
    for (Catalog each : List.of(catalog, open(4))) {
      try (each) {
        for (Snapshot snapshot : lived) {
          Snapshot past = each.at(snapshot.number());
          assertThat(past.number()).isEqualTo(snapshot.number());
          assertThat(past.time()).isEqualTo(snapshot.time());
          assertThat(past.tables()).isEqualTo(snapshot.tables());
          assertThat(past.extents(1)).isEqualTo(snapshot.extents(1));
          for (ExtentRef extent : past.extents(1)) {
            assertThat(past.deleted(extent.key())).isEqualTo(snapshot.deleted(extent.key()));
          }
          if (snapshot.number() > 0) {
            assertThat(each.at(snapshot.time()).number()).isEqualTo(snapshot.number());
            assertThat(each.at(snapshot.time().minusNanos(1_000)).number())
                .isEqualTo(snapshot.number() - 1);
          }
        }
        assertThat(each.at(Instant.EPOCH).number()).isZero();
      }
    }
  }

  @Test
  void whatIsYetToComeIsSaid() {
    create(other, "logs", 1);
    assertThat(catalog.at(1).number()).isEqualTo(1);
    assertThatThrownBy(() -> catalog.at(2))
        .isInstanceOfSatisfying(
            CatalogException.SnapshotAhead.class, e -> assertThat(e.newest()).isEqualTo(1));
    assertThatThrownBy(() -> catalog.at(-1)).isInstanceOf(IllegalArgumentException.class);
    Instant now = catalog.now();
    assertThat(catalog.at(now).number()).isEqualTo(1);
    assertThatThrownBy(() -> catalog.at(now.plusSeconds(60)))
        .isInstanceOf(CatalogException.SnapshotAhead.class);
    assertThatThrownBy(() -> catalog.pin("p", 2))
        .isInstanceOf(CatalogException.SnapshotAhead.class);
  }

  @Test
  void garbageIsWhatCommitsDereferencedLongEnoughAgo() {
    TableDef table = create(catalog, "logs", 1);
    TableDef dropped = create(catalog, "gone", 1);
    WriteGrant grant = catalog.openGrant("extents");
    String a = flushed(table, grant, 10, "a");
    String b = flushed(dropped, grant, 10, "b");
    String m = replaced(table, grant, a, "m");
    assertThat(other.garbage(HOUR, 10)).isEmpty();
    assertThat(other.at(4).extents(table.id())).hasSize(1);
    CommitRecord drop =
        committed(
            catalog.commit(
                Commit.ofTables(Kind.DROP_TABLE, List.of(new TableChange.Drop(dropped.id()))),
                PATIENCE));
    assertThat(other.named(List.of(a, b, m, "x"))).containsExactlyInAnyOrder(a, b, m);
    assertThat(other.garbage(Duration.ZERO, 1)).hasSize(1);
    List<Garbage> garbage = other.garbage(Duration.ZERO, 10);
    assertThat(keys(garbage)).containsExactly(a, b);
    assertThat(garbage.get(1)).isEqualTo(new Garbage(b, dropped.id(), drop.number(), drop.time()));
    // Nobody who comes now is promised what is about to be removed.
    assertThatThrownBy(() -> catalog.at(drop.number() - 1))
        .isInstanceOfSatisfying(
            CatalogException.SnapshotGone.class,
            e -> {
              assertThat(e.number()).isEqualTo(drop.number() - 1);
              assertThat(e.horizon()).isEqualTo(drop.number());
            });
    assertThat(catalog.at(drop.number()).extents(table.id())).hasSize(1);
    catalog.collected(List.of(a, m));
    assertThat(keys(other.garbage(Duration.ZERO, 10))).containsExactly(b);
    assertThat(other.named(List.of(a, b, m))).containsExactlyInAnyOrder(b, m);
    catalog.collected(List.of(b));
    catalog.collected(List.of(b));
    assertThat(other.garbage(Duration.ZERO, 10)).isEmpty();
  }

  @Test
  void aPinKeepsExactlyTheExtentsOfItsSnapshot() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    String a = flushed(table, grant, 10, "a");
    String b = replaced(table, grant, a, "b");
    long pinned = catalog.snapshot().number();
    catalog.pin("backup", pinned);
    String c = replaced(table, grant, b, "c");
    String d = replaced(table, grant, c, "d");
    assertThat(keys(other.garbage(Duration.ZERO, 10))).containsExactly(a, c);
    other.collected(List.of(a, c));
    assertThat(other.at(pinned).extents(table.id())).extracting(ExtentRef::key).containsExactly(b);
    for (long gone : new long[] {pinned - 1, pinned + 1}) {
      assertThatThrownBy(() -> other.at(gone)).isInstanceOf(CatalogException.SnapshotGone.class);
      assertThatThrownBy(() -> other.pin("late", gone))
          .isInstanceOf(CatalogException.SnapshotGone.class);
    }
    other.pin("second", pinned);
    other.pin("newest", catalog.snapshot().number());
    assertThat(catalog.pins())
        .containsExactly(
            new Pin("backup", pinned), new Pin("newest", pinned + 2), new Pin("second", pinned));
    catalog.unpin("backup");
    catalog.unpin("backup");
    assertThat(other.garbage(Duration.ZERO, 10)).isEmpty();
    assertThat(other.at(pinned).number()).isEqualTo(pinned);
    catalog.pin("second", pinned + 2);
    assertThat(keys(other.garbage(Duration.ZERO, 10))).containsExactly(b);
    assertThatThrownBy(() -> other.at(pinned)).isInstanceOf(CatalogException.SnapshotGone.class);
    assertThat(other.at(pinned + 2).extents(table.id()))
        .extracting(ExtentRef::key)
        .containsExactly(d);
  }

  @Test
  void condemnedGarbageWaitsAQuarterOfItsAge() throws Exception {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    String a = flushed(table, grant, 10, "a");
    replaced(table, grant, a, "b");
    long before = catalog.snapshot().number() - 1;
    Duration age = Duration.ofSeconds(2);
    assertThat(catalog.garbage(age, 10)).isEmpty();
    assertThat(catalog.at(before).extent(a)).isPresent();
    Instant end = catalog.now().plus(age);
    while (catalog.now().isBefore(end)) {
      Thread.sleep(50);
    }
    // Old enough now: it is condemned, but readers who have just come may still read it.
    assertThat(catalog.garbage(age, 10)).isEmpty();
    assertThatThrownBy(() -> catalog.at(before)).isInstanceOf(CatalogException.SnapshotGone.class);
    Instant later = catalog.now().plus(age.dividedBy(4)).plusMillis(50);
    while (catalog.now().isBefore(later)) {
      Thread.sleep(50);
    }
    assertThat(keys(catalog.garbage(age, 10))).containsExactly(a);
  }

  @Test
  void anExtentAddedAndReplacedAtOnceIsGarbageToo() throws Exception {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    // Submitted together these are likely to share a transaction, in which case the extent between
    // them is never a row of its own.
    for (int round = 0; round < 10; round++) {
      String name = "r" + round;
      Commit add =
          replace(grant, List.of(extent(table, grant.keyPrefix() + name, 0, 0, 1)), List.of());
      Commit remove = replace(null, List.of(), List.of(new Removal(grant.keyPrefix() + name, 0)));
      List<CommitOutcome> outcomes =
          together(2, i -> catalog.commit(i == 0 ? add : remove, PATIENCE));
      committed(outcomes.get(0));
      if (!(outcomes.get(1) instanceof CommitOutcome.Committed)) {
        committed(catalog.commit(remove, PATIENCE));
      }
    }
    assertThat(catalog.garbage(Duration.ZERO, 100)).hasSize(10);
    assertThat(catalog.snapshot().extents(table.id())).isEmpty();
  }

  @Test
  void grantsThatEndedAreAnsweredUntilForgotten() {
    WriteGrant open = catalog.openGrant("extents");
    WriteGrant closed = catalog.openGrant("extents");
    catalog.closeGrant(closed);
    assertThat(other.revokedGrants()).containsExactly(closed);
    other.forgetGrant(open);
    other.forgetGrant(closed);
    assertThat(catalog.revokedGrants()).isEmpty();
    catalog.revokeGrantsOpenedBefore(catalog.now().plusSeconds(1));
    assertThat(other.revokedGrants()).containsExactly(open);
    assertThat(catalog.openGrant("extents").keyPrefix())
        .isNotEqualTo(closed.keyPrefix())
        .isNotEqualTo(open.keyPrefix());
  }
}
