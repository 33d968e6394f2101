package dev.kyma.query.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.KeyWindow;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.catalog.visibility.LogFold;
import dev.kyma.catalog.visibility.LogRecord;
import dev.kyma.catalog.visibility.RecordFate;
import dev.kyma.catalog.visibility.RowOp;
import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.io.memory.MemoryObjectStore;
import dev.kyma.format.log.CorruptFrameException;
import dev.kyma.format.log.FrameReader;
import dev.kyma.format.log.FrameWriter;
import dev.kyma.format.log.KeyedRows;
import dev.kyma.format.log.LogFrame;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.calcite.SqlFrontend;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.core.read.Extents;
import dev.kyma.query.core.read.TailCache;
import dev.kyma.query.kafka.KafkaTailLog;
import dev.kyma.service.log.InProcessBroker;
import dev.kyma.service.log.LogClients;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogPosition;
import dev.kyma.service.log.LogReader;
import dev.kyma.service.log.LogSettings;
import dev.kyma.service.log.LogSlice;
import dev.kyma.service.log.LogTopics;
import dev.kyma.service.log.RawRecord;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hot ≡ flushed, as two paths over one log on a real broker: what a query reads from the log and
 * what it reads from extents once those records were folded into them are the same rows, at random
 * moments, keyed repeats and damaged records among them.
 *
 * <p>The flush here is the smallest one that obeys the shared rule: fold, write, commit extents and
 * cursor together.
 */
final class HotEqualsFlushedTest {
  private static final String ROWS = "SELECT ts, service, duration, ratio, attributes FROM spans";

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final SegmentFormat format = new TlmFormat();
  private int sent;

  @Test
  void whatIsReadHotIsReadAgainFromExtents(@TempDir Path directory) throws Exception {
    ExecutorService workers = Executors.newCachedThreadPool();
    try (InProcessBroker broker = InProcessBroker.start(directory.resolve("broker"));
        Catalog catalog = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog.db"))) {
      LogSettings settings = LogSettings.singleBroker(broker.bootstrapServers());
      try (LogTopics topics = new LogTopics(settings);
          KafkaTailLog log = new KafkaTailLog(settings, topics, 2);
          LogReader flusher = new LogReader(settings, topics);
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(
                  LogClients.producer(settings),
                  new ByteArraySerializer(),
                  new ByteArraySerializer())) {
        TableDef table = createTable(catalog, topics);
        QueryEngine warm = engine(catalog, log, workers);
        for (int round = 0; round < 12; round++) {
          produce(producer, table, 1 + random.nextInt(40));
          List<String> hot = Rows.sorted(warm, ROWS);
          // A second node that begins at the snapshot's cursor sees the same as one that has read
          // on.
          assertThat(Rows.sorted(engine(catalog, log, workers), ROWS))
              .as("seed %d, round %d", seed, round)
              .isEqualTo(hot);
          if (random.nextInt(3) > 0) {
            flush(catalog, table, flusher);
            assertThat(committed(warm)).as("seed %d, round %d", seed, round).isEqualTo(hot);
            assertThat(Rows.sorted(warm, ROWS)).as("seed %d, round %d", seed, round).isEqualTo(hot);
          }
        }
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static List<String> committed(QueryEngine engine) {
    List<String> rows = Rows.of(engine, QueryRequest.sql(ROWS).with(new Freshness.Committed()));
    rows.sort(null);
    return rows;
  }

  private QueryEngine engine(Catalog catalog, KafkaTailLog log, ExecutorService workers) {
    IngestGateway none =
        new IngestGateway() {
          @Override
          public Creation createTable(Statement.CreateTable s, Optional<String> authorization) {
            throw new IllegalStateException();
          }

          @Override
          public Inserted insert(Statement.Insert s, Optional<String> authorization) {
            throw new IllegalStateException();
          }

          @Override
          public Inserted write(
              TableName table,
              RowOp op,
              List<String> columns,
              Batch rows,
              Optional<String> authorization) {
            throw new IllegalStateException();
          }
        };
    return new QueryEngine(
        List.of(new SqlFrontend()),
        catalog,
        log,
        new TailCache(log, new SchemaStore(store), 64 << 20),
        new Extents(store, Map.of(format.name(), format)),
        none,
        new QueryLimits(
            1L << 30, Duration.ofMinutes(1), Duration.ofSeconds(5), 4, Duration.ofSeconds(5), 2),
        workers,
        Clock.systemUTC());
  }

  private static TableDef createTable(Catalog catalog, LogTopics topics) {
    long id = catalog.allocateTableId();
    LogBinding binding = topics.create(id, 1).bind(catalog.allocateLogOrdinals(1));
    TableDef table =
        new TableDef(
            id,
            "default",
            "spans",
            1,
            QueryEngineTest.SCHEMA,
            1,
            0,
            List.of(),
            new FlushPolicy(1_000_000, 1 << 30, Duration.ofSeconds(2)),
            binding,
            Map.of());
    submit(
        catalog, Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(table))));
    return table;
  }

  private static void submit(Catalog catalog, Commit commit) {
    assertThat(catalog.commit(commit, Duration.ofSeconds(10)))
        .isInstanceOf(CommitOutcome.Committed.class);
  }

  private void produce(KafkaProducer<byte[], byte[]> producer, TableDef table, int records)
      throws Exception {
    for (int i = 0; i < records; i++) {
      int rows = 1 + random.nextInt(random.nextInt(10) == 0 ? 3_000 : 5);
      List<KeyedRows> keys = List.of();
      if (random.nextInt(3) == 0) { // one key of few, so that most repeat
        long key = random.nextInt(8);
        long payload = key * 10 + (random.nextInt(6) == 0 ? 1 : 0);
        keys = List.of(new KeyedRows(key, key, payload, payload, 0, 0, rows));
      }
      LogFrame frame =
          new LogFrame(
              keys,
              List.of(
                  new LogFrame.TableRows(
                      table.id(),
                      new SchemaStore(store).store(table.schema()),
                      0,
                      QueryEngineTest.batch(sent, sent + rows))));
      byte[] record = FrameWriter.write(frame);
      if (random.nextInt(20) == 0) {
        record[record.length / 2] ^= 0x40; // a dead letter, on both paths
      }
      sent += rows;
      producer.send(new ProducerRecord<>(table.log().topic(), 0, null, record)).get();
    }
  }

  /** Writes everything in the log behind the cursor to one extent and commits both together. */
  private void flush(Catalog catalog, TableDef table, LogReader reader) {
    Snapshot snapshot = catalog.snapshot();
    LogPartition partition = new LogPartition(table.log(), 0);
    SourceCursor cursor =
        snapshot
            .cursor(partition.ordinal())
            .orElse(SourceCursor.start(partition.ordinal(), table.log().topicId()));
    assertThat(reader.assign(Map.of(partition, LogPosition.of(cursor)))).isEmpty();
    long end = reader.endOffsets(List.of(partition)).get(partition);
    LogFold fold = LogFold.at(cursor, snapshot.keys(partition.ordinal()));
    ExtentWriter writer =
        format.write(
            table.schema().plus(List.of(SystemColumns.LOG, SystemColumns.SEQ)),
            new ExtentOptions(1, List.of(), List.of(), ExtentOptions.Effort.FLUSH));
    FrameReader frames = new FrameReader(new SchemaStore(store));
    boolean any = false;
    while (reader.position(partition) < end) {
      for (LogSlice slice : reader.poll(Duration.ofMillis(200)).slices()) {
        for (RawRecord record : slice.records()) {
          any |= add(record, fold, frames, writer);
        }
      }
    }
    Optional<KeyWindow> keys = fold.takeKeys();
    WriteGrant grant = catalog.openGrant("extents");
    List<ExtentRef> extents = new ArrayList<>();
    if (any) {
      WrittenExtent written = writer.finish();
      String key = grant.keyPrefix() + UUID.randomUUID();
      store.create(key, written.content());
      extents.add(
          new ExtentRef(key, table.id(), format.name(), written.length(), 1, written.summary()));
    }
    submit(
        catalog,
        new Commit(
            UUID.randomUUID(),
            Commit.Kind.FLUSH,
            grant,
            extents,
            List.of(),
            List.of(new Commit.CursorMove(cursor, fold.cursor())),
            List.of(),
            keys.map(List::of).orElse(List.of())));
  }

  private static boolean add(
      RawRecord record, LogFold fold, FrameReader frames, ExtentWriter writer) {
    LogFrame frame;
    try {
      frame = frames.read(record.frame());
    } catch (CorruptFrameException e) {
      fold.apply(
          new LogRecord.Undecodable(
              record.offset(), record.leaderEpoch(), record.appendTimeMillis(), "damaged"));
      return false;
    }
    RecordFate fate =
        fold.apply(
            LogRecord.Rows.of(
                record.offset(), record.leaderEpoch(), record.appendTimeMillis(), frame));
    Batch batch = frame.tables().getFirst().batch();
    switch (fate) {
      case RecordFate.Keep() -> {}
      case RecordFate.KeepRows(var rows) -> batch = Gather.selected(batch, rows);
      case RecordFate.Drop() -> {
        return false;
      }
      case RecordFate.DeadLetter _ -> {
        return false;
      }
    }
    int rows = batch.rowCount();
    List<ColumnVector> columns = new ArrayList<>(batch.columns());
    columns.add(new LongVector(LogicalType.INT32, new long[rows]));
    long[] seqs = new long[rows];
    for (int row = 0; row < rows; row++) {
      seqs[row] = SystemColumns.seq(record.offset(), row);
    }
    columns.add(new LongVector(LogicalType.INT64, seqs));
    writer.append(new Batch(columns, rows));
    return true;
  }
}
