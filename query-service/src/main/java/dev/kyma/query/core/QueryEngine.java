package dev.kyma.query.core;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Snapshot;
import dev.kyma.query.core.exec.MemoryBudget;
import dev.kyma.query.core.exec.QueryContext;
import dev.kyma.query.core.frontend.QueryFrontend;
import dev.kyma.query.core.frontend.Schemas;
import dev.kyma.query.core.frontend.Session;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.read.Extents;
import dev.kyma.query.core.read.PastSnapshots;
import dev.kyma.query.core.read.StaleSchemaException;
import dev.kyma.query.core.read.TailCache;
import dev.kyma.query.core.read.TailLog;
import dev.kyma.query.core.storage.StorageJobs;
import dev.kyma.query.core.storage.StorageViews;
import dev.kyma.query.core.storage.TableChanges;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Answers statements. Safe for use by many threads; holds no state but caches and the count of
 * running queries.
 */
public final class QueryEngine {
  /** How often a statement is planned again because schemas widened meanwhile. */
  private static final int MAX_PLANS = 4;

  /**
   * How old a snapshot may be that is read while the catalog does not answer. The rows are the same
   * as ever, since the log goes on from whatever the snapshot holds; objects of older snapshots may
   * be removed while a query runs.
   */
  private static final Duration MIRROR_AGE = Duration.ofMinutes(1);

  private final Map<String, QueryFrontend> frontends;
  private final Catalog catalog;
  private final PastSnapshots past;
  private final TailLog log;
  private final TailCache tails;
  private final Extents extents;
  private final IngestGateway ingest;
  private final QueryLimits limits;
  private final Executor workers;
  private final Clock clock;
  private final Semaphore turns;
  private final TableChanges changes;
  private final StorageJobs jobs;
  private final StorageViews views;
  private final RowWrites writes;

  /**
   * @param frontends one for each language
   * @param tails what is kept of the log from query to query
   * @param workers runs parts of queries; must take as many tasks as queries have threads
   * @param clock says what {@code now()} is
   */
  public QueryEngine(
      List<QueryFrontend> frontends,
      Catalog catalog,
      TailLog log,
      TailCache tails,
      Extents extents,
      IngestGateway ingest,
      QueryLimits limits,
      Executor workers,
      Clock clock) {
    this.frontends =
        frontends.stream().collect(Collectors.toMap(QueryFrontend::language, Function.identity()));
    this.catalog = catalog;
    this.log = log;
    this.tails = tails;
    this.extents = extents;
    this.ingest = ingest;
    this.limits = limits;
    this.workers = workers;
    this.clock = clock;
    this.past = new CatalogPast(catalog, clock);
    this.turns = new Semaphore(limits.maxConcurrent(), true);
    this.changes = new TableChanges(catalog);
    this.jobs = new StorageJobs(catalog, limits.maxTime().multipliedBy(9).dividedBy(10));
    this.views = new StorageViews(catalog, log);
    this.writes = new RowWrites(catalog, log, ingest, jobs);
  }

  /**
   * Begins to answer a statement: returns once the first rows are there, or none will be.
   *
   * @param cancelling ends the query, also while this method works
   * @throws QueryException if it cannot be answered
   * @throws dev.kyma.query.core.frontend.StatementException if the statement is at fault
   */
  public QueryAnswer answer(QueryRequest request, CancelSignal cancelling) {
    QueryFrontend frontend = frontends.get(request.language());
    if (frontend == null) {
      throw new QueryException(
          QueryException.Code.INVALID_REQUEST, "there is no language " + request.language());
    }
    long begin = System.nanoTime();
    Turn turn = takeTurn();
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          return answer(request, frontend, begin, turn, cancelling);
        } catch (StaleSchemaException e) {
          if (attempt == MAX_PLANS) {
            throw new QueryException(
                QueryException.Code.STORAGE_UNAVAILABLE,
                "the table's schema widens faster than the statement can be planned",
                e);
          }
        }
      }
    } catch (StackOverflowError e) {
      turn.release();
      throw new QueryException(
          QueryException.Code.QUERY_LIMIT_EXCEEDED,
          "the statement is nested too deeply",
          Map.of("limit", "nesting"));
    } catch (RuntimeException | Error e) {
      turn.release();
      throw e;
    }
  }

  private Turn takeTurn() {
    try {
      if (turns.tryAcquire(limits.maxQueueTime().toMillis(), TimeUnit.MILLISECONDS)) {
        return new Turn(turns);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryException(QueryException.Code.CANCELLED, "the query was cancelled", e);
    }
    throw new QueryException(
        QueryException.Code.TOO_MANY_QUERIES,
        "as many queries as may (" + limits.maxConcurrent() + ") run already",
        Map.of("limit", "kyma.query.max-concurrent", "allowed", limits.maxConcurrent()));
  }

  private QueryAnswer answer(
      QueryRequest request,
      QueryFrontend frontend,
      long begin,
      Turn turn,
      CancelSignal cancelling) {
    Snapshot snapshot;
    try {
      snapshot = catalog.snapshot(Duration.ZERO, MIRROR_AGE);
    } catch (CatalogException e) {
      throw new QueryException(
          QueryException.Code.STORAGE_UNAVAILABLE, "the catalog does not answer", e);
    }
    Instant now = clock.instant();
    QueryContext context =
        new QueryContext(
            new MemoryBudget(
                Math.min(limits.maxMemory(), request.maxMemory().orElse(Long.MAX_VALUE))),
            limits.maxTime(),
            limits.parallelism(),
            workers,
            now);
    cancelling.attach(context::cancel);
    Schemas schemas = new CatalogSchemas(snapshot);
    Statement statement = frontend.parse(request.text(), new Session(schemas, now));
    Reading reading =
        new Reading(snapshot, request.freshness(), past, log, tails, extents, limits, context);
    RunningQuery query = new RunningQuery(reading, context, begin, clock, turn);
    switch (statement) {
      case Statement.Query rows -> query.run(rows);
      case Statement.Explain explain -> query.explain(explain);
      case Statement.CreateTable create -> {
        IngestGateway.Creation creation = ingest.createTable(create, request.authorization());
        query.rows(
            new RowsAnswer()
                .text("table")
                .text("outcome")
                .row(
                    create.name(),
                    creation == IngestGateway.Creation.CREATED ? "created" : "existed"));
      }
      case Statement.AddColumns add -> {
        int version = changes.addColumns(add);
        query.rows(
            new RowsAnswer()
                .text("table")
                .integer("version")
                .row(add.table().table(), (long) version));
      }
      case Statement.SetOptions set -> {
        int version = changes.setOptions(set);
        query.rows(
            new RowsAnswer()
                .text("table")
                .integer("version")
                .row(set.table().table(), (long) version));
      }
      case Statement.DropTable drop -> {
        boolean dropped = changes.drop(drop);
        query.rows(
            new RowsAnswer()
                .text("table")
                .text("outcome")
                .row(drop.name(), dropped ? "dropped" : "absent"));
      }
      case Statement.Update update ->
          written(query, writes.update(update, hot(reading), context, request.authorization()));
      case Statement.DeleteKeys delete ->
          written(query, writes.delete(delete, hot(reading), context, request.authorization()));
      case Statement.DeleteRows delete -> {
        RowWrites.Deleted deleted =
            writes.delete(delete, later -> reading.at(later, new Freshness.Hot()), context);
        query.rows(
            new RowsAnswer()
                .integer("rows")
                .integer("snapshot")
                .row(deleted.rows(), deleted.snapshot()));
      }
      case Statement.Maintain maintain -> query.rows(jobs.run(maintain.work(), context));
      case Statement.ShowStorage show -> query.rows(views.show(show, snapshot, reading::tailRows));
      case Statement.ShowJobs _ -> query.rows(views.jobs(snapshot));
      case Statement.KillJob kill -> query.rows(jobs.kill(kill.job()));
      case Statement.Insert insert ->
          written(query, ingest.insert(insert, request.authorization()));
      case Statement.Describe describe -> query.rows(Answers.describe(describe.table()));
      case Statement.ShowTables show -> query.rows(Answers.tables(schemas, show.database()));
      case Statement.ShowDatabases _ -> query.rows(Answers.databases(schemas));
    }
    return query;
  }

  /** Statements that change rows read all that was acknowledged, whatever is asked for. */
  private static Reading hot(Reading reading) {
    return switch (reading.freshness()) {
      case Freshness.Committed _ -> reading.at(reading.snapshot(), new Freshness.Hot());
      case Freshness.Hot _, Freshness.Token _ -> reading;
    };
  }

  private static void written(RunningQuery query, IngestGateway.Inserted written) {
    query.inserted(written.token());
    query.rows(new RowsAnswer().integer("rows").text("token").row(written.rows(), written.token()));
  }

  /** A turn to run a query, given back once. */
  static final class Turn {
    private final Semaphore turns;
    private boolean released;

    Turn(Semaphore turns) {
      this.turns = turns;
    }

    synchronized void release() {
      if (!released) {
        released = true;
        turns.release();
      }
    }
  }

  /** Loads what the first query would otherwise wait for. */
  public void warmUp() {
    frontends.values().forEach(QueryFrontend::warmUp);
  }

  /** The tables there are now. */
  public Snapshot snapshot() {
    return catalog.snapshot(Duration.ZERO, MIRROR_AGE);
  }
}
