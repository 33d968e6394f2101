package dev.kyma.standalone.simulation;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.compactor.core.FlushLoop;
import dev.kyma.compactor.core.compact.CompactionLoop;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.local.LocalObjectStore;
import dev.kyma.service.log.LogPartition;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that does all background work of storage over one directory until it is killed: {@code
 * StorageWorker <directory>} with the catalog in {@code catalog.db}, objects in {@code objects} and
 * the log in {@code log-<ordinal>}.
 */
final class StorageWorker {
  private static final long PAUSE_NANOS = 2_000_000;

  private StorageWorker() {}

  public static void main(String[] args) {
    Path directory = Path.of(args[0]);
    SimulatedLog log = new SimulatedLog(Clock.systemUTC(), new SplittableRandom());
    LogFiles files = new LogFiles(directory, log);
    try (Catalog catalog = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog.db"));
        ObjectStore store = LocalObjectStore.open(directory.resolve("objects"));
        ExecutorService workers = Executors.newFixedThreadPool(2);
        FlushLoop flusher = work(catalog, store, log, workers).flusher()) {
      CompactionLoop compactor = work(catalog, store, log, workers).compactor();
      while (!Thread.currentThread().isInterrupted()) {
        for (TableDef table : catalog.snapshot().tables()) {
          log.attach(table.log());
          for (int i = 0; i < table.log().partitions(); i++) {
            files.take(new LogPartition(table.log(), i));
          }
        }
        flusher.step();
        compactor.step();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static BackgroundWork work(
      Catalog catalog, ObjectStore store, SimulatedLog log, ExecutorService workers) {
    return new BackgroundWork(catalog, store, log, Clock.systemUTC(), workers, new Random());
  }
}
