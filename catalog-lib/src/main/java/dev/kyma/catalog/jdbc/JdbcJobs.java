package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Job;
import dev.kyma.catalog.Jobs;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Jobs and claims as rows. Every change is one compare-and-set of a row, and is harmless to do
 * twice: a write whose answer was lost is repeated under a name that shows it was done.
 */
final class JdbcJobs implements Jobs {
  private static final Duration REMEMBERED = Duration.ofDays(7);
  private static final int CANDIDATES = 8;

  private static final String COLUMNS =
      "SELECT id, kind, table_id, arguments, state, owner, progress, done, total, result,"
          + " created_us, updated_us FROM kyma_job";
  private static final String FREE = "(state = 1 OR (state = 2 AND lease_us < ?))";

  private final Database database;

  JdbcJobs(Database database) {
    this.database = database;
  }

  private static int code(Job.State state) {
    return switch (state) {
      case QUEUED -> 1;
      case RUNNING -> 2;
      case DONE -> 3;
      case FAILED -> 4;
      case KILLED -> 5;
    };
  }

  /** Text as every database takes it. */
  private static String text(String text) {
    return text.replace('\0', ' ');
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  private long now(Connection connection) throws SQLException {
    return GrantTable.nowMicros(connection, database.dialect());
  }

  @Override
  public long submit(Job.Kind kind, long table, String arguments) {
    String request = UUID.randomUUID().toString();
    return database.write(c -> submit(c, request, kind, table, arguments));
  }

  private long submit(
      Connection connection, String request, Job.Kind kind, long table, String arguments)
      throws SQLException {
    long now = now(connection);
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM kyma_job WHERE state > 2 AND updated_us < ?")) {
      statement.setLong(1, now - micros(REMEMBERED));
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM kyma_job WHERE request = ?")) {
      statement.setString(1, request);
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          return row.getLong(1);
        }
      }
    }
    long id = GrantTable.take(connection, "job", 1) + 1;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO kyma_job (id, request, kind, table_id, arguments, state, owner, claim,"
                + " lease_us, progress, done, total, result, created_us, updated_us)"
                + " VALUES (?, ?, ?, ?, ?, 1, '', '', 0, '', 0, 0, '', ?, ?)")) {
      statement.setLong(1, id);
      statement.setString(2, request);
      statement.setString(3, kind.name());
      statement.setLong(4, table);
      statement.setString(5, text(arguments));
      statement.setLong(6, now);
      statement.setLong(7, now);
      statement.executeUpdate();
    }
    return id;
  }

  @Override
  public Optional<Job> claim(String owner, Set<Job.Kind> kinds, Duration lease) {
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    String claim = UUID.randomUUID().toString();
    return database.write(c -> Optional.ofNullable(claim(c, claim, owner, kinds, lease)));
  }

  private @Nullable Job claim(
      Connection connection, String claim, String owner, Set<Job.Kind> kinds, Duration lease)
      throws SQLException {
    List<Job> mine = jobs(connection, COLUMNS + " WHERE claim = ?", s -> s.setString(1, claim));
    if (!mine.isEmpty()) {
      return mine.getFirst();
    }
    long now = now(connection);
    List<Job> free =
        jobs(
            connection,
            COLUMNS
                + " WHERE "
                + FREE
                + " AND kind IN ("
                + String.join(",", Collections.nCopies(kinds.size(), "?"))
                + ") ORDER BY id LIMIT "
                + CANDIDATES,
            statement -> {
              statement.setLong(1, now);
              int at = 2;
              for (Job.Kind kind : kinds) {
                statement.setString(at++, kind.name());
              }
            });
    for (Job job : free) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "UPDATE kyma_job SET state = 2, owner = ?, claim = ?, lease_us = ?, updated_us = ?"
                  + " WHERE id = ? AND "
                  + FREE)) {
        statement.setString(1, owner);
        statement.setString(2, claim);
        statement.setLong(3, now + micros(lease));
        statement.setLong(4, now);
        statement.setLong(5, job.id());
        statement.setLong(6, now);
        if (statement.executeUpdate() == 1) {
          return find(connection, job.id());
        }
      }
    }
    return null;
  }

  @Override
  public Standing progress(long job, String owner, Job.Progress progress, Duration lease) {
    return database.write(
        c -> {
          long now = now(c);
          try (PreparedStatement statement =
              c.prepareStatement(
                  "UPDATE kyma_job SET progress = ?, done = ?, total = ?, lease_us = ?,"
                      + " updated_us = ? WHERE id = ? AND owner = ? AND state = 2")) {
            statement.setString(1, text(progress.text()));
            statement.setLong(2, progress.done());
            statement.setLong(3, progress.total());
            statement.setLong(4, now + micros(lease));
            statement.setLong(5, now);
            statement.setLong(6, job);
            statement.setString(7, owner);
            if (statement.executeUpdate() == 1) {
              return Standing.MINE;
            }
          }
          Job known = find(c, job);
          return known != null && known.state() == Job.State.KILLED
              ? Standing.KILLED
              : Standing.LOST;
        });
  }

  @Override
  public boolean finish(long job, String owner, String result) {
    return end(job, owner, Job.State.DONE, result);
  }

  @Override
  public boolean fail(long job, String owner, String reason) {
    return end(job, owner, Job.State.FAILED, reason);
  }

  private boolean end(long job, String owner, Job.State state, String result) {
    return database.write(
        c -> {
          try (PreparedStatement statement =
              c.prepareStatement(
                  "UPDATE kyma_job SET state = ?, result = ?, updated_us = ?"
                      + " WHERE id = ? AND owner = ? AND state = 2")) {
            statement.setInt(1, code(state));
            statement.setString(2, text(result));
            statement.setLong(3, now(c));
            statement.setLong(4, job);
            statement.setString(5, owner);
            if (statement.executeUpdate() == 1) {
              return true;
            }
          }
          // Perhaps this was done before and its answer was lost.
          Job known = find(c, job);
          return known != null
              && known.state() == state
              && known.owner().equals(Optional.of(owner))
              && known.result().equals(Optional.of(text(result)));
        });
  }

  @Override
  public boolean kill(long job) {
    String claim = UUID.randomUUID().toString();
    return database.write(
        c -> {
          try (PreparedStatement statement =
              c.prepareStatement(
                  "UPDATE kyma_job SET state = 5, claim = ?, updated_us = ?"
                      + " WHERE id = ? AND (state < 3 OR claim = ?)")) {
            statement.setString(1, claim);
            statement.setLong(2, now(c));
            statement.setLong(3, job);
            statement.setString(4, claim);
            return statement.executeUpdate() == 1;
          }
        });
  }

  @Override
  public List<Job> list(int limit) {
    return database.read(
        c -> jobs(c, COLUMNS + " ORDER BY id DESC LIMIT ?", s -> s.setInt(1, limit)));
  }

  @Override
  public Optional<Job> find(long job) {
    return database.read(c -> Optional.ofNullable(find(c, job)));
  }

  private static @Nullable Job find(Connection connection, long job) throws SQLException {
    List<Job> found = jobs(connection, COLUMNS + " WHERE id = ?", s -> s.setLong(1, job));
    return found.isEmpty() ? null : found.getFirst();
  }

  @Override
  public boolean claim(String name, String owner, Duration lease) {
    return database.write(
        c -> {
          long now = now(c);
          try (PreparedStatement statement =
              c.prepareStatement(
                  "INSERT INTO kyma_claim (name, owner, until_us) VALUES (?, ?, ?)"
                      + " ON CONFLICT (name) DO UPDATE SET owner = excluded.owner,"
                      + " until_us = excluded.until_us"
                      + " WHERE kyma_claim.until_us < ? OR kyma_claim.owner = excluded.owner")) {
            statement.setString(1, text(name));
            statement.setString(2, owner);
            statement.setLong(3, now + micros(lease));
            statement.setLong(4, now);
            return statement.executeUpdate() == 1;
          }
        });
  }

  @Override
  public void release(String name, String owner) {
    database.write(
        c -> {
          try (PreparedStatement statement =
              c.prepareStatement("DELETE FROM kyma_claim WHERE name = ? AND owner = ?")) {
            statement.setString(1, text(name));
            statement.setString(2, owner);
            return statement.executeUpdate();
          }
        });
  }

  private interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private static List<Job> jobs(Connection connection, String sql, Binding binding)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      binding.bind(statement);
      try (ResultSet rows = statement.executeQuery()) {
        List<Job> jobs = new ArrayList<>();
        while (rows.next()) {
          jobs.add(job(rows));
        }
        return jobs;
      }
    }
  }

  private static Job job(ResultSet row) throws SQLException {
    Job.State state = state(row.getInt(5));
    String owner = Objects.requireNonNull(row.getString(6));
    return new Job(
        row.getLong(1),
        kind(Objects.requireNonNull(row.getString(2))),
        row.getLong(3),
        Objects.requireNonNull(row.getString(4)),
        state,
        owner.isEmpty() ? Optional.empty() : Optional.of(owner),
        new Job.Progress(Objects.requireNonNull(row.getString(7)), row.getLong(8), row.getLong(9)),
        state.isEnd() ? Optional.of(Objects.requireNonNull(row.getString(10))) : Optional.empty(),
        Sql.instant(row.getLong(11)),
        Sql.instant(row.getLong(12)));
  }

  private static Job.State state(int code) {
    for (Job.State state : Job.State.values()) {
      if (code(state) == code) {
        return state;
      }
    }
    throw new CatalogException.Corrupt("a job in state " + code);
  }

  private static Job.Kind kind(String name) {
    try {
      return Job.Kind.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new CatalogException.Corrupt("a job of kind " + name);
    }
  }
}
