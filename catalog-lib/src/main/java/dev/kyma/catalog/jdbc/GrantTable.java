package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.WriteGrant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Write grants and the counters that hand out numbers, as rows. Stateless. */
final class GrantTable {
  static final int OPEN = 1;
  private static final int CLOSED = 2;
  static final int REVOKED = 3;

  private GrantTable() {}

  /** Takes {@code count} consecutive numbers and answers the first. Run in a transaction. */
  static long take(Connection connection, String sequence, int count) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE kyma_sequence SET next = next + ? WHERE name = ?")) {
      statement.setInt(1, count);
      statement.setString(2, sequence);
      statement.executeUpdate();
    }
    return value(connection, sequence) - count;
  }

  static long value(Connection connection, String sequence) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT next FROM kyma_sequence WHERE name = ?")) {
      statement.setString(1, sequence);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Raises a counter; a lower value changes nothing. */
  static void raise(Connection connection, String sequence, long value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE kyma_sequence SET next = ? WHERE name = ? AND next < ?")) {
      statement.setLong(1, value);
      statement.setString(2, sequence);
      statement.setLong(3, value);
      statement.executeUpdate();
    }
  }

  static long nowMicros(Connection connection, Dialect dialect) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT " + dialect.nowMicros());
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  static WriteGrant open(Connection connection, Dialect dialect, String purpose)
      throws SQLException {
    long id = take(connection, "grant", 1);
    String prefix =
        String.format(Locale.ROOT, "%s/%8s/", purpose, Long.toString(id, 32)).replace(' ', '0');
    long micros = nowMicros(connection, dialect);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO kyma_grant (id, key_prefix, opened_us, state) VALUES (?, ?, ?, ?)")) {
      statement.setLong(1, id);
      statement.setString(2, prefix);
      statement.setLong(3, micros);
      statement.setInt(4, OPEN);
      statement.executeUpdate();
    }
    return new WriteGrant(id, prefix, Sql.instant(micros));
  }

  static void close(Connection connection, long id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE kyma_grant SET state = ? WHERE id = ? AND state = ?")) {
      statement.setInt(1, CLOSED);
      statement.setLong(2, id);
      statement.setInt(3, OPEN);
      statement.executeUpdate();
    }
  }

  static List<WriteGrant> revokeOpenedBefore(Connection connection, Instant instant)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE kyma_grant SET state = ? WHERE opened_us < ? AND state = ?")) {
      statement.setInt(1, REVOKED);
      statement.setLong(2, Sql.micros(instant));
      statement.setInt(3, OPEN);
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT id, key_prefix, opened_us FROM kyma_grant WHERE opened_us < ? ORDER BY id")) {
      statement.setLong(1, Sql.micros(instant));
      return grants(statement);
    }
  }

  /** Grants that ended. */
  static List<WriteGrant> ended(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT id, key_prefix, opened_us FROM kyma_grant WHERE state <> ? ORDER BY id")) {
      statement.setInt(1, OPEN);
      return grants(statement);
    }
  }

  private static List<WriteGrant> grants(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      List<WriteGrant> grants = new ArrayList<>();
      while (rows.next()) {
        grants.add(
            new WriteGrant(rows.getLong(1), rows.getString(2), Sql.instant(rows.getLong(3))));
      }
      return grants;
    }
  }

  /** Deletes a grant that ended. */
  static void forget(Connection connection, long id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM kyma_grant WHERE id = ? AND state <> ?")) {
      statement.setLong(1, id);
      statement.setInt(2, OPEN);
      statement.executeUpdate();
    }
  }
}
