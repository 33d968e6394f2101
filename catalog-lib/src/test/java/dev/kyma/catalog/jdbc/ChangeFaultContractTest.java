package dev.kyma.catalog.jdbc;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static dev.kyma.catalog.Catalogs.create;
import static dev.kyma.catalog.Catalogs.extent;
import static dev.kyma.catalog.Catalogs.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Catalogs;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.Commit.CursorMove;
import dev.kyma.catalog.Commit.Kind;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.CommitOutcome.Conflict;
import dev.kyma.catalog.CommitOutcome.Reason;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Garbage;
import dev.kyma.catalog.Job;
import dev.kyma.catalog.Jobs;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.commit.FoldedSnapshot;
import dev.kyma.catalog.jdbc.FaultyDataSource.Fault;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.index.ExtentFilter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The connection breaks at every single call that a change makes, for every kind of commit and for
 * what stands beside commits: the change happens once, and the database goes on to say the same as
 * its commits.
 */
abstract class ChangeFaultContractTest {
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private JdbcCatalogConfig config;
  private FaultyDataSource source;
  private JdbcCatalog catalog;
  private JdbcCatalog observer;
  private TableDef table;
  private WriteGrant grant;
  private int names;

  /** A new, empty database. */
  abstract JdbcCatalogConfig newDatabase() throws Exception;

  @BeforeEach
  void open() throws Exception {
    config = newDatabase();
    Dialect dialect = JdbcCatalog.dialect(config.url());
    source = new FaultyDataSource(dialect.connect(config), scheduler);
    catalog = JdbcCatalog.open(source, dialect, config);
    observer = JdbcCatalog.open(config);
    table = create(observer, "logs", 1);
    grant = observer.openGrant("extents");
  }

  @AfterEach
  void close() throws Exception {
    catalog.close();
    observer.close();
    scheduler.shutdownNow();
    DatabaseAudit.check(config);
  }

  /** The next commit of a kind, which must be applicable. */
  private Commit next(Kind kind) {
    Snapshot snapshot = observer.snapshot();
    List<ExtentRef> live = snapshot.extents(table.id());
    TableDef now = snapshot.table(table.id()).orElseThrow();
    return switch (kind) {
      case FLUSH -> {
        SourceCursor at = snapshot.cursor(now.log().firstOrdinal()).orElseThrow();
        long to = at.nextOffset() + 10;
        ExtentRef added = extent(now, name(), at.log(), at.nextOffset(), to);
        yield commit(
            kind,
            List.of(added),
            List.of(),
            live.isEmpty()
                ? List.of(new Mask(added.key(), DeletionVector.of(1)))
                : List.of(
                    new Mask(live.getFirst().key(), DeletionVector.of(names % 10)),
                    new Mask(added.key(), DeletionVector.of(0, 9))),
            List.of(new CursorMove(at, moved(at, to))),
            List.of());
      }
      case COMPACT -> {
        ExtentRef output = extent(now, name(), 0, 0, 10);
        yield commit(
            kind,
            List.of(output),
            removals(snapshot, live),
            List.of(new Mask(output.key(), DeletionVector.of(names % 10))),
            List.of(),
            List.of());
      }
      case RETENTION ->
          commit(kind, List.of(), removals(snapshot, live), List.of(), List.of(), List.of());
      case MASK -> Catalogs.mask(live.getFirst().key(), names++ % 10, 3);
      case CREATE_TABLE -> {
        TableDef made = Catalogs.table(observer, "t" + names++, 2);
        yield Commit.ofTables(kind, List.of(new TableChange.Create(made)));
      }
      case SWITCH_LOG -> {
        LogBinding log =
            new LogBinding("kyma.t.1", "again" + names++, 2, observer.allocateLogOrdinals(2));
        yield Commit.ofTables(
            kind,
            List.of(
                new TableChange.SwitchLog(table.id(), now.schemaVersion(), log, List.of(5L, 7L))));
      }
      case WIDEN_SCHEMA ->
          Commit.ofTables(
              kind, List.of(new TableChange.Widen(table.id(), now.schemaVersion(), now.schema())));
      case ALTER_TABLE ->
          Commit.ofTables(
              kind,
              List.of(
                  new TableChange.Alter(
                      table.id(),
                      now.schemaVersion(),
                      now.flushPolicy(),
                      List.of(),
                      Map.of("retention", "PT" + ++names + "H"))));
      case DROP_TABLE -> {
        TableDef made = create(observer, "d" + names++, 1);
        ExtentRef only = extent(made, name(), made.log().firstOrdinal(), 0, 5);
        committed(
            observer.commit(
                commit(Kind.FLUSH, List.of(only), List.of(), List.of(), List.of(), List.of()),
                PATIENCE));
        yield Commit.ofTables(kind, List.of(new TableChange.Drop(made.id())));
      }
    };
  }

  private String name() {
    return grant.keyPrefix() + "e" + names++;
  }

  private static List<Removal> removals(Snapshot snapshot, List<ExtentRef> extents) {
    return extents.stream()
        .map(each -> new Removal(each.key(), snapshot.deleted(each.key()).cardinality()))
        .toList();
  }

  private Commit commit(
      Kind kind,
      List<ExtentRef> add,
      List<Removal> remove,
      List<Mask> masks,
      List<CursorMove> cursors,
      List<TableChange> tables) {
    return new Commit(
        UUID.randomUUID(),
        kind,
        add.isEmpty() ? null : grant,
        add,
        remove,
        masks,
        cursors,
        tables,
        List.of());
  }

  private static Map<String, List<ExtentFilter>> filters(Commit commit) {
    Map<String, List<ExtentFilter>> filters = new HashMap<>();
    for (ExtentRef extent : commit.add()) {
      filters.put(extent.key(), List.of(ExtentFilter.of(2, new long[] {1L << 40}, 0, 1, 16)));
    }
    return filters;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindIsAppliedOnceWhereverTheConnectionBreaks(Kind kind) {
    Set<String> filtered = new HashSet<>();
    for (Fault fault : Fault.values()) {
      int broken = 0;
      for (int n = 1; ; n++) {
        if (observer.snapshot().extents(table.id()).isEmpty()) {
          committed(observer.commit(next(Kind.FLUSH), PATIENCE));
        }
        Commit commit = next(kind);
        FoldedSnapshot before = (FoldedSnapshot) observer.snapshot();
        source.failAt(n, fault);
        CommitRecord record = committed(catalog.commit(commit, filters(commit), PATIENCE));
        filtered.addAll(filters(commit).keySet());
        assertThat(observer.find(commit.id())).contains(record);
        assertThat(record.number()).isEqualTo(before.number() + 1);
        FoldedSnapshot after = before.plus(record);
        for (ExtentRef extent : after.extents(table.id())) {
          assertThat(observer.snapshot().deleted(extent.key()))
              .isEqualTo(after.deleted(extent.key()));
        }
        if (source.failed().isEmpty()) {
          break;
        }
        broken++;
      }
      assertThat(broken).as("calls that broke by %s", fault).isGreaterThan(6);
    }
    source.failAt(0, Fault.BEFORE);
    assertThat(observer.excluded(table.id(), 2, ExtentFilter.hash(2L << 40))).containsAll(filtered);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aReplacementThatMissesADeletedRowIsRefusedWhereverTheConnectionBreaks(Fault fault) {
    for (int n = 1; ; n++) {
      committed(observer.commit(next(Kind.FLUSH), PATIENCE));
      Commit stale = next(Kind.COMPACT);
      String masked = stale.remove().getFirst().extent();
      int row = firstLiveRow(masked);
      committed(observer.commit(Catalogs.mask(masked, row), PATIENCE));
      source.failAt(n, fault);
      CommitOutcome outcome = catalog.commit(stale, filters(stale), PATIENCE);
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Conflict.class, c -> assertThat(c.reason()).isEqualTo(Reason.MASK_CHANGED));
      assertThat(observer.snapshot().deleted(masked).contains(row)).isTrue();
      committed(observer.commit(next(Kind.RETENTION), PATIENCE));
      if (source.failed().isEmpty()) {
        break;
      }
    }
  }

  private int firstLiveRow(String extent) {
    DeletionVector deleted = observer.snapshot().deleted(extent);
    int row = 0;
    while (deleted.contains(row)) {
      row++;
    }
    return row;
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"BEFORE", "AFTER"})
  void garbageAndPinsAreTheSameWhereverTheConnectionBreaks(Fault fault) {
    for (int n = 1; ; n++) {
      if (observer.snapshot().extents(table.id()).isEmpty()) {
        committed(observer.commit(next(Kind.FLUSH), PATIENCE));
      }
      long pinned = observer.snapshot().number();
      source.failAt(n, fault);
      catalog.pin("keep", pinned);
      committed(observer.commit(next(Kind.RETENTION), PATIENCE));
      assertThat(catalog.garbage(Duration.ZERO, 100)).isEmpty();
      assertThat(catalog.at(pinned).extents(table.id())).isNotEmpty();
      catalog.unpin("keep");
      List<Garbage> garbage = catalog.garbage(Duration.ZERO, 100);
      assertThat(garbage).isNotEmpty();
      List<String> keys = garbage.stream().map(Garbage::key).toList();
      assertThat(catalog.named(keys)).containsExactlyInAnyOrderElementsOf(keys);
      catalog.collected(keys);
      assertThat(observer.garbage(Duration.ZERO, 100)).isEmpty();
      assertThat(observer.named(keys)).isEmpty();
      if (source.failed().isEmpty()) {
        assertThat(n).isGreaterThan(20);
        break;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"BEFORE", "AFTER"})
  void aJobIsSubmittedTakenAndEndedOnceWhereverTheConnectionBreaks(Fault fault) {
    Jobs jobs = catalog.jobs();
    Duration lease = Duration.ofMinutes(5);
    Set<Long> ids = new HashSet<>();
    for (int n = 1; ; n++) {
      source.failAt(n, fault);
      long id = jobs.submit(Job.Kind.CHECK, 1, "n" + n);
      assertThat(ids.add(id)).isTrue();
      Job claimed = jobs.claim("me", EnumSet.allOf(Job.Kind.class), lease).orElseThrow();
      assertThat(claimed.id()).isEqualTo(id);
      assertThat(jobs.progress(id, "me", new Job.Progress("half", 1, 2), lease))
          .isEqualTo(Jobs.Standing.MINE);
      if (n % 2 == 0) {
        assertThat(jobs.finish(id, "me", "good")).isTrue();
      } else {
        assertThat(jobs.kill(id)).isTrue();
      }
      assertThat(jobs.claim("range", "me", lease)).isTrue();
      jobs.release("range", "me");
      assertThat(observer.jobs().claim("range", "you", lease)).isTrue();
      observer.jobs().release("range", "you");
      boolean whole = source.failed().isEmpty();
      source.failAt(0, fault);
      assertThat(jobs.find(id).orElseThrow().state())
          .isEqualTo(n % 2 == 0 ? Job.State.DONE : Job.State.KILLED);
      if (whole) {
        assertThat(n).isGreaterThan(20);
        break;
      }
    }
    assertThat(observer.jobs().list(1_000)).hasSameSizeAs(ids);
  }
}
