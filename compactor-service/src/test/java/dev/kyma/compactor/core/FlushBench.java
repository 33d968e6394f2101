package dev.kyma.compactor.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.compactor.kafka.KafkaLogKeeper;
import dev.kyma.compactor.kafka.KafkaRowLog;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.memory.MemoryObjectStore;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.format.type.Field;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Flatten;
import dev.kyma.format.vector.LongVector;
import dev.kyma.service.log.InProcessBroker;
import dev.kyma.service.log.LogClients;
import dev.kyma.service.log.LogReader;
import dev.kyma.service.log.LogSettings;
import dev.kyma.service.log.LogTopics;
import dev.kyma.service.log.RecordDecoder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, a SQLite catalog and an object store in memory, and loops that flush between them. */
final class FlushBench implements AutoCloseable {
  static final FlushPolicy SOON = new FlushPolicy(1_000_000, 1 << 26, Duration.ofMillis(30));
  static final FlushPolicy LATE = new FlushPolicy(1_000_000, 1 << 26, Duration.ofHours(1));

  final InProcessBroker broker;
  final LogSettings settings;
  final LogTopics topics;
  final Catalog catalog;
  final ObjectStore store = new MemoryObjectStore();
  final SegmentFormat format = new TlmFormat();
  private final KafkaProducer<byte[], byte[]> producer;

  FlushBench(Path directory) {
    broker = InProcessBroker.start(directory.resolve("broker"));
    settings = LogSettings.singleBroker(broker.bootstrapServers());
    topics = new LogTopics(settings);
    catalog = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog.db"));
    producer =
        new KafkaProducer<>(
            LogClients.producer(settings), new ByteArraySerializer(), new ByteArraySerializer());
  }

  TableDef createTable(String name, int partitions, FlushPolicy policy) {
    long id = catalog.allocateTableId();
    LogBinding log = topics.create(id, partitions).bind(catalog.allocateLogOrdinals(partitions));
    TableDef table =
        new TableDef(
            id, "default", name, 1, TextRecords.SCHEMA, 0, 0, List.of(2, 1), policy, log, Map.of());
    CommitOutcome outcome =
        catalog.commit(
            Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(table))),
            Duration.ofSeconds(5));
    if (!(outcome instanceof CommitOutcome.Committed)) {
      throw new AssertionError(outcome);
    }
    return table;
  }

  void produce(TableDef table, int partition, String... records) {
    List<Future<?>> sent = new ArrayList<>();
    for (String record : records) {
      sent.add(
          producer.send(
              new ProducerRecord<>(table.log().topic(), partition, null, record.getBytes(UTF_8))));
    }
    for (Future<?> future : sent) {
      try {
        future.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** What a loop can be given to misbehave with. */
  record Parts(
      Catalog catalog, ObjectStore store, RowLog log, LogKeeper keeper, RecordDecoder decoder) {}

  Parts parts() {
    return new Parts(
        catalog,
        store,
        new KafkaRowLog(new LogReader(settings, topics)),
        new KafkaLogKeeper(topics),
        new TextRecords());
  }

  /** A loop over one table whose flushes are done in the calling thread. */
  FlushLoop loop(TableDef table) {
    return loop(parts(), table, Runnable::run);
  }

  FlushLoop loop(Parts parts, TableDef table, Executor workers) {
    FlushSettings usual = FlushSettings.defaults();
    return new FlushLoop(
        new FlushLoop.Ports(
            parts.catalog(),
            parts.store(),
            format,
            parts.log(),
            parts.keeper(),
            parts.decoder(),
            partition -> partition.binding().equals(table.log()),
            FlushListener.NONE,
            workers,
            Clock.systemUTC(),
            new Random(7)),
        new FlushSettings(
            usual.memoryBytes(),
            1,
            Duration.ofMillis(10),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            Duration.ofMillis(5),
            Duration.ofMillis(40)));
  }

  /** Steps until everything in the table's log is in extents. */
  static FlushedTo flushAll(FlushLoop loop, TableDef table) {
    return stepUntilDone(loop, loop.flush(Optional.of(table.id())));
  }

  static FlushedTo stepUntilDone(FlushLoop loop, CompletableFuture<FlushedTo> done) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!done.isDone()) {
      loop.step();
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not flushed: " + loop.status());
      }
    }
    return done.join();
  }

  /** The ids in the table's extents, in the order of the extents and of their rows. */
  List<Long> ids(TableDef table) {
    List<Long> ids = new ArrayList<>();
    for (ExtentRef ref : catalog.snapshot().extents(table.id())) {
      for (ColumnVector column : column(ref, table.schema().field(0))) {
        LongVector longs = (LongVector) column;
        for (int row = 0; row < longs.size(); row++) {
          ids.add(longs.values()[row]);
        }
      }
    }
    return ids;
  }

  /** The reasons of the dead letters that came from a table. */
  List<String> deadLetters(TableDef table) {
    TableDef letters = DeadLetterTable.find(catalog.snapshot()).orElseThrow();
    List<String> reasons = new ArrayList<>();
    for (ExtentRef ref : catalog.snapshot().extents(letters.id())) {
      List<ColumnVector> sources = column(ref, DeadLetterTable.SCHEMA.field(1));
      List<ColumnVector> texts = column(ref, DeadLetterTable.SCHEMA.field(4));
      for (int i = 0; i < texts.size(); i++) {
        BytesVector source = (BytesVector) Flatten.of(sources.get(i));
        BytesVector reason = (BytesVector) Flatten.of(texts.get(i));
        for (int row = 0; row < reason.size(); row++) {
          if (source.text(row).equals(FlushWorker.nameOf(table))) {
            reasons.add(reason.text(row));
          }
        }
      }
    }
    return reasons;
  }

  List<ColumnVector> column(ExtentRef ref, Field field) {
    ExtentReader reader = format.open(store, ref.key(), ref.length());
    ScanCursor cursor =
        reader.scan(
            ScanRequest.of(
                List.of(ColumnPath.of(field.id(), field.type())), new Predicate.And(List.of())));
    List<ColumnVector> columns = new ArrayList<>();
    for (ScanCursor.Rows rows = cursor.next(); rows != null; rows = cursor.next()) {
      columns.add(rows.batch().column(0));
    }
    return columns;
  }

  @Override
  public void close() {
    producer.close();
    topics.close();
    catalog.close();
    broker.close();
  }
}
