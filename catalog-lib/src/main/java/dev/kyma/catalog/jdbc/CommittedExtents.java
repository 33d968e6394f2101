package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.commit.CheckpointCodec;
import dev.kyma.catalog.commit.CommitCodec;
import dev.kyma.catalog.commit.FoldedSnapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Extents from the commits that added them. Live extents and garbage know their commit; where it is
 * not known, as after a rebuild from a checkpoint, checkpoints are looked through. Stateless.
 */
final class CommittedExtents {
  private CommittedExtents() {}

  /** Those of the extents that are live or garbage, by key. */
  static Map<String, ExtentRef> read(Connection connection, List<String> keys) throws SQLException {
    Map<String, ExtentRef> found = new HashMap<>();
    Set<String> wanted = new HashSet<>(keys);
    Set<Long> commits = new HashSet<>();
    for (String table : List.of("kyma_extent", "kyma_garbage")) {
      Sql.selectIn(
          connection,
          "SELECT added FROM " + table,
          "extent_key",
          keys,
          "",
          row -> commits.add(row.getLong(1)));
    }
    commits.remove(0L);
    Sql.selectIn(
        connection,
        "SELECT body FROM kyma_commit",
        "number",
        commits,
        "",
        row -> {
          for (ExtentRef extent : CommitCodec.commit(row.getBytes(1)).add()) {
            if (wanted.contains(extent.key())) {
              found.put(extent.key(), extent);
            }
          }
        });
    wanted.removeAll(found.keySet());
    if (!wanted.isEmpty()) {
      fromCheckpoints(connection, wanted, found);
    }
    return found;
  }

  private static void fromCheckpoints(
      Connection connection, Set<String> wanted, Map<String, ExtentRef> found) throws SQLException {
    for (long number : checkpoints(connection)) {
      FoldedSnapshot snapshot = checkpoint(connection, number);
      for (TableDef table : snapshot.tables()) {
        snapshot.forEachExtent(
            table.id(),
            extent -> {
              if (wanted.remove(extent.key())) {
                found.put(extent.key(), extent);
              }
            });
      }
      if (wanted.isEmpty()) {
        return;
      }
    }
  }

  private static List<Long> checkpoints(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT DISTINCT number FROM kyma_checkpoint ORDER BY number DESC");
        ResultSet rows = statement.executeQuery()) {
      List<Long> numbers = new ArrayList<>();
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
      return numbers;
    }
  }

  private static FoldedSnapshot checkpoint(Connection connection, long number) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT body FROM kyma_checkpoint WHERE number = ? ORDER BY part")) {
      statement.setLong(1, number);
      try (ResultSet rows = statement.executeQuery()) {
        List<byte[]> parts = new ArrayList<>();
        while (rows.next()) {
          parts.add(Objects.requireNonNull(rows.getBytes(1)));
        }
        // Thinned out meanwhile: what it held is in the newer ones, or was not asked for.
        return parts.isEmpty() ? FoldedSnapshot.EMPTY : CheckpointCodec.snapshot(parts);
      }
    }
  }
}
