package dev.kyma.query.core;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.catalog.visibility.RowOp;
import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.LogInterval;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.index.ExtentFilter;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.memory.MemoryObjectStore;
import dev.kyma.format.log.FrameWriter;
import dev.kyma.format.log.KeyedRows;
import dev.kyma.format.log.LogFrame;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.frontend.QueryFrontend;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.core.read.Extents;
import dev.kyma.query.core.read.TailCache;
import dev.kyma.query.core.read.TailLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A catalog in SQLite, a store in memory, a log in memory and query nodes over them: what engine
 * tests read from. Rows get into it as flush writes extents, or as ingest writes records.
 */
final class TestCluster implements AutoCloseable {
  final Catalog catalog;
  final CountingStore counted = new CountingStore(new MemoryObjectStore());
  final ObjectStore store = counted;
  final SegmentFormat format;
  final ListLog log = new ListLog();
  final ExecutorService workers = Executors.newCachedThreadPool();

  TestCluster(Path directory, SegmentFormat format) {
    this.catalog = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog.db"));
    this.format = format;
  }

  /** Records kept in lists, one a partition. */
  static final class ListLog implements TailLog {
    private final Map<Integer, List<Entry>> partitions = new HashMap<>();

    synchronized long append(int ordinal, byte[] frame) {
      List<Entry> entries = partitions.computeIfAbsent(ordinal, o -> new ArrayList<>());
      entries.add(new Entry(entries.size(), 0, 1_000, frame));
      return entries.size() - 1;
    }

    @Override
    public synchronized Map<Integer, Long> ends(Collection<LogBinding> logs) {
      Map<Integer, Long> ends = new HashMap<>();
      for (LogBinding binding : logs) {
        for (int p = 0; p < binding.partitions(); p++) {
          int ordinal = binding.ordinal(p);
          ends.put(ordinal, (long) partitions.getOrDefault(ordinal, List.of()).size());
        }
      }
      return ends;
    }

    @Override
    public synchronized void read(
        LogBinding binding, int partition, SourceCursor from, long end, Sink sink) {
      List<Entry> entries = partitions.getOrDefault(binding.ordinal(partition), List.of());
      for (long at = from.nextOffset(); at < end; at++) {
        sink.accept(new Stretch(List.of(entries.get((int) at)), at + 1));
      }
    }
  }

  /** A query node with caches of its own. */
  QueryEngine engine(int parallelism, QueryFrontend... frontends) {
    return engine(catalog, parallelism, frontends);
  }

  /** A query node that sees another catalog. */
  QueryEngine engine(Catalog seen, int parallelism, QueryFrontend... frontends) {
    QueryLimits limits =
        new QueryLimits(
            1L << 30,
            Duration.ofMinutes(5),
            Duration.ofMillis(300),
            4,
            Duration.ofMillis(200),
            parallelism);
    return new QueryEngine(
        List.of(frontends),
        seen,
        log,
        new TailCache(log, new SchemaStore(store), 64 << 20),
        new Extents(store, Map.of(format.name(), format), seen::excluded),
        new NoIngest(),
        limits,
        workers,
        Clock.systemUTC());
  }

  private static final class NoIngest implements IngestGateway {
    @Override
    public Creation createTable(Statement.CreateTable statement, Optional<String> authorization) {
      throw new QueryException(QueryException.Code.INGEST_FAILED, "no ingest here");
    }

    @Override
    public Inserted insert(Statement.Insert statement, Optional<String> authorization) {
      throw new QueryException(QueryException.Code.INGEST_FAILED, "no ingest here");
    }

    @Override
    public Inserted write(
        TableName table,
        RowOp op,
        List<String> columns,
        Batch rows,
        Optional<String> authorization) {
      throw new QueryException(QueryException.Code.INGEST_FAILED, "no ingest here");
    }
  }

  TableDef createTable(String name, TableSchema schema, int timeColumn, int overflowColumn) {
    long id = catalog.allocateTableId();
    LogBinding binding =
        new LogBinding(
            "kyma.t." + id, UUID.randomUUID().toString(), 1, catalog.allocateLogOrdinals(1));
    TableDef table =
        new TableDef(
            id,
            "default",
            name,
            1,
            schema,
            timeColumn,
            overflowColumn,
            List.of(),
            new FlushPolicy(1_000_000, 1 << 30, Duration.ofSeconds(2)),
            binding,
            Map.of());
    committed(Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(table))));
    return table;
  }

  private void committed(Commit commit) {
    committed(commit, Map.of());
  }

  private void committed(Commit commit, Map<String, List<ExtentFilter>> filters) {
    CommitOutcome outcome = catalog.commit(commit, filters, Duration.ofSeconds(10));
    if (!(outcome instanceof CommitOutcome.Committed)) {
      throw new IllegalStateException(outcome.toString());
    }
  }

  /** Commits rows as an extent, as flush does, without moving a cursor. */
  ExtentRef addExtent(TableDef table, List<Batch> batches) {
    TableSchema schema = table.schema().plus(List.of(SystemColumns.LOG, SystemColumns.SEQ));
    ExtentWriter writer =
        format.write(
            schema,
            new ExtentOptions(
                table.timeColumn(),
                List.of(),
                List.of(new LogInterval(table.log().firstOrdinal(), 0, 0)),
                ExtentOptions.Effort.FLUSH));
    for (Batch batch : batches) {
      int rows = batch.rowCount();
      List<ColumnVector> columns = new ArrayList<>(batch.columns());
      columns.add(new LongVector(LogicalType.INT32, new long[rows]));
      columns.add(new LongVector(LogicalType.INT64, new long[rows]));
      writer.append(new Batch(columns, rows));
    }
    WrittenExtent written = writer.finish();
    WriteGrant grant = catalog.openGrant("extents");
    String key = grant.keyPrefix() + UUID.randomUUID();
    store.create(key, written.content());
    ExtentRef extent =
        new ExtentRef(
            key,
            table.id(),
            format.name(),
            written.length(),
            table.schemaVersion(),
            written.summary());
    committed(
        new Commit(
            UUID.randomUUID(),
            Commit.Kind.FLUSH,
            grant,
            List.of(extent),
            List.of(),
            List.of(),
            List.of(),
            List.of()),
        Map.of(key, written.filters()));
    return extent;
  }

  /** Appends rows to the table's log, as ingest does; answers the record's offset. */
  long append(TableDef table, Batch batch, List<KeyedRows> keys) {
    SchemaStore schemas = new SchemaStore(store);
    LogFrame frame =
        new LogFrame(
            keys,
            List.of(new LogFrame.TableRows(table.id(), schemas.store(table.schema()), 0, batch)));
    return log.append(table.log().firstOrdinal(), FrameWriter.write(frame));
  }

  @Override
  public void close() throws InterruptedException {
    workers.shutdownNow();
    workers.awaitTermination(10, TimeUnit.SECONDS);
    catalog.close();
    store.close();
  }
}
