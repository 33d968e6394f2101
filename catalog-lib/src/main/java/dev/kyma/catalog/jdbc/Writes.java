package dev.kyma.catalog.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Statements that answer nothing, collected so that a database across a network takes them in one
 * exchange: between two exchanges everybody waits who waits for the locks that are held. Used by
 * one thread.
 */
final class Writes {
  private static final int ROWS_PER_STATEMENT = 500;

  /**
   * One statement.
   *
   * @param values what stands for its question marks: numbers, texts and bytes
   */
  record Write(String sql, List<Object> values) {}

  private final List<Write> writes = new ArrayList<>();

  /** Adds a statement. */
  void add(String sql, Object... values) {
    writes.add(new Write(sql, List.of(values)));
  }

  /**
   * Adds the insertion of rows, by as few statements as possible.
   *
   * @param into the statement up to the word VALUES
   * @param tail what follows the values, perhaps nothing
   * @param values what a row consists of
   */
  <T> void insert(String into, List<T> rows, String tail, Function<T, List<Object>> values) {
    for (int from = 0; from < rows.size(); from += ROWS_PER_STATEMENT) {
      List<T> some = rows.subList(from, Math.min(rows.size(), from + ROWS_PER_STATEMENT));
      List<Object> all = new ArrayList<>();
      for (T row : some) {
        all.addAll(values.apply(row));
      }
      String row =
          "(" + String.join(", ", Collections.nCopies(all.size() / some.size(), "?")) + ")";
      String sql =
          into + " VALUES " + String.join(", ", Collections.nCopies(some.size(), row)) + tail;
      writes.add(new Write(sql, all));
    }
  }

  /**
   * Adds the deletion of rows.
   *
   * @param where the statement up to the column that has one of the values
   */
  void delete(String where, List<String> values) {
    for (int from = 0; from < values.size(); from += ROWS_PER_STATEMENT) {
      List<String> some = values.subList(from, Math.min(values.size(), from + ROWS_PER_STATEMENT));
      String places = String.join(", ", Collections.nCopies(some.size(), "?"));
      writes.add(new Write(where + " IN (" + places + ")", List.copyOf(some)));
    }
  }

  /** Runs what was added, in order. */
  void run(Connection connection, Dialect dialect) throws SQLException {
    if (!writes.isEmpty()) {
      dialect.run(connection, writes);
    }
  }
}
