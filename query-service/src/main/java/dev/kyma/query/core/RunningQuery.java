package dev.kyma.query.core;

import dev.kyma.format.vector.Batch;
import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.exec.Operator;
import dev.kyma.query.core.exec.Pipeline;
import dev.kyma.query.core.exec.Pipelines;
import dev.kyma.query.core.exec.QueryContext;
import dev.kyma.query.core.frontend.OutputColumn;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.read.ReadStats;
import dev.kyma.query.core.read.TableReader;
import dev.kyma.service.report.Report;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One query while it is answered. */
final class RunningQuery implements QueryAnswer {
  private final Reading reading;
  private final QueryContext context;
  private final long begin;
  private final Clock clock;
  private final QueryEngine.Turn turn;
  private List<OutputColumn> columns = List.of();
  private Operator operator = () -> null;
  private @Nullable Chunk first;
  private long rows;
  private Optional<String> token = Optional.empty();

  /**
   * @param begin when the request came, as {@link System#nanoTime()} says
   * @param turn given back when the answer is closed
   */
  RunningQuery(
      Reading reading, QueryContext context, long begin, Clock clock, QueryEngine.Turn turn) {
    this.reading = reading;
    this.context = context;
    this.begin = begin;
    this.clock = clock;
    this.turn = turn;
  }

  /** Runs a query up to its first rows. */
  void run(Statement.Query query) {
    TableReader tables = reading.tables(query.plan());
    Pipeline pipeline = Pipelines.of(query.plan(), tables, context);
    pipeline.prepare();
    columns = query.columns();
    operator = Pipelines.streaming(pipeline, context);
    first = operator.next();
  }

  /** Answers the lines of a plan; runs the query first when it is to be analyzed. */
  void explain(Statement.Explain explain) {
    RowsAnswer answer = new RowsAnswer().text("plan");
    ExplainText.lines(explain.query().plan(), reading.committedTables()).forEach(answer::row);
    switch (explain.mode()) {
      case PLAN -> {}
      case ANALYZE -> {
        run(explain.query());
        for (Chunk chunk = next(); chunk != null; chunk = next()) {
          context.check();
        }
        ReadStats.Totals read = reading.stats().totals();
        answer.row(
            "ran in %d us, %d rows, extents %d of %d, blocks %d of %d, bytes %d of %d, tail rows %d"
                .formatted(
                    (System.nanoTime() - begin) / 1_000,
                    rows,
                    read.extentsRead(),
                    read.extents(),
                    read.scans().blocksRead(),
                    read.scans().blocks(),
                    read.scans().bytesRead(),
                    read.bytes(),
                    read.tailRows()));
        rows = 0;
      }
    }
    rows(answer);
  }

  /** Answers rows that are there already. */
  void rows(RowsAnswer answer) {
    columns = answer.columns();
    Batch batch = answer.batch();
    operator = () -> null;
    first = batch.rowCount() == 0 ? null : Chunk.of(batch);
  }

  /** Answers a report. */
  void rows(Report report) {
    rows(RowsAnswer.of(report));
  }

  /** Notes the token of rows the statement stored. */
  void inserted(String stored) {
    token = Optional.of(stored);
  }

  @Override
  public List<OutputColumn> columns() {
    return columns;
  }

  @Override
  public @Nullable Chunk next() {
    context.check();
    Chunk chunk = first;
    if (chunk == null) {
      chunk = operator.next();
    }
    first = null;
    if (chunk != null) {
      rows += chunk.selection().count();
    }
    return chunk;
  }

  @Override
  public QueryStats stats() {
    boolean committed = reading.freshness() instanceof Freshness.Committed;
    Duration age = Duration.between(reading.snapshot().time(), clock.instant());
    return new QueryStats(
        reading.snapshot().number(),
        reading.freshness().level(),
        token.orElse(reading.token().encoded()),
        committed && reading.snapshot().number() > 0 && !age.isNegative() ? age : Duration.ZERO,
        context.parallelism(),
        Duration.ofNanos(System.nanoTime() - begin),
        rows,
        reading.stats().totals(),
        context.memory().peak());
  }

  @Override
  public void cancel() {
    context.cancel();
  }

  @Override
  public void close() {
    context.cancel();
    turn.release();
  }
}
