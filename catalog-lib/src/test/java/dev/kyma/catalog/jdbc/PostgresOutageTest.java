package dev.kyma.catalog.jdbc;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static dev.kyma.catalog.Catalogs.create;
import static dev.kyma.catalog.Catalogs.flush;
import static dev.kyma.catalog.Catalogs.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException.Unavailable;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.CommitOutcome.Unknown;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Postgres behind a network that is cut, and one that is full or takes no writes. */
class PostgresOutageTest {
  private static PostgresServer server;

  private Relay relay;
  private JdbcCatalogConfig direct;
  private JdbcCatalogConfig relayed;

  @BeforeAll
  static void start() throws Exception {
    server = new PostgresServer();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void connect() throws Exception {
    String url = server.newDatabase();
    URI there = URI.create(url.substring("jdbc:".length()));
    relay = new Relay(there.getPort());
    direct = JdbcCatalogConfig.of(url, "postgres", "postgres");
    relayed =
        JdbcCatalogConfig.of(
            "jdbc:postgresql://127.0.0.1:" + relay.port() + there.getPath(),
            "postgres",
            "postgres");
  }

  @AfterEach
  void disconnect() throws Exception {
    relay.close();
  }

  private static SourceCursor cursor(Catalog catalog, TableDef table) {
    return catalog.snapshot().cursor(table.log().firstOrdinal()).orElseThrow();
  }

  @Test
  void readersGoOnWithWhatTheyKnowForAsLongAsTheyMay() throws Exception {
    Duration minute = Duration.ofMinutes(1);
    try (Catalog catalog = JdbcCatalog.open(relayed);
        Catalog other = JdbcCatalog.open(direct)) {
      TableDef table = create(catalog, "logs", 1);
      WriteGrant grant = catalog.openGrant("extents");
      SourceCursor at = cursor(catalog, table);
      relay.cut();
      assertThat(catalog.snapshot(Duration.ZERO, minute).number()).isEqualTo(1);
      // Whoever comes next does not wait for connections that cannot be had.
      long start = System.nanoTime();
      int asked = 0;
      while (System.nanoTime() - start < 500_000_000L && asked < 100) {
        assertThat(catalog.snapshot(Duration.ZERO, minute).table("default", "logs")).isPresent();
        assertThat(catalog.excluded(table.id(), 1, 7)).isEmpty();
        asked++;
      }
      assertThat(asked).isEqualTo(100);
      assertThatThrownBy(() -> catalog.snapshot(Duration.ZERO, Duration.ofMillis(1)))
          .isInstanceOfSatisfying(
              Unavailable.class,
              e -> assertThat(e.reason()).isEqualTo(Unavailable.Reason.UNREACHABLE));
      Commit commit = flush(table, grant, at, 10, "a");
      assertThat(catalog.commit(commit, Duration.ofMillis(100)))
          .isInstanceOfSatisfying(
              Unknown.class, u -> assertThat(u.cause()).isInstanceOf(Unavailable.class));
      committed(other.commit(commit, PATIENCE));
      relay.join();
      assertThat(catalog.snapshot().number()).isEqualTo(2);
      assertThat(committed(catalog.commit(commit, PATIENCE)).number()).isEqualTo(2);
    }
    DatabaseAudit.check(direct);
  }

  @Test
  void committersWhoseNetworkIsCutAgainAndAgainLoseNothing() throws Exception {
    int committers = 6;
    int each = 25;
    List<TableDef> tables = new ArrayList<>();
    try (Catalog observer = JdbcCatalog.open(direct)) {
      for (int i = 0; i < committers; i++) {
        tables.add(create(observer, "t" + i, 1));
      }
      try (Catalog catalog = JdbcCatalog.open(relayed);
          ExecutorService executor = Executors.newFixedThreadPool(committers)) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        WriteGrant grant = observer.openGrant("extents");
        for (TableDef table : tables) {
          SourceCursor start = cursor(observer, table);
          running.add(
              CompletableFuture.runAsync(
                  () -> {
                    SourceCursor at = start;
                    for (int n = 1; n <= each; n++) {
                      Commit commit = flush(table, grant, at, n, table.id() + "-" + n);
                      CommitOutcome outcome = catalog.commit(commit, PATIENCE);
                      while (outcome instanceof Unknown) {
                        outcome = catalog.commit(commit, PATIENCE);
                      }
                      committed(outcome);
                      at = moved(at, n);
                    }
                  },
                  executor));
        }
        CompletableFuture<Void> all =
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new));
        int cuts = 0;
        while (!all.isDone()) {
          Thread.sleep(40);
          relay.cut();
          Thread.sleep(10);
          relay.join();
          cuts++;
        }
        all.join();
        assertThat(cuts).isPositive();
      }
      for (TableDef table : tables) {
        assertThat(cursor(observer, table).nextOffset()).isEqualTo(each);
        assertThat(observer.snapshot().extents(table.id())).hasSize(each);
      }
      assertThat(observer.snapshot().number()).isEqualTo(committers + (long) committers * each);
    }
    DatabaseAudit.check(direct);
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(direct.url(), "postgres", "postgres");
        Statement each = connection.createStatement()) {
      for (String statement : statements) {
        each.execute(statement);
      }
    }
  }

  /** Ends the catalog's connections, each of which it notices when it uses it. */
  private static void reconnect(Catalog catalog) throws SQLException {
    server.cutConnections();
    for (int i = 0; i < 20; i++) {
      try {
        catalog.now();
      } catch (Unavailable e) {
        assertThat(e.reason()).isEqualTo(Unavailable.Reason.UNREACHABLE);
      }
    }
  }

  private void assertNoWrites(Catalog catalog, Unavailable.Reason reason) {
    TableDef table = catalog.snapshot().table("default", "logs").orElseThrow();
    SourceCursor at = cursor(catalog, table);
    WriteGrant grant = new WriteGrant(1, "extents/00000001/", catalog.now());
    assertThat(
            catalog.commit(
                flush(table, grant, at, at.nextOffset() + 1, "a"), Duration.ofMillis(100)))
        .isInstanceOfSatisfying(
            Unknown.class,
            unknown ->
                assertThat(unknown.cause())
                    .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.reason()).isEqualTo(reason)));
    assertThat(catalog.snapshot().number()).isEqualTo(1);
  }

  @Test
  void aFullDatabaseSaysSoReadsGoOnAndWritesDoAgainOnceThereIsRoom() throws Exception {
    try (Catalog catalog = JdbcCatalog.open(direct)) {
      TableDef table = create(catalog, "logs", 1);
      WriteGrant grant = catalog.openGrant("extents");
      // What the server says when its disk is full, said by a trigger.
      sql(
          "CREATE FUNCTION no_room() RETURNS trigger AS $$ BEGIN"
              + " RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100';"
              + " END $$ LANGUAGE plpgsql");
      sql("CREATE TRIGGER no_room BEFORE INSERT ON kyma_commit EXECUTE FUNCTION no_room()");
      assertNoWrites(catalog, Unavailable.Reason.FULL);
      sql("DROP TRIGGER no_room ON kyma_commit");
      committed(catalog.commit(flush(table, grant, cursor(catalog, table), 5, "b"), PATIENCE));
    }
    DatabaseAudit.check(direct);
  }

  @Test
  void aStandbySaysSoReadsGoOnAndWritesDoAgainOnceItIsPromoted() throws Exception {
    try (Catalog catalog = JdbcCatalog.open(direct)) {
      TableDef table = create(catalog, "logs", 1);
      WriteGrant grant = catalog.openGrant("extents");
      String name = direct.url().substring(direct.url().lastIndexOf('/') + 1);
      sql("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
      reconnect(catalog);
      assertNoWrites(catalog, Unavailable.Reason.READ_ONLY);
      assertThatThrownBy(() -> catalog.openGrant("extents"))
          .isInstanceOfSatisfying(
              Unavailable.class,
              e -> assertThat(e.reason()).isEqualTo(Unavailable.Reason.READ_ONLY));
      sql(
          "SET default_transaction_read_only = off",
          "ALTER DATABASE " + name + " RESET default_transaction_read_only");
      reconnect(catalog);
      committed(catalog.commit(flush(table, grant, cursor(catalog, table), 5, "b"), PATIENCE));
    }
    DatabaseAudit.check(direct);
  }
}
