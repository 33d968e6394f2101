package dev.kyma.compactor.core.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.compactor.core.compact.StorageBench.Row;
import dev.kyma.compactor.core.gc.GarbageCollector;
import dev.kyma.compactor.core.gc.GcFigures;
import dev.kyma.compactor.core.gc.OrphanSweep;
import dev.kyma.compactor.core.retention.Retention;
import dev.kyma.format.RowOrder;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.format.tlm.TlmFormat;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves the store and the tables, and above all what does not. */
class CleanupTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

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
  void whatACompactionReplacedIsRemovedOnceItIsOldEnough() {
    TableDef table = bench.createTable("t", false, Map.of());
    bench.flush(table, 0, CompactionTest.rows(1, 2));
    bench.flush(table, 0, CompactionTest.rows(3));
    bench.compact(table, StorageBench.limits(2, 100));
    assertThat(objects()).hasSize(3);
    assertThat(collect(Duration.ofHours(1))).isEqualTo(GcFigures.NONE);
    assertThat(objects()).hasSize(3);
    assertThat(collect(Duration.ZERO).garbage()).isEqualTo(2);
    assertThat(objects()).containsExactly(bench.extents(table).getFirst().key());
    assertThat(collect(Duration.ZERO)).isEqualTo(GcFigures.NONE);
  }

  @Test
  void aPinnedSnapshotKeepsItsExtents() {
    TableDef table = bench.createTable("t", false, Map.of());
    bench.flush(table, 0, CompactionTest.rows(1, 2));
    bench.flush(table, 0, CompactionTest.rows(3));
    List<Row> before = bench.visible(table);
    Snapshot pinned = bench.catalog.snapshot();
    bench.catalog.pin("backup", pinned.number());
    bench.compact(table, StorageBench.limits(2, 100));
    assertThat(collect(Duration.ZERO).garbage()).isZero();
    // The sweep finds them under grants that ended, named by nothing but the pin.
    assertThat(sweep(Duration.ZERO).orphans()).isZero();
    assertThat(
            bench.catalog.at(pinned.number()).extents(table.id()).stream()
                .flatMap(extent -> bench.rows(table, extent).stream()))
        .containsExactlyInAnyOrderElementsOf(before);
    bench.catalog.unpin("backup");
    assertThat(collect(Duration.ZERO).garbage()).isEqualTo(2);
  }

  @Test
  void extentsOfADroppedTableAreRemoved() {
    TableDef table = bench.createTable("t", false, Map.of());
    bench.flush(table, 0, CompactionTest.rows(1, 2));
    bench.commit(
        Commit.ofTables(Commit.Kind.DROP_TABLE, List.of(new TableChange.Drop(table.id()))));
    assertThat(collect(Duration.ZERO).garbage()).isEqualTo(1);
    assertThat(objects()).isEmpty();
  }

  @Test
  void objectsTheStoreRefusesToRemoveAreTriedAgain() {
    TableDef table = bench.createTable("t", false, Map.of());
    for (int i = 0; i < 3; i++) {
      bench.flush(table, 0, CompactionTest.rows(i));
    }
    String stubborn = bench.extents(table).get(1).key();
    bench.compact(table, StorageBench.limits(2, 100));
    AtomicReference<String> refused = new AtomicReference<>(stubborn);
    GarbageCollector collector =
        new GarbageCollector(bench.catalog, refusing(refused), Duration.ZERO);
    assertThat(collector.run().plus(collector.run()).garbage()).isEqualTo(2);
    assertThat(objects()).contains(stubborn).hasSize(2);
    refused.set("");
    assertThat(collector.run().garbage()).isEqualTo(1);
    assertThat(objects()).hasSize(1);
  }

  @Test
  void theSweepRemovesWhatNoCommitNamesAndNothingUnderOpenGrants() {
    TableDef table = bench.createTable("t", false, Map.of());
    ExtentRef live = bench.flush(table, 0, CompactionTest.rows(1));
    WriteGrant grant = bench.catalog.openGrant("extents");
    String orphan = grant.keyPrefix() + "left";
    bench.store.create(orphan, List.of(ByteBuffer.wrap(new byte[] {1})));
    assertThat(sweep(Duration.ofHours(1)).orphans()).isZero();
    assertThat(objects()).contains(orphan);
    assertThat(sweep(Duration.ZERO).orphans()).isEqualTo(1);
    assertThat(objects()).containsExactly(live.key());
  }

  @Test
  void aCommitUnderARevokedGrantIsRefusedSoNothingLiveIsEverSwept() {
    TableDef table = bench.createTable("t", false, Map.of());
    bench.flush(table, 0, CompactionTest.rows(1));
    bench.flush(table, 0, CompactionTest.rows(2));
    List<Row> before = bench.visible(table);
    Compaction slow =
        new Compaction(
            bench.ports(),
            StorageBench.limits(2, 100),
            bench.everything(table, RowOrder.TABLE),
            (step, done, total) -> {
              if (step.equals("commit")) {
                assertThat(sweep(Duration.ZERO).orphans()).isEqualTo(1);
              }
              return Progress.Wanted.GO_ON;
            });
    assertThat(slow.attempt())
        .isInstanceOfSatisfying(
            CompactionResult.Discarded.class, d -> assertThat(d.code()).isEqualTo("grant_revoked"));
    assertThat(bench.visible(table)).containsExactlyInAnyOrderElementsOf(before);
    assertThat(bench.compact(table, StorageBench.limits(2, 100)))
        .isInstanceOf(CompactionResult.Committed.class);
  }

  @Test
  void rowsOfATableWithoutKeyLeaveByTheirEventTime() {
    TableDef table = bench.createTable("t", false, Map.of());
    long now = nowNanos();
    bench.flush(table, 0, List.of(at(1, now - 3 * HOUR), at(2, now - 5 * HOUR)));
    bench.flush(table, 0, List.of(at(3, now - 3 * HOUR), at(4, now - HOUR)));
    assertThat(retention().run()).isZero();
    alter(table, Map.of("retention", "PT2H"));
    assertThat(retention().run()).isEqualTo(1);
    assertThat(bench.visible(table)).extracting(Row::id).containsExactly(3L, 4L);
    // The extent that is partly too old loses those rows when it is written anew.
    assertThat(bench.compact(bench.table(table), StorageBench.limits(2, 100)))
        .isInstanceOfSatisfying(
            CompactionResult.Committed.class,
            done -> {
              assertThat(done.figures().dropped()).isEqualTo(1);
              assertThat(done.record().commit().kind()).isEqualTo(Commit.Kind.RETENTION);
            });
    assertThat(bench.visible(table)).extracting(Row::id).containsExactly(4L);
    alter(table, Map.of("retention", "PT1M"));
    assertThat(retention().run()).isEqualTo(1);
    assertThat(bench.visible(table)).isEmpty();
  }

  @Test
  void noCurrentRowOfAKeyedTableEverLeaves() {
    TableDef table =
        bench.createTable("k", true, Map.of("retention", "PT0S", "history_retention", "PT0S"));
    bench.flush(table, 0, CompactionTest.versions("c", 1, 2));
    assertThat(retention().run()).isZero();
    bench.compact(table, StorageBench.limits(2, 100));
    assertThat(retention().run()).isZero();
    assertThat(bench.visible(table)).hasSize(2);
  }

  @Test
  void historyLeavesWhenItIsOldAndTombstonesAfterOlderVersions() {
    TableDef table = bench.createTable("k", true, Map.of("history_retention", "forever"));
    ExtentRef older = bench.flush(table, 0, CompactionTest.versions("c", 1, 2));
    bench.flush(table, 0, CompactionTest.versions("d", 1));
    KeyedRule.maskReplaced(bench, table);
    // Only the tombstone gets into history at first; the version it deleted waits where it is.
    CompactionTask task =
        new CompactionTask(
            table.id(),
            RowOrder.TABLE,
            CompactionTask.Reason.ASKED,
            bench.extents(table).stream().filter(e -> !e.key().equals(older.key())).toList());
    assertThat(
            new Compaction(bench.ports(), StorageBench.limits(2, 100), task, Progress.NONE)
                .attempt())
        .isInstanceOf(CompactionResult.Committed.class);
    assertThat(history(table)).hasSize(1);

    alter(table, Map.of("history_retention", "PT0.001S"));
    pause();
    assertThat(retention().run()).as("an older version of the key is still there").isZero();
    assertThat(bench.compact(bench.table(table), StorageBench.limits(2, 100)))
        .isInstanceOf(CompactionResult.Committed.class);
    assertThat(history(table)).hasSize(2);
    pause();
    assertThat(retention().run()).as("both leave together").isEqualTo(2);
    assertThat(history(table)).isEmpty();
    assertThat(bench.visible(table)).extracting(Row::id).containsExactly(2L);
  }

  @Test
  void withoutHistoryReplacedVersionsVanishWhenTheyAreMerged() {
    TableDef table = bench.createTable("k", true, Map.of("history_retention", "PT0S"));
    bench.flush(table, 0, CompactionTest.versions("c", 1, 2, 3));
    bench.flush(table, 0, CompactionTest.versions("u", 1, 2));
    KeyedRule.maskReplaced(bench, table);
    assertThat(bench.compact(table, StorageBench.limits(2, 100)))
        .isInstanceOfSatisfying(
            CompactionResult.Committed.class,
            done -> assertThat(done.figures().dropped()).isEqualTo(2));
    assertThat(history(table)).isEmpty();
    assertThat(bench.history(table)).hasSize(3);
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<ExtentRef> history(TableDef table) {
    return bench.extents(table).stream()
        .filter(extent -> extent.summary().order() == RowOrder.HISTORY)
        .toList();
  }

  private void alter(TableDef table, Map<String, String> options) {
    TableDef present = bench.table(table);
    Map<String, String> all = new HashMap<>(present.options());
    all.putAll(options);
    CommitOutcome outcome =
        bench.catalog.commit(
            Commit.ofTables(
                Commit.Kind.ALTER_TABLE,
                List.of(
                    new TableChange.Alter(
                        table.id(),
                        present.schemaVersion(),
                        present.flushPolicy(),
                        present.sortColumns(),
                        all))),
            PATIENCE);
    assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
  }

  private Retention retention() {
    return new Retention(bench.catalog, bench.store, new TlmFormat(0), PATIENCE);
  }

  private static Row at(long id, long time) {
    return new Row(id, time, "note", null, 0, 0);
  }

  private static long nowNanos() {
    return Instant.now().getEpochSecond() * 1_000_000_000L;
  }

  private GcFigures collect(Duration minAge) {
    GarbageCollector collector = new GarbageCollector(bench.catalog, bench.store, minAge);
    // First it is condemned, a while later handed out.
    return collector.run().plus(collector.run());
  }

  private GcFigures sweep(Duration grantAge) {
    return new OrphanSweep(bench.catalog, bench.store, grantAge, Duration.ofHours(24)).run();
  }

  private List<String> objects() {
    return bench.store.list("extents/", null, 100).stream().map(ObjectStore.Stat::key).toList();
  }

  /** A store that does not remove one object. */
  private ObjectStore refusing(AtomicReference<String> refused) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, args) -> {
              if (method.getName().equals("delete")
                  && Set.copyOf((List<?>) args[0]).contains(refused.get())) {
                throw new ObjectStoreException.Unavailable(
                    refused.get(), new IllegalStateException("it is " + UUID.randomUUID()));
              }
              try {
                return method.invoke(bench.store, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
