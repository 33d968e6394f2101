package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.commit.CheckpointCodec;
import dev.kyma.catalog.commit.CommitCodec;
import dev.kyma.catalog.commit.FoldedSnapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commits and checkpoints as rows. Stateless. */
final class CommitTable {
  private CommitTable() {}

  static long head(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT number FROM kyma_head WHERE id = 1");
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new CatalogException.Corrupt("the catalog's database has no head");
      }
      return row.getLong(1);
    }
  }

  /** Waits until no commit is between its time and its end, and keeps others from beginning. */
  static void lockHead(Connection connection, Dialect dialect) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT number FROM kyma_head WHERE id = 1" + dialect.forUpdate());
        ResultSet row = statement.executeQuery()) {
      row.next();
    }
  }

  /** The database's clock, or the time of the last commit where that is ahead of it. */
  static long nowMicros(Connection connection, Dialect dialect) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT time_us, " + dialect.nowMicros() + " FROM kyma_head WHERE id = 1");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return Math.max(row.getLong(1), row.getLong(2));
    }
  }

  /** The number of the last commit up to an instant, 0 when there is none. */
  static long numberAt(Connection connection, Instant instant) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT number FROM kyma_commit WHERE time_us <= ? ORDER BY time_us DESC LIMIT 1")) {
      statement.setLong(1, Sql.micros(instant));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  static @Nullable CommitRecord find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT c.number, c.time_us, c.body FROM kyma_commit_id i"
                + " JOIN kyma_commit c ON c.number = i.number WHERE i.id = ?")) {
      statement.setString(1, id.toString());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? record(row) : null;
      }
    }
  }

  static List<CommitRecord> after(Connection connection, long number, int limit)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT number, time_us, body FROM kyma_commit WHERE number > ?"
                + " ORDER BY number LIMIT ?")) {
      statement.setLong(1, number);
      statement.setInt(2, limit);
      try (ResultSet rows = statement.executeQuery()) {
        List<CommitRecord> records = new ArrayList<>();
        while (rows.next()) {
          records.add(record(rows));
        }
        return records;
      }
    }
  }

  private static CommitRecord record(ResultSet row) throws SQLException {
    return new CommitRecord(
        row.getLong(1), Sql.instant(row.getLong(2)), CommitCodec.commit(row.getBytes(3)));
  }

  /** Inserts commits and makes their ids, which are there, point at them. */
  static void insert(Writes writes, List<CommitRecord> records, List<byte[]> bodies) {
    long first = records.getFirst().number();
    writes.insert(
        "INSERT INTO kyma_commit (number, time_us, body)",
        records,
        "",
        record ->
            List.of(
                record.number(),
                Sql.micros(record.time()),
                bodies.get((int) (record.number() - first))));
    writes.insert(
        "INSERT INTO kyma_commit_id (id, number)",
        records,
        " ON CONFLICT (id) DO UPDATE SET number = excluded.number",
        record -> List.of(record.commit().id().toString(), record.number()));
  }

  /** The newest checkpoint up to a number, or the empty snapshot when there is none. */
  static FoldedSnapshot checkpoint(Connection connection, long number, FoldedSnapshot empty)
      throws SQLException {
    // One statement, so that the parts are of one checkpoint even while older ones are removed.
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT body FROM kyma_checkpoint WHERE number ="
                + " (SELECT MAX(number) FROM kyma_checkpoint WHERE number <= ?) ORDER BY part")) {
      statement.setLong(1, number);
      try (ResultSet rows = statement.executeQuery()) {
        List<byte[]> parts = new ArrayList<>();
        while (rows.next()) {
          parts.add(Objects.requireNonNull(rows.getBytes(1)));
        }
        return parts.isEmpty() ? empty : CheckpointCodec.snapshot(parts, empty);
      }
    }
  }

  static boolean hasCheckpoint(Connection connection, long number) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT 1 FROM kyma_checkpoint WHERE number = ? AND part = 0")) {
      statement.setLong(1, number);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Stores a checkpoint unless it is there. */
  static void insertCheckpoint(Connection connection, long number, List<byte[]> parts)
      throws SQLException {
    List<Integer> numbers = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      numbers.add(part);
    }
    Sql.batch(
        connection,
        "INSERT INTO kyma_checkpoint (number, part, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        numbers,
        (statement, part) -> {
          statement.setLong(1, number);
          statement.setInt(2, part);
          statement.setBytes(3, parts.get(part));
        });
  }

  /**
   * Removes checkpoints that are of little use: the further back, the fewer stay, so that a
   * snapshot of the past is at most about as many commits after a checkpoint as it is before the
   * newest one; below all that can be asked for one stays.
   */
  static void thinCheckpoints(Connection connection, long newest, int every) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    long needed = Long.MAX_VALUE;
    long first = 1;
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT MIN(number) FROM kyma_commit");
        ResultSet row = statement.executeQuery()) {
      row.next();
      first = row.getLong(1);
    }
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT DISTINCT number FROM kyma_checkpoint ORDER BY number");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
    }
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT next FROM kyma_sequence WHERE name = 'horizon'"
                    + " UNION ALL SELECT number FROM kyma_pin");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        needed = Math.min(needed, rows.getLong(1));
      }
    }
    List<Long> idle = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      long age = (newest - numbers.get(i)) / every;
      boolean below = i + 1 < numbers.size() && numbers.get(i + 1) <= needed;
      int spread = Long.numberOfTrailingZeros(Math.max(1, numbers.get(i) / every)) + 1;
      // Where commits before are not here, as in a rebuilt catalog, nothing else leads to those
      // after.
      boolean root = first > 1 && numbers.get(i) == first - 1;
      if (age > 1 && (below || !root && age > 1L << Math.min(spread, 40))) {
        idle.add(numbers.get(i));
      }
    }
    Sql.batch(
        connection,
        "DELETE FROM kyma_checkpoint WHERE number = ?",
        idle,
        (statement, number) -> statement.setLong(1, number));
  }
}
