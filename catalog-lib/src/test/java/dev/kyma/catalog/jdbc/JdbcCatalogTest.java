package dev.kyma.catalog.jdbc;

import static dev.kyma.catalog.Catalogs.create;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Catalogs;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcCatalogTest {
  @TempDir Path directory;

  private String url() {
    return "jdbc:sqlite:" + directory.resolve("catalog.db");
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement each = connection.createStatement()) {
      each.execute(statement);
    }
  }

  private long number(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        ResultSet row = connection.createStatement().executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private JdbcCatalogConfig config(int checkpointEvery) {
    return new JdbcCatalogConfig(url(), Optional.empty(), Optional.empty(), checkpointEvery, 256);
  }

  @Test
  void aDatabaseOfANewerKymaIsRefused() throws Exception {
    JdbcCatalog.open(url()).close();
    sql("INSERT INTO kyma_schema (version) VALUES (99)");
    assertThatThrownBy(() -> JdbcCatalog.open(url()))
        .isInstanceOf(CatalogException.Corrupt.class)
        .hasMessageContaining("99");
  }

  @Test
  void otherDatabasesAreRefused() {
    assertThatThrownBy(() -> JdbcCatalog.open("jdbc:h2:mem:x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jdbc:sqlite:");
  }

  @Test
  void aFileThatIsNoDatabaseIsSaidToBeUnavailable() throws Exception {
    Files.writeString(directory.resolve("catalog.db"), "this is not a database ".repeat(500));
    assertThatThrownBy(() -> JdbcCatalog.open(url())).isInstanceOf(CatalogException.class);
  }

  @Test
  void manyMayOpenANewDatabaseAtOnce() throws Exception {
    List<CompletableFuture<Long>> opened = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        opened.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try (Catalog catalog = JdbcCatalog.open(url())) {
                    return catalog.allocateTableId();
                  }
                },
                executor));
      }
    }
    assertThat(opened.stream().map(CompletableFuture::join)).doesNotHaveDuplicates();
  }

  @Test
  void checkpointsAreStoredAndOpeningStartsFromTheNewest() throws Exception {
    Snapshot lived;
    try (Catalog catalog = JdbcCatalog.open(config(4))) {
      for (int i = 0; i < 18; i++) {
        create(catalog, "t" + i, 1);
        catalog.snapshot();
      }
      lived = catalog.snapshot();
    }
    assertThat(number("SELECT MAX(number) FROM kyma_checkpoint")).isEqualTo(16);
    // Without the commits the checkpoint holds, only who starts from it can open the catalog.
    sql("DELETE FROM kyma_commit WHERE number <= 16");
    try (Catalog catalog = JdbcCatalog.open(config(4))) {
      assertThat(catalog.snapshot().number()).isEqualTo(18);
      assertThat(catalog.snapshot().tables()).isEqualTo(lived.tables());
    }
    sql("DELETE FROM kyma_checkpoint");
    assertThatThrownBy(() -> JdbcCatalog.open(config(4)))
        .isInstanceOf(CatalogException.Corrupt.class);
  }

  @Test
  void theFurtherBackTheFewerCheckpointsAreKept() throws Exception {
    try (Catalog catalog = JdbcCatalog.open(config(1))) {
      for (int i = 0; i < 64; i++) {
        create(catalog, "t" + i, 1);
        catalog.snapshot();
      }
      catalog.pin("old", 40);
    }
    assertThat(numbers("SELECT DISTINCT number FROM kyma_checkpoint ORDER BY number"))
        .containsExactly(32L, 48L, 56L, 60L, 62L, 63L, 64L);
    sql("UPDATE kyma_sequence SET next = 61 WHERE name = 'horizon'");
    try (Catalog catalog = JdbcCatalog.open(config(1))) {
      create(catalog, "more", 1);
      assertThat(catalog.snapshot().number()).isEqualTo(65);
      // The pinned snapshot and those from the horizon on are asked for, no others.
      assertThat(catalog.at(40).tables()).hasSize(40);
      catalog.unpin("old");
      create(catalog, "most", 1);
      assertThat(catalog.snapshot().number()).isEqualTo(66);
      assertThat(catalog.at(61).tables()).hasSize(61);
    }
    assertThat(numbers("SELECT DISTINCT number FROM kyma_checkpoint ORDER BY number"))
        .containsExactly(60L, 62L, 64L, 65L, 66L);
  }

  private List<Long> numbers(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        ResultSet rows = connection.createStatement().executeQuery(query)) {
      List<Long> numbers = new ArrayList<>();
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
      return numbers;
    }
  }

  @Test
  void aDamagedCommitIsCorruptionAndDoesNotStopOtherCommits() throws Exception {
    try (Catalog catalog = JdbcCatalog.open(url())) {
      create(catalog, "a", 1);
    }
    sql("UPDATE kyma_table SET definition = x'0102' WHERE table_name = 'a'");
    try (Catalog catalog = JdbcCatalog.open(url())) {
      assertThatThrownBy(() -> create(catalog, "a", 1))
          .isInstanceOf(CatalogException.Corrupt.class);
      assertThat(create(catalog, "b", 1).name()).isEqualTo("b");
    }
    sql("UPDATE kyma_commit SET body = x'0102' WHERE number = 1");
    assertThatThrownBy(() -> JdbcCatalog.open(url())).isInstanceOf(CatalogException.Corrupt.class);
  }

  @Test
  void aPasswordIsNotShown() {
    assertThat(JdbcCatalogConfig.of("jdbc:postgresql://h/d", "me", "secret").toString())
        .doesNotContain("secret");
  }

  @Test
  void aFullDatabaseSaysSoAndReadsGoOn() throws Exception {
    try (Catalog catalog = JdbcCatalog.open(url())) {
      create(catalog, "a", 1);
    }
    long pages = number("PRAGMA page_count");
    JdbcCatalogConfig full = JdbcCatalogConfig.of(url() + "?max_page_count=" + pages);
    try (Catalog catalog = JdbcCatalog.open(full)) {
      int made = 0;
      CommitOutcome outcome;
      do {
        Commit commit =
            Commit.ofTables(
                Commit.Kind.CREATE_TABLE,
                List.of(
                    new TableChange.Create(
                        Catalogs.table(1_000 + made, "t" + made, 1_000 + made, 1))));
        outcome = catalog.commit(commit, Duration.ofMillis(50));
        made++;
      } while (outcome instanceof CommitOutcome.Committed && made < 1_000);
      assertThat(outcome)
          .isInstanceOfSatisfying(
              CommitOutcome.Unknown.class,
              unknown ->
                  assertThat(unknown.cause())
                      .isInstanceOfSatisfying(
                          CatalogException.Unavailable.class,
                          e ->
                              assertThat(e.reason())
                                  .isEqualTo(CatalogException.Unavailable.Reason.FULL)));
      assertThat(catalog.snapshot().number()).isEqualTo(made);
    }
    try (Catalog catalog = JdbcCatalog.open(url())) {
      create(catalog, "more", 1);
    }
    DatabaseAudit.check(config(1_000));
  }

  @Test
  void aClockThatJumpsBackStopsNothingAndRepeatsNoTime() throws Exception {
    try (Catalog catalog = JdbcCatalog.open(url())) {
      create(catalog, "before", 1);
      // As if the last commit had been made before the clock was set back by a day.
      long ahead = number("SELECT time_us FROM kyma_head") + 86_400_000_000L;
      sql("UPDATE kyma_commit SET time_us = " + ahead);
      sql("UPDATE kyma_head SET time_us = " + ahead);
    }
    try (Catalog catalog = JdbcCatalog.open(url())) {
      TableDef table = create(catalog, "after", 1);
      create(catalog, "later", 1);
      List<CommitRecord> all = catalog.commits(0, 10);
      for (int i = 1; i < all.size(); i++) {
        assertThat(all.get(i).time()).isEqualTo(all.get(i - 1).time().plusNanos(1_000));
        assertThat(catalog.at(all.get(i).time()).number()).isEqualTo(i + 1);
      }
      assertThat(catalog.at(catalog.now()).number()).isZero();
      assertThat(catalog.at(all.get(2).time()).tables()).hasSize(3);
      // What is dereferenced now is old enough only when the clock has caught up.
      WriteGrant grant = catalog.openGrant("extents");
      SourceCursor at = catalog.snapshot().cursor(table.log().firstOrdinal()).orElseThrow();
      Commit flush = Catalogs.flush(table, grant, at, 5, "a");
      Catalogs.committed(catalog.commit(flush, Catalogs.PATIENCE));
      Catalogs.committed(
          catalog.commit(
              Catalogs.compact(null, List.of(), List.of(grant.keyPrefix() + "a")),
              Catalogs.PATIENCE));
      assertThat(catalog.garbage(Duration.ofHours(1), 10)).isEmpty();
      assertThat(catalog.garbage(Duration.ZERO, 10)).hasSize(1);
    }
  }
}
