package dev.kyma.standalone.simulation;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.compactor.core.FlushLoop;
import dev.kyma.compactor.core.compact.CompactionLoop;
import dev.kyma.compactor.core.gc.GarbageCollector;
import dev.kyma.compactor.core.gc.OrphanSweep;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.format.io.memory.MemoryObjectStore;
import dev.kyma.query.core.Freshness;
import dev.kyma.query.core.QueryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;

/** One run, wholly decided by its seed. */
final class Simulation implements AutoCloseable {
  private static final int WORKERS = 2;

  private final long seed;
  private final SplittableRandom random;
  private final SimulatedClock clock = new SimulatedClock();
  private final SimulatedLog log;
  private final Faults faults;

  /** Drawn apart, since readers work in threads of their own. */
  private final Faults readFaults;

  private final ObjectStore objects = new MemoryObjectStore();
  private final Catalog database;
  private final List<FlushLoop> flushers = new ArrayList<>();
  private final List<CompactionLoop> compactors = new ArrayList<>();
  private final List<Task> underWay = new ArrayList<>();
  private final QueryNode node;
  private final List<SimulatedTable> tables;
  private final int[] flusherProcesses = new int[WORKERS];
  private final int[] compactorProcesses = new int[WORKERS];
  private final List<Past> past = new ArrayList<>();
  private boolean collected;
  private int processes;
  private long events;

  Simulation(long seed, Path directory, ExecutorService readers) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.log = new SimulatedLog(clock, random.split());
    this.faults = new Faults(random.split());
    this.readFaults = new Faults(random.split());
    this.database = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog-" + seed + ".db"));
    this.tables =
        List.of(
            SimulatedTable.appendOnly("events", database, log),
            SimulatedTable.keyed("accounts", database, log));
    this.node =
        new QueryNode(readFaults.catalog(database), readFaults.store(objects), log.tail(), readers);
    for (int i = 0; i < WORKERS; i++) {
      flushers.add(newProcess(processes).flusher());
      flusherProcesses[i] = processes++;
      compactors.add(newProcess(processes).compactor());
      compactorProcesses[i] = processes++;
    }
  }

  /** How far extents held the log of a table at a snapshot. */
  private record Past(SimulatedTable table, long number, long[] ends) {}

  /** Work that was handed out and not done yet, and the process whose it is. */
  private record Task(int process, Runnable work) {}

  private BackgroundWork newProcess(int number) {
    return new BackgroundWork(
        faults.catalog(database),
        faults.store(objects),
        log,
        clock,
        work -> underWay.add(new Task(number, work)),
        new Random(random.nextLong()));
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
    readFaults.chance(0);
    settle();
    for (SimulatedTable table : tables) {
      check(table, new Freshness.Committed(), true);
      check(table, new Freshness.Hot(), true);
    }
    checkObjects();
    for (SimulatedTable table : tables) {
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
    } else if (draw < 52) {
      flushers.get(random.nextInt(WORKERS)).step();
    } else if (draw < 59) {
      compactors.get(random.nextInt(WORKERS)).step();
    } else if (draw < 60) {
      collect();
    } else if (draw < 61) {
      sweep();
    } else if (draw < 76) {
      goOn();
    } else if (draw < 78) {
      lookBack();
    } else if (draw < 82) {
      crash();
    } else if (draw < 86) {
      double chance = faults.off() ? 0.15 : 0;
      faults.chance(chance);
      readFaults.chance(chance);
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
  private void goOn() {
    if (!underWay.isEmpty()) {
      underWay.remove(random.nextInt(underWay.size())).work().run();
    }
  }

  /** A worker dies and another takes its place; what it had under way is lost or goes on. */
  private void crash() {
    int place = random.nextInt(WORKERS);
    BackgroundWork successor = newProcess(processes);
    int dead;
    if (random.nextBoolean()) {
      flushers.set(place, successor.flusher());
      dead = flusherProcesses[place];
      flusherProcesses[place] = processes++;
    } else {
      compactors.set(place, successor.compactor());
      dead = compactorProcesses[place];
      compactorProcesses[place] = processes++;
    }
    if (random.nextBoolean()) {
      underWay.removeIf(task -> task.process() == dead);
    }
  }

  /** Removes at once what is garbage; merges under way may lose their inputs. */
  private void collect() {
    collected = true;
    quietly(
        () ->
            new GarbageCollector(faults.catalog(database), faults.store(objects), Duration.ZERO)
                .run());
  }

  /** Takes every writer its grant and removes what no commit names. */
  private void sweep() {
    quietly(
        () ->
            new OrphanSweep(
                    faults.catalog(database),
                    faults.store(objects),
                    Duration.ZERO,
                    Duration.ofDays(1))
                .run());
  }

  private void quietly(Runnable upkeep) {
    try {
      upkeep.run();
    } catch (CatalogException.Unavailable | ObjectStoreException e) {
      if (faults.off()) {
        throw e;
      }
    }
  }

  /** Reads a table as it was at a snapshot that was read before. */
  private void lookBack() {
    if (!past.isEmpty()) {
      Past then = past.get(random.nextInt(past.size()));
      compare(
          then.table().selectAsOf(then.number()),
          new Freshness.Hot(),
          then.table().expected(then.ends()),
          faults.off() && !collected);
    }
  }

  /** Once all is at rest only what is live is in the store. */
  private void checkObjects() {
    sweep();
    collect();
    Set<String> live = new TreeSet<>();
    Snapshot snapshot = database.snapshot();
    for (TableDef table : snapshot.tables()) {
      snapshot.extents(table.id()).forEach(extent -> live.add(extent.key()));
    }
    Set<String> stored = new TreeSet<>();
    objects.list("extents/", null, Integer.MAX_VALUE).forEach(stat -> stored.add(stat.key()));
    if (!live.equals(stored)) {
      throw new AssertionError(this + ": live are " + live + ", stored are " + stored);
    }
  }

  private void settle() {
    for (int round = 0; round < 400; round++) {
      clock.advance(Duration.ofSeconds(1));
      flushers.forEach(FlushLoop::step);
      compactors.forEach(CompactionLoop::step);
      if (underWay.isEmpty() && isFlushed()) {
        return;
      }
      while (!underWay.isEmpty()) {
        goOn();
      }
    }
    throw new AssertionError(
        this
            + ": does not come to rest: "
            + flushers.stream().map(FlushLoop::status).toList()
            + compactors.stream().map(CompactionLoop::status).toList());
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
    Snapshot snapshot = database.snapshot();
    long[] wanted = freshness instanceof Freshness.Hot ? table.ends(log) : table.cursors(snapshot);
    past.add(new Past(table, snapshot.number(), table.cursors(snapshot)));
    compare(table.select(), freshness, table.expected(wanted), mustAnswer);
    if (table.isKeyed()) {
      compare(table.selectHistory(), freshness, table.expectedHistory(wanted), mustAnswer);
    }
  }

  private void compare(String sql, Freshness freshness, List<String> expected, boolean mustAnswer) {
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
