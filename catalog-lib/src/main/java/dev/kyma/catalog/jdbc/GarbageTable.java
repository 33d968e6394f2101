package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Garbage;
import dev.kyma.catalog.Pin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Dereferenced extents, the pins that keep them and the horizon below which snapshots are not
 * whole, as rows. Stateless.
 *
 * <p>Garbage goes in two steps: first it is condemned, which raises the horizon, so that no new
 * reader comes to it; a while later it is handed out for removal. Both and the setting of pins hold
 * the horizon's row locked, so that none passes the other unseen.
 */
final class GarbageTable {
  /** The part of the age of garbage that passes between its being condemned and removed. */
  private static final int GRACE = 4;

  private GarbageTable() {}

  /** The least number of a snapshot that is whole. */
  static long horizon(Connection connection) throws SQLException {
    return GrantTable.value(connection, "horizon");
  }

  private static long lockHorizon(Connection connection, Dialect dialect) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT next FROM kyma_sequence WHERE name = 'horizon'" + dialect.forUpdate());
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Refuses the number of a snapshot that is not whole. */
  static void requireWhole(Connection connection, long number, long horizon) throws SQLException {
    if (number >= horizon) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT 1 FROM kyma_pin WHERE number = ?")) {
      statement.setLong(1, number);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new CatalogException.SnapshotGone(number, horizon);
        }
      }
    }
  }

  static void pin(Connection connection, Dialect dialect, Pin pin) throws SQLException {
    requireWhole(connection, pin.number(), lockHorizon(connection, dialect));
    long head = CommitTable.head(connection);
    if (pin.number() > head) {
      throw new CatalogException.SnapshotAhead("snapshot " + pin.number(), head);
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO kyma_pin (name, number) VALUES (?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET number = excluded.number")) {
      statement.setString(1, pin.name());
      statement.setLong(2, pin.number());
      statement.executeUpdate();
    }
  }

  static void unpin(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM kyma_pin WHERE name = ?")) {
      statement.setString(1, name);
      statement.executeUpdate();
    }
  }

  static List<Pin> pins(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT name, number FROM kyma_pin ORDER BY name");
        ResultSet rows = statement.executeQuery()) {
      List<Pin> pins = new ArrayList<>();
      while (rows.next()) {
        pins.add(new Pin(Objects.requireNonNull(rows.getString(1)), rows.getLong(2)));
      }
      return pins;
    }
  }

  /** Condemns what is old enough and answers what was condemned long enough ago. */
  static List<Garbage> garbage(Connection connection, Dialect dialect, Duration minAge, int limit)
      throws SQLException {
    lockHorizon(connection, dialect);
    long now = CommitTable.nowMicros(connection, dialect);
    long age = Math.max(0, Sql.micros(Instant.EPOCH.plus(minAge)));
    String dying =
        " WHERE condemned_us = 0 AND time_us <= ? AND NOT EXISTS (SELECT 1 FROM kyma_pin p"
            + " WHERE p.number >= kyma_garbage.added AND p.number < kyma_garbage.removed)";
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE kyma_garbage SET condemned_us = ?" + dying)) {
      statement.setLong(1, now);
      statement.setLong(2, now - age);
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT MAX(removed) FROM kyma_garbage WHERE condemned_us = ?")) {
      statement.setLong(1, now);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        GrantTable.raise(connection, "horizon", row.getLong(1));
      }
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT extent_key, table_id, removed, time_us FROM kyma_garbage"
                + " WHERE condemned_us > 0 AND condemned_us <= ? AND time_us <= ?"
                + " ORDER BY condemned_us, time_us, extent_key LIMIT ?")) {
      statement.setLong(1, now - age / GRACE);
      statement.setLong(2, now - age);
      statement.setInt(3, limit);
      try (ResultSet rows = statement.executeQuery()) {
        List<Garbage> garbage = new ArrayList<>();
        while (rows.next()) {
          garbage.add(
              new Garbage(
                  Objects.requireNonNull(rows.getString(1)),
                  rows.getLong(2),
                  rows.getLong(3),
                  Sql.instant(rows.getLong(4))));
        }
        return garbage;
      }
    }
  }

  static void collected(Connection connection, List<String> keys) throws SQLException {
    FilterTable.delete(connection, keys);
    Sql.batch(
        connection,
        "DELETE FROM kyma_garbage WHERE extent_key = ? AND condemned_us > 0",
        keys,
        (statement, key) -> statement.setString(1, key));
  }

  static Set<String> named(Connection connection, List<String> keys) throws SQLException {
    Set<String> named = new HashSet<>();
    // Live extents first: one that stops being live meanwhile is found as garbage.
    for (String table : List.of("kyma_extent", "kyma_garbage")) {
      Sql.selectIn(
          connection,
          "SELECT extent_key FROM " + table,
          "extent_key",
          keys,
          "",
          row -> named.add(Objects.requireNonNull(row.getString(1))));
    }
    return named;
  }

  /** Live extents of a table that were added at an instant or before. */
  static Set<String> addedBefore(Connection connection, long table, Instant instant)
      throws SQLException {
    long number = CommitTable.numberAt(connection, instant);
    Set<String> keys = new HashSet<>();
    if (number == 0) {
      return keys;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT extent_key FROM kyma_extent WHERE table_id = ? AND added <= ?")) {
      statement.setLong(1, table);
      statement.setLong(2, number);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          keys.add(Objects.requireNonNull(rows.getString(1)));
        }
      }
    }
    return keys;
  }
}
