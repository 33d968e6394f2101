package dev.kyma.compactor.core.check;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.archive.Archiver;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.CreateOnlyProbe;
import dev.kyma.format.io.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Checks what is stored, at one snapshot, without changing anything. Safe for use by many threads.
 *
 * <p>The snapshot is pinned while it is checked, so that nothing it names is removed meanwhile.
 */
public final class StorageCheck {
  /** The most findings a check keeps. */
  public static final int MAX_FINDINGS = 10_000;

  private static final int COMMITS_PER_READ = 100;
  private static final int PROBE_WRITERS = 8;
  private static final int PROBE_ROUNDS = 4;

  private final Catalog catalog;
  private final ObjectStore store;
  private final SegmentFormat format;
  private final LogBounds logs;
  private final Executor workers;
  private final int parallelism;
  private final int checkpointEvery;

  /**
   * @param format the format extents are in
   * @param workers runs reads; must not run them in the calling thread's turn only
   * @param parallelism how many objects are read at a time
   */
  public StorageCheck(
      Catalog catalog,
      ObjectStore store,
      SegmentFormat format,
      LogBounds logs,
      Executor workers,
      int parallelism) {
    this(catalog, store, format, logs, workers, parallelism, Archiver.CHECKPOINT_EVERY);
  }

  /**
   * @param checkpointEvery after how many commits the archive has a checkpoint
   */
  StorageCheck(
      Catalog catalog,
      ObjectStore store,
      SegmentFormat format,
      LogBounds logs,
      Executor workers,
      int parallelism,
      int checkpointEvery) {
    this.catalog = catalog;
    this.store = store;
    this.format = format.uncached();
    this.logs = logs;
    this.workers = workers;
    this.parallelism = parallelism;
    this.checkpointEvery = checkpointEvery;
  }

  /** A table's database and name. */
  static String nameOf(TableDef table) {
    return table.database() + "." + table.name();
  }

  /**
   * Checks.
   *
   * @param name makes the pin of the snapshot unique, for example the job's number
   * @throws dev.kyma.catalog.CatalogException if the catalog cannot be asked
   * @throws dev.kyma.format.io.ObjectStoreException if the object store cannot be reached
   * @throws dev.kyma.service.log.LogException if the log cannot be reached
   * @throws java.util.concurrent.CancellationException if the progress ends the check
   */
  public CheckReport run(CheckScope scope, String name, CheckProgress progress) {
    String pin = "check/" + name;
    Snapshot snapshot = catalog.snapshot();
    if (snapshot.number() > 0) {
      catalog.pin(pin, snapshot.number());
    }
    try {
      return run(scope, snapshot, progress);
    } finally {
      catalog.unpin(pin);
    }
  }

  private CheckReport run(CheckScope scope, Snapshot snapshot, CheckProgress progress) {
    Findings findings = new Findings(MAX_FINDINGS);
    boolean storage = scope.storage() == CheckScope.Storage.CHECKED;
    List<TableDef> tables = new ArrayList<>(snapshot.tables());
    tables.removeIf(table -> !scope.covers(table.id()));
    tables.sort(Comparator.comparing(StorageCheck::nameOf));
    if (storage) {
      probe(findings);
    }
    CommitHistory history = history(snapshot, storage, findings, progress);
    if (!tables.isEmpty()) {
      progress.step("cursors", 0, tables.size());
      new CursorCheck(snapshot, logs, findings).check(tables);
      CoverageCheck coverage = new CoverageCheck(snapshot, history, findings);
      tables.forEach(coverage::check);
    }
    long extents = tables.stream().mapToLong(t -> snapshot.extents(t.id()).size()).sum();
    long rows = extents(tables, snapshot, scope, findings, progress, extents);
    if (storage && scope.isExtended()) {
      new OrphanCheck(catalog, store, findings).check(progress);
    }
    return new CheckReport(
        snapshot.number(), tables.size(), extents, rows, history.number(), findings.all());
  }

  private void probe(Findings findings) {
    CreateOnlyProbe.Result result = CreateOnlyProbe.run(store, PROBE_WRITERS, PROBE_ROUNDS);
    if (!result.passed()) {
      findings.add(
          Finding.of(
              Finding.Code.CREATE_NOT_EXCLUSIVE,
              "",
              "",
              "one of " + PROBE_WRITERS + " writers of an object wins",
              "not so in " + result.wrongRounds() + " of " + result.rounds() + " rounds"));
    }
  }

  private CommitHistory history(
      Snapshot snapshot, boolean storage, Findings findings, CheckProgress progress) {
    CommitHistory history = new CommitHistory(findings);
    ArchiveCheck archive = new ArchiveCheck(store, workers, checkpointEvery, findings);
    long archivedThrough = storage ? catalog.archivedThrough() : 0;
    while (history.number() < snapshot.number()) {
      int limit = (int) Math.min(COMMITS_PER_READ, snapshot.number() - history.number());
      List<CommitRecord> records = catalog.commits(history.number(), limit);
      if (records.isEmpty() || records.getFirst().number() != history.number() + 1) {
        findings.add(
            Finding.of(
                Finding.Code.COMMIT_MISSING,
                "",
                "",
                "commit " + (history.number() + 1),
                records.isEmpty() ? "none" : "commit " + records.getFirst().number()));
        break;
      }
      records.forEach(history::add);
      if (storage) {
        archive.check(records, archivedThrough);
      }
      progress.step("commits", history.number(), snapshot.number());
    }
    if (storage) {
      archive.checkAhead(catalog.snapshot().number());
    }
    return history;
  }

  private long extents(
      List<TableDef> tables,
      Snapshot snapshot,
      CheckScope scope,
      Findings findings,
      CheckProgress progress,
      long total) {
    ExtentCheck check = new ExtentCheck(snapshot, store, format, findings, scope.depth());
    Semaphore turns = new Semaphore(parallelism);
    AtomicLong rows = new AtomicLong();
    AtomicLong done = new AtomicLong();
    for (TableDef table : tables) {
      RowIdentities identities = new RowIdentities();
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (ExtentRef extent : snapshot.extents(table.id())) {
        turns.acquireUninterruptibly();
        running.add(
            CompletableFuture.runAsync(
                () -> {
                  try {
                    rows.addAndGet(check.check(table, extent, identities));
                    progress.step("extents", done.incrementAndGet(), total);
                  } finally {
                    turns.release();
                  }
                },
                workers));
      }
      try {
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
    return rows.get();
  }
}
