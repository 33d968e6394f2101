package dev.kyma.catalog;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static dev.kyma.catalog.Catalogs.flush;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Commit.Kind;
import dev.kyma.catalog.CommitOutcome.Conflict;
import dev.kyma.catalog.CommitOutcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database for each test, opened twice, in the way two processes would. */
public abstract class CatalogContract {
  protected Catalog catalog;
  protected Catalog other;

  /** Opens this test's database, in the way another process would. */
  protected abstract Catalog open(int checkpointEvery) throws Exception;

  @BeforeEach
  void openTwice() throws Exception {
    catalog = open(1_000);
    other = open(1_000);
  }

  @AfterEach
  void close() {
    catalog.close();
    other.close();
  }

  protected SourceCursor cursor(TableDef table) {
    return catalog.snapshot().cursor(table.log().firstOrdinal()).orElseThrow();
  }

  protected static void assertConflict(CommitOutcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Conflict.class, conflict -> assertThat(conflict.reason()).isEqualTo(reason));
  }

  protected static Commit creating(TableDef table) {
    return Commit.ofTables(Kind.CREATE_TABLE, List.of(new TableChange.Create(table)));
  }

  /** Flushes the next rows of a table into one extent and answers its key. */
  protected String flushed(TableDef table, WriteGrant grant, int rows, String object) {
    SourceCursor at = cursor(table);
    committed(catalog.commit(flush(table, grant, at, at.nextOffset() + rows, object), PATIENCE));
    return grant.keyPrefix() + object;
  }

  /** Work that is one of many. */
  protected interface Numbered<T> {
    T run(int i) throws Exception;
  }

  /** Runs work in as many threads, begun together. */
  protected static <T> List<T> together(int threads, Numbered<T> work) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(threads);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        tasks.add(
            () -> {
              barrier.await();
              return work.run(number);
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : executor.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    }
  }
}
