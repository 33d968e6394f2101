package dev.kyma.catalog.jdbc;

import dev.kyma.format.index.ExtentFilter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Filters of extents as rows: one for each filter and one for each {@value #PART_BLOCKS} blocks of
 * it, so that the one block that answers for a value is read without the others on either database.
 * Stateless.
 */
final class FilterTable {
  private static final int PART_BLOCKS = 32;
  private static final int PART_BYTES = PART_BLOCKS * ExtentFilter.BLOCK_BYTES;

  private record Part(String extent, int column, int number, byte[] body) {}

  private FilterTable() {}

  /** Inserts the filters of extents that have none. */
  static void insert(Connection connection, long table, String extent, List<ExtentFilter> filters)
      throws SQLException {
    List<Part> parts = new ArrayList<>();
    for (ExtentFilter filter : filters) {
      byte[] blocks = filter.blocks();
      for (int from = 0, number = 0; from < blocks.length; from += PART_BYTES, number++) {
        byte[] body = Arrays.copyOfRange(blocks, from, Math.min(blocks.length, from + PART_BYTES));
        parts.add(new Part(extent, filter.column(), number, body));
      }
    }
    Sql.batch(
        connection,
        "INSERT INTO kyma_filter (extent_key, column_id, table_id, blocks) VALUES (?, ?, ?, ?)",
        filters,
        (statement, filter) -> {
          statement.setString(1, extent);
          statement.setInt(2, filter.column());
          statement.setLong(3, table);
          statement.setLong(4, filter.blockCount());
        });
    Sql.batch(
        connection,
        "INSERT INTO kyma_filter_part (extent_key, column_id, part, body) VALUES (?, ?, ?, ?)",
        parts,
        (statement, part) -> {
          statement.setString(1, part.extent());
          statement.setInt(2, part.column());
          statement.setLong(3, part.number());
          statement.setBytes(4, part.body());
        });
  }

  /** Replaces the filters of extents. */
  static void replace(Connection connection, long table, Map<String, List<ExtentFilter>> filters)
      throws SQLException {
    delete(connection, filters.keySet());
    for (Map.Entry<String, List<ExtentFilter>> entry : filters.entrySet()) {
      insert(connection, table, entry.getKey(), entry.getValue());
    }
  }

  static void delete(Connection connection, Collection<String> extents) throws SQLException {
    for (String table : List.of("kyma_filter", "kyma_filter_part")) {
      Sql.batch(
          connection,
          "DELETE FROM " + table + " WHERE extent_key = ?",
          extents,
          (statement, extent) -> statement.setString(1, extent));
    }
  }

  /** The extents of a table whose filters exclude a hash. */
  static Set<String> excluded(Connection connection, long table, int column, long hash)
      throws SQLException {
    // The block is the one of ExtentFilter.blockIndex. As a subquery of the selected values it is
    // looked up by its key for each filter, whatever a planner thinks of joins.
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT f.extent_key, (SELECT substr(p.body,"
                + " CAST((((? * f.blocks) >> 32) % 32) * 32 + 1 AS INTEGER), 32)"
                + " FROM kyma_filter_part p WHERE p.extent_key = f.extent_key"
                + " AND p.column_id = f.column_id AND p.part = ((? * f.blocks) >> 32) / 32)"
                + " FROM kyma_filter f WHERE f.table_id = ? AND f.column_id = ?")) {
      statement.setLong(1, hash >>> 32);
      statement.setLong(2, hash >>> 32);
      statement.setLong(3, table);
      statement.setInt(4, column);
      try (ResultSet rows = statement.executeQuery()) {
        Set<String> excluded = new HashSet<>();
        while (rows.next()) {
          byte[] block = rows.getBytes(2);
          if (block != null
              && block.length == ExtentFilter.BLOCK_BYTES
              && !ExtentFilter.mayContain(block, hash)) {
            excluded.add(Objects.requireNonNull(rows.getString(1)));
          }
        }
        return excluded;
      }
    }
  }
}
