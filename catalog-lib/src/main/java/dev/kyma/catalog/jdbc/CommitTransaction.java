package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.commit.CommitCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The statements of one transaction that applies a group of commits.
 *
 * <ol>
 *   <li>Insert every commit's id under its unique key. Whoever submits the same id meanwhile waits
 *       here until this transaction has ended; an id already there is answered with its record.
 *   <li>Lock and read what the commits are about: grants, tables, cursors, extents, each in the
 *       order of their keys.
 *   <li>Decide one commit after the other in memory; those refused take back their ids.
 *   <li>Write tables and cursors that changed, and filters.
 *   <li>Lock the head row, take the next numbers, write extents, store the commits.
 * </ol>
 *
 * The caller commits. Used once, by one thread.
 */
final class CommitTransaction {
  private final Connection connection;
  private final Dialect dialect;
  private final Mirror mirror;
  private final Map<UUID, Submission> submissions = new LinkedHashMap<>();
  private final Map<UUID, Verdict> verdicts = new HashMap<>();

  CommitTransaction(
      Connection connection, Dialect dialect, Mirror mirror, List<Submission> submissions) {
    this.connection = connection;
    this.dialect = dialect;
    this.mirror = mirror;
    submissions.forEach(each -> this.submissions.putIfAbsent(each.commit().id(), each));
  }

  /** The verdicts, by commit id. */
  Map<UUID, Verdict> verdicts() {
    return verdicts;
  }

  /**
   * Runs the statements.
   *
   * @return whether there is anything to commit
   */
  boolean run() throws SQLException {
    List<Commit> open = insertIds();
    GroupState state = new GroupReader(connection, dialect, mirror).read(open);
    GroupWriter writer = new GroupWriter(connection, state);
    List<Commit> applied = new ArrayList<>();
    List<Commit> refused = new ArrayList<>();
    for (Commit commit : open) {
      var refusal = state.apply(commit);
      if (refusal.isPresent()) {
        verdicts.put(commit.id(), refusal.get());
        refused.add(commit);
      } else {
        applied.add(commit);
      }
    }
    if (applied.isEmpty()) {
      return false;
    }
    Sql.batch(
        connection,
        "DELETE FROM kyma_commit_id WHERE id = ?",
        refused,
        (statement, commit) -> statement.setString(1, commit.id().toString()));
    writer.writeTables();
    writer.writeCursors();
    writeFilters(applied);
    takeNumbers(applied, writer);
    return true;
  }

  private List<Commit> insertIds() throws SQLException {
    List<Commit> open = new ArrayList<>();
    submissions.values().forEach(submission -> open.add(submission.commit()));
    List<Commit> sorted = new ArrayList<>(open);
    sorted.sort(Comparator.comparing(commit -> commit.id().toString()));
    int[] inserted =
        Sql.batch(
            connection,
            "INSERT INTO kyma_commit_id (id) VALUES (?) ON CONFLICT DO NOTHING",
            sorted,
            (statement, commit) -> statement.setString(1, commit.id().toString()));
    Set<UUID> known = new HashSet<>();
    for (int i = 0; i < inserted.length; i++) {
      if (inserted[i] == 0) {
        Commit commit = sorted.get(i);
        known.add(commit.id());
        CommitRecord record = CommitTable.find(connection, commit.id());
        if (record == null) {
          throw new CatalogException.Corrupt("commit id " + commit.id() + " without a commit");
        }
        verdicts.put(commit.id(), new Verdict.Applied(record));
      }
    }
    open.removeIf(commit -> known.contains(commit.id()));
    return open;
  }

  private void writeFilters(List<Commit> applied) throws SQLException {
    for (Commit commit : applied) {
      var filters = Objects.requireNonNull(submissions.get(commit.id())).filters();
      for (ExtentRef extent : commit.add()) {
        FilterTable.insert(
            connection,
            extent.table(),
            extent.key(),
            filters.getOrDefault(extent.key(), List.of()));
      }
    }
  }

  private void takeNumbers(List<Commit> applied, GroupWriter writer) throws SQLException {
    List<byte[]> bodies = applied.stream().map(CommitCodec::body).toList();
    long number;
    long micros;
    try (PreparedStatement head =
            connection.prepareStatement(
                "SELECT number, time_us, "
                    + dialect.nowMicros()
                    + " FROM kyma_head WHERE id = 1"
                    + dialect.forUpdate());
        ResultSet row = head.executeQuery()) {
      row.next();
      number = row.getLong(1);
      micros = Math.max(row.getLong(2) + 1, row.getLong(3));
    }
    List<CommitRecord> records = new ArrayList<>();
    for (int i = 0; i < applied.size(); i++) {
      Instant time = Sql.instant(micros + i);
      records.add(new CommitRecord(number + 1 + i, time, applied.get(i)));
    }
    Writes writes = new Writes();
    writer.writeExtents(records, writes);
    CommitTable.insert(writes, records, bodies);
    CommitRecord last = records.getLast();
    writes.add(
        "UPDATE kyma_head SET number = ?, time_us = ? WHERE id = 1",
        last.number(),
        Sql.micros(last.time()));
    writes.run(connection, dialect);
    for (CommitRecord record : records) {
      verdicts.put(record.commit().id(), new Verdict.Applied(record));
    }
  }
}
