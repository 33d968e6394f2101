package dev.kyma.catalog.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Statements over many values at once, and the catalog's way to store times. */
final class Sql {
  private static final int VALUES_PER_STATEMENT = 500;

  private Sql() {}

  interface Row {
    void read(ResultSet row) throws SQLException;
  }

  interface Bind<T> {
    void bind(PreparedStatement statement, T value) throws SQLException;
  }

  /**
   * Selects the rows whose column has one of some values, in the order of that column, so that
   * locks are always taken in the same order.
   */
  static <T extends Comparable<T>> void selectIn(
      Connection connection,
      String select,
      String column,
      Collection<T> values,
      String suffix,
      Row row)
      throws SQLException {
    List<T> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    for (int from = 0; from < sorted.size(); from += VALUES_PER_STATEMENT) {
      List<T> some = sorted.subList(from, Math.min(sorted.size(), from + VALUES_PER_STATEMENT));
      String sql =
          select
              + " WHERE "
              + column
              + " IN ("
              + String.join(",", Collections.nCopies(some.size(), "?"))
              + ") ORDER BY "
              + column
              + suffix;
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < some.size(); i++) {
          statement.setObject(i + 1, some.get(i));
        }
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            row.read(rows);
          }
        }
      }
    }
  }

  /**
   * Runs a statement once for each value; answers how many rows each changed.
   *
   * @throws SQLException also where Postgres' driver finds its connection closed under the batch
   *     and says so by an {@link AssertionError}
   */
  static <T> int[] batch(Connection connection, String sql, Collection<T> values, Bind<T> bind)
      throws SQLException {
    if (values.isEmpty()) {
      return new int[0];
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (T value : values) {
        bind.bind(statement, value);
        statement.addBatch();
      }
      return statement.executeBatch();
    } catch (AssertionError e) {
      throw new SQLNonTransientConnectionException("the connection was lost", "08006", e);
    }
  }

  /** Runs a text of one or more statements that answer nothing. */
  static void execute(Connection connection, String sql, List<Object> values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i) instanceof byte[] bytes) {
          statement.setBytes(i + 1, bytes);
        } else {
          statement.setObject(i + 1, values.get(i));
        }
      }
      statement.execute();
    }
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }

  /** Microseconds since 1970, rounded down. */
  static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }
}
