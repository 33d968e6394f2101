package dev.kyma.catalog.jdbc;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Catalogs;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Garbage;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.archive.Archiver;
import dev.kyma.catalog.archive.CommitArchive;
import dev.kyma.catalog.commit.FirstVersion;
import dev.kyma.catalog.commit.FoldedSnapshot;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.memory.MemoryObjectStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database and a bucket that the first version filled are gone on with. */
abstract class UpgradeContractTest {
  private static final String EXTENT = "extents/00000009/a";

  private JdbcCatalogConfig config;

  /** A new, empty database. */
  abstract JdbcCatalogConfig newDatabase() throws Exception;

  @BeforeEach
  void fill() throws Exception {
    config = newDatabase();
    try (Connection connection =
        DriverManager.getConnection(
            config.url(), config.user().orElse(null), config.password().orElse(null))) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kyma_schema (version INTEGER PRIMARY KEY)");
        statement.execute("INSERT INTO kyma_schema (version) VALUES (1)");
        for (String sql : Migrations.versions(JdbcCatalog.dialect(config.url())).getFirst()) {
          statement.execute(sql);
        }
        statement.execute("UPDATE kyma_head SET number = 2, time_us = 1700000002000000");
        statement.execute(
            "INSERT INTO kyma_cursor (log, table_id, topic_id, next_offset, leader_epoch,"
                + " source_epoch) VALUES (4, 17, 'topic-17', 100, 3, 0)");
        statement.execute(
            "INSERT INTO kyma_cursor (log, table_id, topic_id, next_offset, leader_epoch,"
                + " source_epoch) VALUES (5, 17, 'topic-17', 0, -1, 0)");
        statement.execute(
            "INSERT INTO kyma_extent (extent_key, table_id) VALUES ('" + EXTENT + "', 17)");
        statement.execute(
            "INSERT INTO kyma_grant (id, key_prefix, opened_us, state)"
                + " VALUES (9, 'extents/00000009/', 0, 1)");
        statement.execute("UPDATE kyma_sequence SET next = 18 WHERE name IN ('table', 'grant')");
        statement.execute("UPDATE kyma_sequence SET next = 6 WHERE name = 'log'");
      }
      for (int number = 1; number <= 2; number++) {
        insert(
            connection,
            "INSERT INTO kyma_commit (number, time_us, body) VALUES ("
                + number
                + ", 170000000"
                + number
                + "000000, ?)",
            FirstVersion.body(number));
        try (PreparedStatement id =
            connection.prepareStatement("INSERT INTO kyma_commit_id (id, number) VALUES (?, ?)")) {
          id.setString(1, FirstVersion.record(number).commit().id().toString());
          id.setLong(2, number);
          id.executeUpdate();
        }
      }
      insert(
          connection,
          "INSERT INTO kyma_table (id, database_name, table_name, definition)"
              + " VALUES (17, 'default', 'logs', ?)",
          FirstVersion.definition());
    }
  }

  private static void insert(Connection connection, String sql, byte[] body) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setBytes(1, body);
      statement.executeUpdate();
    }
  }

  private static void assertAsBefore(Snapshot snapshot) {
    FoldedSnapshot expected = FirstVersion.snapshot();
    assertThat(snapshot.number()).isEqualTo(2);
    assertThat(snapshot.tables()).isEqualTo(expected.tables());
    assertThat(snapshot.extents(17)).isEqualTo(expected.extents(17));
    assertThat(snapshot.cursor(4)).isEqualTo(expected.cursor(4));
    assertThat(snapshot.keys(4)).usingRecursiveComparison().isEqualTo(expected.keys(4));
  }

  @Test
  void whatIsThereIsFoundAndGoneOnWith() throws Exception {
    try (JdbcCatalog catalog = JdbcCatalog.open(config)) {
      assertAsBefore(catalog.snapshot());
      assertThat(catalog.find(FirstVersion.record(2).commit().id()).map(r -> r.number()))
          .contains(2L);
      committed(catalog.commit(Catalogs.mask(EXTENT, 4, 7), PATIENCE));
      WriteGrant grant = catalog.openGrant("extents");
      ExtentRef merged = Catalogs.extent(FirstVersion.TABLE, grant.keyPrefix() + "m", 4, 0, 100);
      committed(
          catalog.commit(
              Catalogs.replace(grant, List.of(merged), List.of(new Removal(EXTENT, 2))), PATIENCE));
    }
    try (JdbcCatalog catalog = JdbcCatalog.open(config)) {
      assertAsBefore(catalog.at(2));
      assertThat(catalog.at(3).deleted(EXTENT)).isEqualTo(DeletionVector.of(4, 7));
      assertThat(catalog.garbage(Duration.ZERO, 10))
          .extracting(Garbage::key)
          .containsExactly(EXTENT);
    }
  }

  @Test
  void aCheckpointOfTheFirstVersionIsReadOn() throws Exception {
    JdbcCatalog.open(config).close();
    try (Connection connection =
        DriverManager.getConnection(
            config.url(), config.user().orElse(null), config.password().orElse(null))) {
      insert(
          connection,
          "INSERT INTO kyma_checkpoint (number, part, body) VALUES (2, 0, ?)",
          FirstVersion.checkpoint());
      try (Statement statement = connection.createStatement()) {
        statement.execute("DELETE FROM kyma_commit");
      }
    }
    try (JdbcCatalog catalog = JdbcCatalog.open(config)) {
      assertAsBefore(catalog.snapshot());
    }
  }

  @Test
  void theArchiveIsGoneOnWithWhereTheFirstVersionLeftIt() {
    ObjectStore store = new MemoryObjectStore();
    store.create(CommitArchive.commitKey(1), List.of(ByteBuffer.wrap(FirstVersion.archived(1))));
    byte[] part = FirstVersion.checkpoint();
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    store.create(
        CommitArchive.checkpointKey(2),
        List.of(length.putInt(0, part.length), ByteBuffer.wrap(part)));
    try (JdbcCatalog catalog = JdbcCatalog.open(config)) {
      assertThat(new Archiver(catalog, store, 2).run(100)).isEqualTo(2);
      CommitArchive archive = new CommitArchive(store);
      for (int number = 1; number <= 2; number++) {
        assertThat(archive.commit(number))
            .usingRecursiveComparison()
            .isEqualTo(FirstVersion.record(number));
      }
      assertAsBefore(archive.checkpoint(2));
    }
  }

  @Test
  void whatTheFirstVersionDidNotArchiveIsNoticed() {
    ObjectStore store = new MemoryObjectStore();
    store.create(CommitArchive.commitKey(1), List.of(ByteBuffer.wrap(FirstVersion.archived(2))));
    try (JdbcCatalog catalog = JdbcCatalog.open(config)) {
      assertThatThrownBy(() -> new Archiver(catalog, store, 2).run(100))
          .isInstanceOf(CatalogException.ArchiveDiverged.class);
    }
  }
}
