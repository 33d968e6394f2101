package dev.kyma.query.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.LogInterval;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.query.calcite.SqlFrontend;
import dev.kyma.query.core.read.Extents;
import dev.kyma.query.core.read.TailCache;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DELETE on a table without a key, with others at work on its extents meanwhile. */
class DeleteRowsTest {
  private static final TableSchema SCHEMA =
      TableSchema.of(new Field(1, "n", LogicalType.INT64, false));

  private TestCluster cluster;
  private TableDef table;
  private WriteGrant grant;

  /** Runs something before each commit that deletes rows. */
  private Runnable beforeMasks = () -> {};

  @BeforeEach
  void start(@TempDir Path directory) {
    cluster = new TestCluster(directory, new TlmFormat());
    table = cluster.createTable("t", SCHEMA, 0, 0);
    grant = cluster.catalog.openGrant("extents");
  }

  @AfterEach
  void stop() throws InterruptedException {
    cluster.close();
  }

  private static Batch values(long from, long to) {
    LongVectorBuilder n = new LongVectorBuilder(LogicalType.INT64, 16);
    for (long value = from; value < to; value++) {
      n.append(value);
    }
    return new Batch(List.of(n.build()), (int) (to - from));
  }

  /** An extent of records of one row each, whose values are their offsets. */
  private ExtentRef extent(int level, long from, long to) {
    LongVectorBuilder log = new LongVectorBuilder(SystemColumns.LOG.type(), 16);
    LongVectorBuilder seq = new LongVectorBuilder(SystemColumns.SEQ.type(), 16);
    for (long offset = from; offset < to; offset++) {
      log.append(table.log().firstOrdinal());
      seq.append(SystemColumns.seq(offset, 0));
    }
    ExtentWriter writer =
        cluster.format.write(
            SCHEMA.plus(List.of(SystemColumns.LOG, SystemColumns.SEQ)),
            new ExtentOptions(
                    0,
                    List.of(),
                    List.of(new LogInterval(table.log().firstOrdinal(), from, to)),
                    ExtentOptions.Effort.FLUSH)
                .withLevel(level));
    int rows = (int) (to - from);
    writer.append(new Batch(List.of(values(from, to).column(0), log.build(), seq.build()), rows));
    WrittenExtent written = writer.finish();
    String key = grant.keyPrefix() + UUID.randomUUID();
    cluster.store.create(key, written.content());
    return new ExtentRef(
        key, table.id(), cluster.format.name(), written.length(), 1, written.summary());
  }

  /** Puts records into the log and, but for the last ones, into an extent. */
  private ExtentRef flushed(long from, long to, long unflushed) {
    for (long offset = from; offset < to + unflushed; offset++) {
      cluster.append(table, values(offset, offset + 1), List.of());
    }
    return flush(from, to);
  }

  private ExtentRef flush(long from, long to) {
    ExtentRef extent = extent(0, from, to);
    int log = table.log().firstOrdinal();
    SourceCursor cursor = cluster.catalog.snapshot().cursor(log).orElseThrow();
    commit(
        Commit.Kind.FLUSH,
        List.of(extent),
        List.of(),
        List.of(new Commit.CursorMove(cursor, new SourceCursor(log, cursor.topicId(), to, 0, 0))));
    return extent;
  }

  private void commit(
      Commit.Kind kind,
      List<ExtentRef> add,
      List<Removal> remove,
      List<Commit.CursorMove> cursors) {
    CommitOutcome outcome =
        cluster.catalog.commit(
            new Commit(UUID.randomUUID(), kind, grant, add, remove, cursors, List.of(), List.of()),
            Duration.ofSeconds(5));
    assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
  }

  private QueryEngine engine() {
    Catalog watched =
        (Catalog)
            Proxy.newProxyInstance(
                Catalog.class.getClassLoader(),
                new Class<?>[] {Catalog.class},
                (proxy, method, arguments) -> {
                  if (arguments != null
                      && arguments[0] instanceof Commit commit
                      && commit.kind() == Commit.Kind.MASK) {
                    beforeMasks.run();
                  }
                  try {
                    return method.invoke(cluster.catalog, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    IngestGateway none =
        (IngestGateway)
            Proxy.newProxyInstance(
                IngestGateway.class.getClassLoader(),
                new Class<?>[] {IngestGateway.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError(method.toString());
                });
    return new QueryEngine(
        List.of(new SqlFrontend()),
        watched,
        cluster.log,
        new TailCache(cluster.log, new SchemaStore(cluster.store), 64 << 20),
        new Extents(cluster.store, Map.of(cluster.format.name(), cluster.format)),
        none,
        new QueryLimits(
            1L << 30, Duration.ofMinutes(1), Duration.ofMillis(300), 4, Duration.ofMillis(200), 2),
        cluster.workers,
        Clock.systemUTC());
  }

  @Test
  void rowsAreHiddenByOneCommit() {
    flushed(0, 100, 0);
    long before = cluster.catalog.snapshot().number();
    assertThat(Rows.of(engine(), "DELETE FROM t WHERE n % 10 = 3 OR n > 95"))
        .containsExactly("[14," + (before + 1) + "]");
    assertThat(Rows.of(engine(), "SELECT count(*), max(n) FROM t")).containsExactly("[86,95]");
    assertThat(Rows.of(engine(), "DELETE FROM t WHERE n > 95"))
        .containsExactly("[0," + (before + 1) + "]");
  }

  @Test
  void extentsThatAreMergedMeanwhileAreLookedThroughAgain() {
    ExtentRef first = flushed(0, 50, 0);
    ExtentRef second = flushed(50, 100, 0);
    AtomicInteger masks = new AtomicInteger();
    beforeMasks =
        () -> {
          if (masks.incrementAndGet() == 1) {
            commit(
                Commit.Kind.COMPACT,
                List.of(extent(1, 0, 100)),
                List.of(new Removal(first.key(), 0), new Removal(second.key(), 0)),
                List.of());
          }
        };
    assertThat(Rows.of(engine(), "DELETE FROM t WHERE n < 60"))
        .first()
        .asString()
        .startsWith("[60,");
    assertThat(masks).hasValue(2);
    assertThat(Rows.of(engine(), "SELECT count(*), min(n) FROM t")).containsExactly("[40,60]");
  }

  @Test
  void rowsThatComeWhileTheStatementRunsStay() {
    ExtentRef first = flushed(0, 10, 0);
    AtomicInteger masks = new AtomicInteger();
    beforeMasks =
        () -> {
          if (masks.incrementAndGet() == 1) {
            // More rows come, are flushed and merged with the others, before the first attempt
            // ends.
            ExtentRef later = flushed(10, 20, 0);
            commit(
                Commit.Kind.COMPACT,
                List.of(extent(1, 0, 20)),
                List.of(new Removal(first.key(), 0), new Removal(later.key(), 0)),
                List.of());
          }
        };
    assertThat(Rows.of(engine(), "DELETE FROM t")).first().asString().startsWith("[10,");
    assertThat(masks).hasValue(2);
    assertThat(Rows.of(engine(), "SELECT count(*), min(n) FROM t")).containsExactly("[10,10]");
  }
}
