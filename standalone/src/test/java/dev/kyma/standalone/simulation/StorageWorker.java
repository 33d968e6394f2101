package dev.kyma.standalone.simulation;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.compactor.core.FlushListener;
import dev.kyma.compactor.core.FlushLoop;
import dev.kyma.compactor.core.FlushSettings;
import dev.kyma.compactor.core.FlushShare;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.local.LocalObjectStore;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.service.log.FrameRecords;
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
        FlushLoop flusher =
            new FlushLoop(
                new FlushLoop.Ports(
                    catalog,
                    store,
                    new TlmFormat(),
                    log.reader(),
                    log,
                    new FrameRecords(new SchemaStore(store)),
                    FlushShare.everything(),
                    FlushListener.NONE,
                    workers,
                    Clock.systemUTC(),
                    new Random()),
                FlushSettings.defaults())) {
      while (!Thread.currentThread().isInterrupted()) {
        for (TableDef table : catalog.snapshot().tables()) {
          log.attach(table.log());
          for (int i = 0; i < table.log().partitions(); i++) {
            files.take(new LogPartition(table.log(), i));
          }
        }
        flusher.step();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
