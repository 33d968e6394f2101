package dev.kyma.query.core;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.FreshnessToken;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.query.core.exec.Operator;
import dev.kyma.query.core.exec.Pipeline;
import dev.kyma.query.core.exec.Pipelines;
import dev.kyma.query.core.exec.QueryContext;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.TableShape;
import dev.kyma.query.core.read.TableReader;
import dev.kyma.query.core.read.TailLog;
import dev.kyma.query.core.storage.KeyedChanges;
import dev.kyma.query.core.storage.RowDeletion;
import dev.kyma.query.core.storage.RowVersionBatch;
import dev.kyma.query.core.storage.StorageJobs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** UPDATE and DELETE. Safe for use by many threads. */
final class RowWrites {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 10;

  /** About how many rows one request to ingest carries. */
  private static final int REQUEST_ROWS = 8_192;

  private final Catalog catalog;
  private final TailLog log;
  private final IngestGateway ingest;
  private final StorageJobs jobs;

  RowWrites(Catalog catalog, TailLog log, IngestGateway ingest, StorageJobs jobs) {
    this.catalog = catalog;
    this.log = log;
    this.ingest = ingest;
    this.jobs = jobs;
  }

  /** Writes new versions of rows; answers how many, and a token that covers them. */
  IngestGateway.Inserted update(
      Statement.Update update,
      Reading reading,
      QueryContext context,
      Optional<String> authorization) {
    Operator rows = run(update.versions(), reading.tables(update.versions().plan()), context);
    List<RowVersionBatch> versions = new KeyedChanges(update.table(), context).updates(rows);
    return write(update.table(), versions, authorization);
  }

  /** Writes tombstones. */
  IngestGateway.Inserted delete(
      Statement.DeleteKeys delete,
      Reading reading,
      QueryContext context,
      Optional<String> authorization) {
    Operator keys = run(delete.keys(), reading.tables(delete.keys().plan()), context);
    List<RowVersionBatch> versions = new KeyedChanges(delete.table(), context).deletes(keys);
    return write(delete.table(), versions, authorization);
  }

  /** Writes versions in order, few requests for many small batches. */
  private IngestGateway.Inserted write(
      TableShape table, List<RowVersionBatch> versions, Optional<String> authorization) {
    FreshnessToken token = FreshnessToken.NONE;
    long rows = 0;
    for (RowVersionBatch batch : RowVersionBatch.joined(versions, REQUEST_ROWS)) {
      IngestGateway.Inserted some =
          ingest.write(table.name(), batch.op(), batch.columns(), batch.rows(), authorization);
      token = token.and(FreshnessToken.parse(some.token()));
      rows += some.rows();
    }
    return new IngestGateway.Inserted(rows, token.encoded());
  }

  /**
   * Deletes rows of a table without a key.
   *
   * @param rows how many
   * @param snapshot the number of a snapshot without them
   */
  record Deleted(long rows, long snapshot) {}

  /**
   * Deletes rows that were acknowledged before this began: they are brought into extents and then
   * hidden by one commit. Extents that are merged meanwhile are looked through again.
   *
   * @param readings makes readings of snapshots
   */
  Deleted delete(
      Statement.DeleteRows delete, Function<Snapshot, Reading> readings, QueryContext context) {
    TableDef table = current(delete.table(), catalog.snapshot());
    Map<Integer, Long> ends = log.ends(List.of(table.log()));
    if (!isWithin(ends, catalog.snapshot())) {
      jobs.flush(table.id(), context);
    }
    for (int attempt = 1; ; attempt++) {
      Snapshot snapshot = catalog.snapshot();
      if (!isWithin(ends, snapshot)) {
        throw new QueryException(
            QueryException.Code.LOG_REPLACED,
            "the log of table "
                + delete.table().table()
                + " is another one since the statement"
                + " began");
      }
      current(delete.table(), snapshot);
      TableReader tables =
          readings.apply(snapshot).tablesWithout(delete.rows().plan(), table.log());
      RowDeletion rows = new RowDeletion(ends, context);
      rows.addAll(run(delete.rows(), tables, context));
      if (rows.count() == 0) {
        return new Deleted(0, snapshot.number());
      }
      switch (catalog.commit(rows.commit(snapshot, table.id()), PATIENCE)) {
        case CommitOutcome.Committed(var record) -> {
          return new Deleted(rows.count(), record.number());
        }
        case CommitOutcome.Conflict(CommitOutcome.Reason reason, String detail) -> {
          if (attempt == ATTEMPTS) {
            throw new QueryException(
                QueryException.Code.STORAGE_UNAVAILABLE,
                "the table's extents are replaced faster than rows can be deleted: " + detail,
                Map.of("reason", reason.name()));
          }
        }
        case CommitOutcome.Unknown(Throwable cause) ->
            throw new QueryException(
                QueryException.Code.STORAGE_UNAVAILABLE,
                "the catalog did not say whether the rows were deleted",
                cause);
      }
    }
  }

  private static TableDef current(TableShape table, Snapshot snapshot) {
    return snapshot
        .table(Long.parseLong(table.table().id()))
        .orElseThrow(
            () ->
                new QueryException(
                    QueryException.Code.INVALID_REQUEST, "table " + table.table() + " is gone"));
  }

  /** Whether extents hold everything before the ends. */
  private static boolean isWithin(Map<Integer, Long> ends, Snapshot snapshot) {
    return ends.entrySet().stream()
        .allMatch(
            end ->
                snapshot.cursor(end.getKey()).map(SourceCursor::nextOffset).orElse(0L)
                    >= end.getValue());
  }

  private static Operator run(Statement.Query query, TableReader tables, QueryContext context) {
    Pipeline pipeline = Pipelines.of(query.plan(), tables, context);
    pipeline.prepare();
    return Pipelines.streaming(pipeline, context);
  }
}
