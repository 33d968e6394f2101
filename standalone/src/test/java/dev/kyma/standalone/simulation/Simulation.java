package dev.kyma.standalone.simulation;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.compactor.core.FlushListener;
import dev.kyma.compactor.core.FlushLoop;
import dev.kyma.compactor.core.FlushSettings;
import dev.kyma.compactor.core.FlushShare;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.memory.MemoryObjectStore;
import dev.kyma.format.log.FrameWriter;
import dev.kyma.format.log.KeyedRows;
import dev.kyma.format.log.LogFrame;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.Freshness;
import dev.kyma.query.core.QueryException;
import dev.kyma.service.log.FrameRecords;
import dev.kyma.service.log.LogPartition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;

/** One run, wholly decided by its seed. */
final class Simulation implements AutoCloseable {
  private static final int PARTITIONS = 2;
  private static final int WORKERS = 2;

  private final long seed;
  private final SplittableRandom random;
  private final SimulatedClock clock = new SimulatedClock();
  private final SimulatedLog log;
  private final Faults faults;
  private final ObjectStore objects = new MemoryObjectStore();
  private final Catalog database;
  private final SegmentFormat format = new TlmFormat();
  private final List<FlushLoop> flushers = new ArrayList<>();
  private final List<Runnable> underWay = new ArrayList<>();
  private final QueryNode node;
  private final TableDef table;
  private final Model model = new Model(PARTITIONS);
  private long nextId = 1;
  private long events;

  Simulation(long seed, Path directory, ExecutorService readers) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.log = new SimulatedLog(clock, random.split());
    this.faults = new Faults(random.split());
    this.database = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog-" + seed + ".db"));
    this.table = createTable("events");
    this.node =
        new QueryNode(faults.catalog(database), faults.store(objects), format, log, readers);
    for (int i = 0; i < WORKERS; i++) {
      flushers.add(flusher());
    }
  }

  private TableDef createTable(String name) {
    long id = database.allocateTableId();
    LogBinding binding = log.create(id, PARTITIONS, database.allocateLogOrdinals(PARTITIONS));
    TableDef created =
        new TableDef(
            id,
            "default",
            name,
            1,
            new TableSchema(
                List.of(
                    new Field(1, "id", LogicalType.INT64, false),
                    new Field(2, "v", LogicalType.INT64, true),
                    new Field(3, "name", LogicalType.TEXT, true))),
            0,
            0,
            List.of(1),
            new FlushPolicy(20, 1 << 20, Duration.ofSeconds(5)),
            binding,
            Map.of());
    CommitOutcome outcome =
        database.commit(
            Commit.ofTables(
                Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(created))),
            Duration.ofSeconds(10));
    if (!(outcome instanceof CommitOutcome.Committed)) {
      throw new IllegalStateException(outcome.toString());
    }
    return created;
  }

  private FlushLoop flusher() {
    ObjectStore store = faults.store(objects);
    return new FlushLoop(
        new FlushLoop.Ports(
            faults.catalog(database),
            store,
            format,
            log.reader(),
            log,
            new FrameRecords(new SchemaStore(store)),
            FlushShare.everything(),
            FlushListener.NONE,
            underWay::add,
            clock,
            new Random(random.nextLong())),
        FlushSettings.defaults());
  }

  /** Runs so many events, then lets everything come to rest and compares once more. */
  void run(int eventCount) {
    try {
      play(eventCount);
    } catch (RuntimeException e) {
      throw new AssertionError(this + ": " + e, e);
    }
  }

  private void play(int eventCount) {
    for (int i = 0; i < eventCount; i++) {
      events++;
      event();
    }
    faults.chance(0);
    settle();
    check(new Freshness.Committed(), true);
    check(new Freshness.Hot(), true);
  }

  private void event() {
    clock.advance(Duration.ofMillis(random.nextInt(400)));
    int draw = random.nextInt(100);
    if (draw < 35) {
      send();
    } else if (draw < 60) {
      flushers.get(random.nextInt(flushers.size())).step();
    } else if (draw < 78) {
      work();
    } else if (draw < 82) {
      crash();
    } else if (draw < 86) {
      faults.chance(faults.off() ? 0.15 : 0);
    } else if (draw < 93) {
      check(new Freshness.Hot(), faults.off());
    } else {
      check(new Freshness.Committed(), faults.off());
    }
  }

  /** Rows reach the log and are acknowledged; a keyed request may come once more. */
  private void send() {
    int partition = random.nextInt(PARTITIONS);
    List<Model.Sent> before = model.partition(partition);
    Model.Sent record;
    if (!before.isEmpty() && random.nextInt(6) == 0) {
      record = before.get(random.nextInt(before.size()));
      if (record.key() == 0) {
        return;
      }
    } else {
      int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 60 : 6);
      List<Model.Row> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long id = nextId++;
        rows.add(new Model.Row(id, random.nextInt(1000), "n" + id % 7, Model.Op.INSERT));
      }
      record = new Model.Sent(random.nextInt(3) == 0 ? nextId++ : 0, rows);
    }
    log.append(new LogPartition(table.log(), partition), frame(record));
    model.sent(partition, record);
  }

  private byte[] frame(Model.Sent record) {
    int rows = record.rows().size();
    long[] ids = new long[rows];
    long[] values = new long[rows];
    BytesVectorBuilder names = new BytesVectorBuilder(LogicalType.TEXT, rows);
    for (int i = 0; i < rows; i++) {
      Model.Row row = record.rows().get(i);
      ids[i] = row.id();
      values[i] = row.value();
      names.append(row.name());
    }
    Batch batch =
        new Batch(
            List.of(
                new LongVector(LogicalType.INT64, ids),
                new LongVector(LogicalType.INT64, values),
                names.build()),
            rows);
    List<KeyedRows> keys =
        record.key() == 0
            ? List.of()
            : List.of(new KeyedRows(record.key(), 1, record.key(), 2, 0, 0, rows));
    LogFrame frame =
        new LogFrame(
            keys,
            List.of(
                new LogFrame.TableRows(
                    table.id(), new SchemaStore(objects).store(table.schema()), 0, batch)));
    return FrameWriter.write(frame);
  }

  /** Some work that a worker handed out goes on; it may be a dead worker's. */
  private void work() {
    if (!underWay.isEmpty()) {
      underWay.remove(random.nextInt(underWay.size())).run();
    }
  }

  /** A worker dies and another takes its place; what it had under way is lost or goes on. */
  private void crash() {
    flushers.set(random.nextInt(flushers.size()), flusher());
    if (random.nextBoolean()) {
      underWay.clear();
    }
  }

  private void settle() {
    for (int round = 0; round < 400; round++) {
      clock.advance(Duration.ofSeconds(1));
      flushers.forEach(FlushLoop::step);
      while (!underWay.isEmpty()) {
        work();
      }
      if (isFlushed()) {
        return;
      }
    }
    throw new AssertionError(this + ": does not come to rest");
  }

  private boolean isFlushed() {
    long[] cursors = cursors(database.snapshot());
    for (int i = 0; i < PARTITIONS; i++) {
      if (cursors[i] < log.end(new LogPartition(table.log(), i))) {
        return false;
      }
    }
    return true;
  }

  private long[] cursors(Snapshot snapshot) {
    long[] cursors = new long[PARTITIONS];
    for (int i = 0; i < PARTITIONS; i++) {
      cursors[i] =
          snapshot.cursor(table.log().ordinal(i)).map(SourceCursor::nextOffset).orElse(0L);
    }
    return cursors;
  }

  private long[] ends() {
    long[] ends = new long[PARTITIONS];
    for (int i = 0; i < PARTITIONS; i++) {
      ends[i] = log.end(new LogPartition(table.log(), i));
    }
    return ends;
  }

  /**
   * Reads the table and compares.
   *
   * @param mustAnswer whether an error is a failure; else it is what faults may cause
   */
  private void check(Freshness freshness, boolean mustAnswer) {
    long[] wanted =
        freshness instanceof Freshness.Hot ? ends() : cursors(database.snapshot());
    List<String> expected = model.appended(wanted);
    List<String> actual;
    try {
      actual = node.rows("SELECT id, v, name FROM events", freshness);
    } catch (QueryException e) {
      if (mustAnswer) {
        throw new AssertionError(this + ": no answer", e);
      }
      return;
    }
    if (!actual.equals(expected)) {
      throw new AssertionError(
          this + ": " + freshness + " reads " + Difference.of(expected, actual));
    }
  }

  @Override
  public String toString() {
    return "seed " + seed + ", event " + events;
  }

  @Override
  public void close() {
    flushers.forEach(FlushLoop::close);
    database.close();
    objects.close();
  }
}
