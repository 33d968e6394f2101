package dev.kyma.standalone.simulation;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.compactor.core.FlushListener;
import dev.kyma.compactor.core.FlushLoop;
import dev.kyma.compactor.core.FlushSettings;
import dev.kyma.compactor.core.FlushShare;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.memory.MemoryObjectStore;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.query.core.Freshness;
import dev.kyma.query.core.QueryException;
import dev.kyma.service.log.FrameRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;

/** One run, wholly decided by its seed. */
final class Simulation implements AutoCloseable {
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
  private final List<SimulatedTable> tables;
  private long events;

  Simulation(long seed, Path directory, ExecutorService readers) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.log = new SimulatedLog(clock, random.split());
    this.faults = new Faults(random.split());
    this.database = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog-" + seed + ".db"));
    this.tables =
        List.of(
            SimulatedTable.appendOnly("events", database, log),
            SimulatedTable.keyed("accounts", database, log));
    this.node =
        new QueryNode(faults.catalog(database), faults.store(objects), format, log, readers);
    for (int i = 0; i < WORKERS; i++) {
      flushers.add(flusher());
    }
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
    for (SimulatedTable table : tables) {
      check(table, new Freshness.Committed(), true);
      check(table, new Freshness.Hot(), true);
    }
  }

  private SimulatedTable anyTable() {
    return tables.get(random.nextInt(tables.size()));
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
      check(anyTable(), new Freshness.Hot(), faults.off());
    } else {
      check(anyTable(), new Freshness.Committed(), faults.off());
    }
  }

  /** Rows reach the log and are acknowledged. */
  private void send() {
    SimulatedTable table = anyTable();
    int partition = random.nextInt(SimulatedTable.PARTITIONS);
    Model.Sent request = table.draw(random, partition);
    log.append(table.partition(partition), table.frame(request, objects));
    table.sent(partition, request);
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
    Snapshot snapshot = database.snapshot();
    return tables.stream()
        .allMatch(table -> Arrays.equals(table.cursors(snapshot), table.ends(log)));
  }

  /**
   * Reads the table and compares.
   *
   * @param mustAnswer whether an error is a failure; else it is what faults may cause
   */
  private void check(SimulatedTable table, Freshness freshness, boolean mustAnswer) {
    long[] wanted =
        freshness instanceof Freshness.Hot
            ? table.ends(log)
            : table.cursors(database.snapshot());
    compare(table.select(), freshness, table.expected(wanted), mustAnswer);
    if (table.isKeyed()) {
      compare(table.selectHistory(), freshness, table.expectedHistory(wanted), mustAnswer);
    }
  }

  private void compare(
      String sql, Freshness freshness, List<String> expected, boolean mustAnswer) {
    List<String> actual;
    try {
      actual = node.rows(sql, freshness);
    } catch (QueryException e) {
      if (mustAnswer) {
        throw new AssertionError(this + ": no answer", e);
      }
      return;
    }
    if (!actual.equals(expected)) {
      throw new AssertionError(
          this + ": " + sql + ", " + freshness + ", reads " + Difference.of(expected, actual));
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
