package dev.kyma.catalog.jdbc;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static dev.kyma.catalog.Catalogs.create;
import static dev.kyma.catalog.Catalogs.flush;
import static dev.kyma.catalog.Catalogs.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints how many commits a second each database takes; asserts that none is lost on the way. */
class CommitRateTest {
  private static final int COMMITS = 600;

  @Test
  void ratesOnSqlite(@TempDir Path directory) {
    String url = "jdbc:sqlite:" + directory.resolve("catalog.db");
    try (Catalog catalog = JdbcCatalog.open(url)) {
      measure("SQLite, WAL, synchronous=FULL", catalog);
    }
  }

  @Test
  void ratesOnPostgres() throws Exception {
    try (PostgresServer server = new PostgresServer("fsync", "on")) {
      String url = server.newDatabase();
      String fsync;
      try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
          ResultSet row = connection.createStatement().executeQuery("SHOW fsync")) {
        row.next();
        fsync = row.getString(1);
      }
      try (Catalog catalog = JdbcCatalog.open(url, "postgres", "postgres")) {
        measure("Postgres, fsync=" + fsync, catalog);
      }
    }
  }

  private static void measure(String name, Catalog catalog) {
    List<TableDef> tables = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      tables.add(create(catalog, "t" + i, 1));
    }
    commit(catalog, tables, 16);
    for (int committers : new int[] {1, 4, 16, 64}) {
      long first = catalog.snapshot().number();
      long start = System.nanoTime();
      long[] micros = commit(catalog, tables, committers);
      double seconds = (System.nanoTime() - start) / 1e9;
      Arrays.sort(micros);
      System.out.printf(
          "%s: %d committers, %.0f commits/s, p50 %.1f ms, p99 %.1f ms%n",
          name,
          committers,
          micros.length / seconds,
          micros[micros.length / 2] / 1e3,
          micros[micros.length * 99 / 100] / 1e3);
      assertThat(catalog.snapshot().number()).isEqualTo(first + micros.length);
    }
  }

  /** Commits from many threads, each on a table of its own; answers how long each commit took. */
  private static long[] commit(Catalog catalog, List<TableDef> tables, int committers) {
    WriteGrant grant = catalog.openGrant("extents");
    int each = COMMITS / committers;
    try (ExecutorService executor = Executors.newFixedThreadPool(committers)) {
      List<CompletableFuture<long[]>> runs = new ArrayList<>();
      for (int i = 0; i < committers; i++) {
        TableDef table = tables.get(i);
        runs.add(
            CompletableFuture.supplyAsync(
                () -> {
                  long[] micros = new long[each];
                  SourceCursor at =
                      catalog.snapshot().cursor(table.log().firstOrdinal()).orElseThrow();
                  for (int n = 0; n < each; n++) {
                    long start = System.nanoTime();
                    long to = at.nextOffset() + 1;
                    String object = table.id() + "-" + to;
                    committed(catalog.commit(flush(table, grant, at, to, object), PATIENCE));
                    micros[n] = (System.nanoTime() - start) / 1_000;
                    at = moved(at, to);
                  }
                  return micros;
                },
                executor));
      }
      return runs.stream().map(CompletableFuture::join).flatMapToLong(LongStream::of).toArray();
    }
  }
}
