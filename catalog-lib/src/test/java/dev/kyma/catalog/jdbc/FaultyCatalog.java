package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.jdbc.FaultyDataSource.Fault;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A catalog whose connections break every few calls, before, after or long after their effect. */
public final class FaultyCatalog implements AutoCloseable {
  private static final int CALLS = 60;

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final FaultyDataSource source;
  private final JdbcCatalog catalog;
  private int broken;

  public FaultyCatalog(JdbcCatalogConfig config) {
    Dialect dialect = JdbcCatalog.dialect(config.url());
    source = new FaultyDataSource(dialect.connect(config), scheduler);
    catalog = JdbcCatalog.open(source, dialect, config);
  }

  public Catalog catalog() {
    return catalog;
  }

  /** Begins to break connections, from a thread of its own. */
  public void beginToBreak(long seed) {
    Random random = new Random(seed);
    scheduler.scheduleWithFixedDelay(
        () -> {
          broken += source.failed().isEmpty() ? 0 : 1;
          Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
          source.failAt(1 + random.nextInt(CALLS), fault);
        },
        0,
        40,
        TimeUnit.MILLISECONDS);
  }

  /** How many connections broke; to be asked after {@link #close()}. */
  public int broken() {
    return broken;
  }

  @Override
  public void close() throws InterruptedException {
    source.failAt(0, Fault.BEFORE);
    catalog.close();
    scheduler.shutdown();
    scheduler.awaitTermination(10, TimeUnit.SECONDS);
  }
}
