package dev.kyma.catalog.jdbc;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static dev.kyma.catalog.Catalogs.create;
import static dev.kyma.catalog.Catalogs.flush;
import static dev.kyma.catalog.Catalogs.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Catalogs;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.CommitOutcome.Committed;
import dev.kyma.catalog.CommitOutcome.Conflict;
import dev.kyma.catalog.CommitOutcome.Unknown;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.jdbc.FaultyDataSource.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection breaks at every single call a commit makes: its outcome must never lie. */
abstract class CommitFaultContractTest {
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private FaultyDataSource source;
  private JdbcCatalog catalog;
  private JdbcCatalog observer;

  /** A new, empty database. */
  abstract JdbcCatalogConfig newDatabase() throws Exception;

  @BeforeEach
  void open() throws Exception {
    JdbcCatalogConfig config = newDatabase();
    Dialect dialect = JdbcCatalog.dialect(config.url());
    source = new FaultyDataSource(dialect.connect(config), scheduler);
    catalog = JdbcCatalog.open(source, dialect, config);
    observer = JdbcCatalog.open(config);
  }

  @AfterEach
  void close() {
    catalog.close();
    observer.close();
    scheduler.shutdownNow();
  }

  private SourceCursor cursor(TableDef table) {
    return observer.snapshot().cursor(table.log().firstOrdinal()).orElseThrow();
  }

  private void assertAppliedOnce(TableDef table, Commit commit, CommitRecord answered) {
    assertThat(observer.find(commit.id())).contains(answered);
    assertThat(answered.commit()).isEqualTo(commit);
    assertThat(observer.snapshot().number()).isEqualTo(answered.number());
    assertThat(observer.snapshot().extents(table.id()))
        .filteredOn(extent -> commit.add().contains(extent))
        .hasSize(1);
    assertThat(cursor(table)).isEqualTo(commit.cursors().getFirst().next());
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aPatientCommitIsAppliedOnceWhereverTheConnectionBreaks(Fault fault) {
    TableDef table = create(observer, "logs", 1);
    WriteGrant grant = observer.openGrant("extents");
    List<String> broken = new ArrayList<>();
    for (int n = 1; ; n++) {
      SourceCursor at = cursor(table);
      Commit commit = flush(table, grant, at, at.nextOffset() + 1, "e" + n);
      source.failAt(n, fault);
      CommitRecord record = committed(catalog.commit(commit, PATIENCE));
      assertAppliedOnce(table, commit, record);
      if (source.failed().isEmpty()) {
        break;
      }
      broken.add(source.failed());
    }
    assertThat(broken).contains("getConnection", "executeBatch", "executeQuery", "commit");
    assertDense();
  }

  private void assertDense() {
    List<CommitRecord> all = observer.commits(0, 10_000);
    assertThat(all)
        .extracting(CommitRecord::number)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, all.size()).boxed().toList());
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void anImpatientCommitSaysUnknownAndIsFoundOutUnderItsId(Fault fault) {
    TableDef table = create(observer, "logs", 1);
    WriteGrant grant = observer.openGrant("extents");
    int unknown = 0;
    for (int n = 1; ; n++) {
      SourceCursor at = cursor(table);
      Commit commit = flush(table, grant, at, at.nextOffset() + 1, "e" + n);
      source.failAt(n, fault);
      CommitOutcome outcome = catalog.commit(commit, Duration.ZERO);
      if (source.failed().isEmpty()) {
        committed(outcome);
        break;
      }
      if (outcome instanceof Committed(CommitRecord record)) {
        assertAppliedOnce(table, commit, record);
      } else {
        assertThat(outcome).isInstanceOf(Unknown.class);
        unknown++;
        assertAppliedOnce(table, commit, committed(observer.commit(commit, PATIENCE)));
      }
    }
    assertThat(unknown).isPositive();
    assertDense();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void anAppliedCommitIsNeverCalledAConflictEvenWhenOthersWentOn(Fault fault) {
    TableDef table = create(observer, "logs", 1);
    WriteGrant grant = observer.openGrant("extents");
    for (int n = 1; ; n++) {
      SourceCursor at = cursor(table);
      Commit commit = flush(table, grant, at, at.nextOffset() + 1, "e" + n);
      source.failAt(n, fault);
      CommitOutcome outcome = catalog.commit(commit, Duration.ZERO);
      if (source.failed().isEmpty()) {
        break;
      }
      // Another flusher goes on from wherever the log is now.
      SourceCursor now = cursor(table);
      Commit rival = flush(table, grant, now, now.nextOffset() + 1, "r" + n);
      CommitOutcome rivals = observer.commit(rival, PATIENCE);
      boolean applied = observer.find(commit.id()).isPresent();
      CommitOutcome again = catalog.commit(commit, PATIENCE);
      if (applied) {
        assertThat(again).isInstanceOf(Committed.class);
        assertThat(committed(again)).isEqualTo(observer.find(commit.id()).orElseThrow());
      } else {
        assertThat(outcome).isInstanceOf(Unknown.class);
        assertThat(rivals).isInstanceOf(Committed.class);
        assertThat(again).isInstanceOf(Conflict.class);
        assertThat(observer.find(commit.id())).isEmpty();
      }
    }
    List<ExtentRef> extents = observer.snapshot().extents(table.id());
    assertThat(extents.stream().mapToLong(extent -> extent.summary().rows()).sum())
        .isEqualTo(cursor(table).nextOffset());
    assertDense();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aConflictLeavesNothingWhereverTheConnectionBreaks(Fault fault) {
    TableDef table = create(observer, "logs", 1);
    WriteGrant grant = observer.openGrant("extents");
    SourceCursor start = cursor(table);
    committed(observer.commit(flush(table, grant, start, 10, "a"), PATIENCE));
    for (int n = 1; ; n++) {
      Commit stale = flush(table, grant, start, 20, "e" + n);
      source.failAt(n, fault);
      assertThat(catalog.commit(stale, PATIENCE)).isInstanceOf(Conflict.class);
      assertThat(observer.find(stale.id())).isEmpty();
      if (source.failed().isEmpty()) {
        break;
      }
    }
    assertThat(observer.snapshot().number()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aGroupIsAppliedOnceEachWhereverTheConnectionBreaks(Fault fault) {
    List<TableDef> tables = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      tables.add(create(observer, "t" + i, 1));
    }
    WriteGrant grant = observer.openGrant("extents");
    ExecutorService committers = Executors.newFixedThreadPool(tables.size());
    for (int n = 1; n <= 24; n++) {
      source.failAt(n, fault);
      List<CompletableFuture<CommitOutcome>> outcomes = new ArrayList<>();
      List<Commit> commits = new ArrayList<>();
      for (TableDef table : tables) {
        SourceCursor at = cursor(table);
        // Of every second table the cursor assumed is wrong.
        SourceCursor assumed = table.id() % 2 == 0 ? at : moved(at, at.nextOffset() + 7);
        Commit commit =
            flush(table, grant, assumed, assumed.nextOffset() + 1, table.id() + "-" + n);
        commits.add(commit);
        outcomes.add(
            CompletableFuture.supplyAsync(() -> catalog.commit(commit, PATIENCE), committers));
      }
      for (int i = 0; i < tables.size(); i++) {
        CommitOutcome outcome = outcomes.get(i).join();
        if (tables.get(i).id() % 2 == 0) {
          assertThat(observer.find(commits.get(i).id())).contains(committed(outcome));
        } else {
          assertThat(outcome).isInstanceOf(Conflict.class);
          assertThat(observer.find(commits.get(i).id())).isEmpty();
        }
      }
    }
    committers.shutdown();
    assertDense();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"BEFORE", "AFTER"})
  void whatIsHandedOutIsHandedOutOnceWhereverTheConnectionBreaks(Fault fault) {
    Set<Long> ids = new HashSet<>();
    Set<Integer> logs = new HashSet<>();
    Set<String> prefixes = new HashSet<>();
    int rounds = 0;
    for (int n = 1; n <= 40; n++) {
      source.failAt(n, fault);
      assertThat(ids.add(catalog.allocateTableId())).isTrue();
      assertThat(logs.add(catalog.allocateLogOrdinals(1))).isTrue();
      WriteGrant grant = catalog.openGrant("extents");
      assertThat(prefixes.add(grant.keyPrefix())).isTrue();
      assertThat(ids.add(observer.allocateTableId())).isTrue();
      catalog.closeGrant(grant);
      rounds += source.failed().isEmpty() ? 0 : 1;
    }
    assertThat(rounds).isGreaterThan(10);
  }

  @Test
  void aReadThatFindsTheDatabaseGoneSaysSoAndLaterGoesOn() {
    TableDef table = create(observer, "logs", 1);
    WriteGrant grant = observer.openGrant("extents");
    for (int n = 1; n <= 6; n++) {
      SourceCursor at = cursor(table);
      committed(observer.commit(flush(table, grant, at, at.nextOffset() + 1, "e" + n), PATIENCE));
      source.failAt(n, n % 2 == 0 ? Fault.BEFORE : Fault.AFTER);
      assertThat(catalog.snapshot().number()).isEqualTo(observer.snapshot().number());
    }
    source.failAt(0, Fault.BEFORE);
    long known = catalog.snapshot().number();
    Catalogs.create(observer, "more", 1);
    source.outage(true);
    assertThat(catalog.snapshot(Duration.ofMinutes(1)).number()).isEqualTo(known);
    assertThatThrownBy(() -> catalog.snapshot()).isInstanceOf(CatalogException.Unavailable.class);
    assertThatThrownBy(() -> catalog.snapshot(Duration.ZERO))
        .isInstanceOf(CatalogException.Unavailable.class);
    assertThat(catalog.snapshot(Duration.ZERO, Duration.ofMinutes(1)).number()).isEqualTo(known);
    assertThatThrownBy(() -> catalog.snapshot(Duration.ZERO, Duration.ofNanos(1)))
        .isInstanceOf(CatalogException.Unavailable.class);
    SourceCursor at = cursor(table);
    Commit commit = flush(table, grant, at, at.nextOffset() + 1, "late");
    assertThat(catalog.commit(commit, Duration.ofMillis(200))).isInstanceOf(Unknown.class);
    source.outage(false);
    assertThat(catalog.snapshot().number()).isEqualTo(known + 1);
    assertThat(catalog.snapshot(Duration.ZERO, Duration.ofMinutes(1)).number())
        .isEqualTo(known + 1);
    assertAppliedOnce(table, commit, committed(catalog.commit(commit, PATIENCE)));
  }
}
