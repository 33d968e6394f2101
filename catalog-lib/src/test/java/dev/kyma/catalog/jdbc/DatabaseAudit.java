package dev.kyma.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.commit.CommitCodec;
import dev.kyma.catalog.commit.FoldedSnapshot;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares what a database says is live with what its commits add up to: decisions are made by the
 * one, readers see the other.
 */
final class DatabaseAudit {
  private DatabaseAudit() {}

  static void check(JdbcCatalogConfig config) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(
            config.url(), config.user().orElse(null), config.password().orElse(null))) {
      check(connection);
    }
  }

  private static void check(Connection connection) throws SQLException {
    FoldedSnapshot snapshot = FoldedSnapshot.EMPTY;
    Map<String, Long> added = new HashMap<>();
    Map<String, String> garbage = new TreeMap<>();
    for (CommitRecord record : CommitTable.after(connection, 0, Integer.MAX_VALUE)) {
      List<String> gone = new ArrayList<>();
      for (TableChange change : record.commit().tables()) {
        if (change instanceof TableChange.Drop drop) {
          snapshot.extents(drop.table()).forEach(extent -> gone.add(extent.key()));
        }
      }
      record.commit().remove().stream().map(Removal::extent).forEach(gone::add);
      snapshot = snapshot.plus(record);
      record.commit().add().forEach(extent -> added.put(extent.key(), record.number()));
      for (String key : gone) {
        garbage.put(key, added.get(key) + " to " + record.number());
      }
    }
    assertThat(CommitTable.head(connection)).isEqualTo(snapshot.number());
    assertThat(rows(connection, "SELECT number, id FROM kyma_commit_id"))
        .as("ids")
        .hasSize((int) snapshot.number())
        .doesNotContainKey("null");
    tables(connection, snapshot);
    extents(connection, snapshot, added);
    // What was collected is forgotten; nothing else is.
    Map<String, String> known =
        rows(connection, "SELECT extent_key, added || ' to ' || removed FROM kyma_garbage");
    assertThat(garbage).as("garbage").containsAllEntriesOf(known);
  }

  private static void tables(Connection connection, FoldedSnapshot snapshot) throws SQLException {
    List<TableDef> definitions = new ArrayList<>();
    try (ResultSet rows =
        connection
            .createStatement()
            .executeQuery("SELECT definition FROM kyma_table ORDER BY id")) {
      while (rows.next()) {
        definitions.add(CommitCodec.table(rows.getBytes(1)));
      }
    }
    assertThat(definitions).containsExactlyElementsOf(snapshot.tables());
    Map<String, String> cursors = new TreeMap<>();
    for (TableDef table : snapshot.tables()) {
      for (int i = 0; i < table.log().partitions(); i++) {
        SourceCursor cursor = snapshot.cursor(table.log().ordinal(i)).orElseThrow();
        cursors.put(
            "" + cursor.log(),
            cursor.topicId() + " " + cursor.nextOffset() + " " + cursor.leaderEpoch());
      }
    }
    assertThat(
            rows(
                connection,
                "SELECT log, topic_id || ' ' || next_offset || ' ' || leader_epoch"
                    + " FROM kyma_cursor"))
        .as("cursors")
        .isEqualTo(cursors);
  }

  private static void extents(
      Connection connection, FoldedSnapshot snapshot, Map<String, Long> added) throws SQLException {
    Map<String, String> live = new TreeMap<>();
    for (TableDef table : snapshot.tables()) {
      for (ExtentRef extent : snapshot.extents(table.id())) {
        live.put(
            extent.key(),
            table.id()
                + " "
                + added.get(extent.key())
                + " "
                + snapshot.deleted(extent.key()).cardinality());
      }
    }
    assertThat(
            rows(
                connection,
                "SELECT extent_key, table_id || ' ' || added || ' ' || deleted_rows"
                    + " FROM kyma_extent"))
        .as("extents")
        .isEqualTo(live);
  }

  private static Map<String, String> rows(Connection connection, String query) throws SQLException {
    try (ResultSet rows = connection.createStatement().executeQuery(query)) {
      Map<String, String> map = new TreeMap<>();
      while (rows.next()) {
        map.put("" + rows.getString(1), "" + rows.getString(2));
      }
      return map;
    }
  }
}
