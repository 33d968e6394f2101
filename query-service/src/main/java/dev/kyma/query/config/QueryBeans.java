package dev.kyma.query.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kyma.catalog.Catalog;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.cache.CachingObjectStore;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.query.calcite.SqlFrontend;
import dev.kyma.query.core.QueryEngine;
import dev.kyma.query.core.QueryLimits;
import dev.kyma.query.core.read.Extents;
import dev.kyma.query.core.read.TailCache;
import dev.kyma.query.ingest.HttpIngestGateway;
import dev.kyma.query.kafka.KafkaTailLog;
import dev.kyma.service.log.LogSettings;
import dev.kyma.service.log.LogTopics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** Puts the query service together. */
@Dependent
public final class QueryBeans {
  private static final Logger LOG = Logger.getLogger(QueryBeans.class);

  @Produces
  @Singleton
  KafkaTailLog tailLog(LogSettings settings, LogTopics topics, QueryConfig config) {
    return new KafkaTailLog(settings, topics, config.tailReaders());
  }

  void close(@Disposes KafkaTailLog log) {
    log.close();
  }

  @Produces
  @Singleton
  HttpIngestGateway ingest(QueryConfig config, ObjectMapper json) {
    // Read when it is used: with a port of 0, the configured one is known only after the start.
    return new HttpIngestGateway(
        () -> ConfigProvider.getConfig().getValue("kyma.query.ingest-url", URI.class),
        config.ingestTimeout(),
        json);
  }

  void close(@Disposes HttpIngestGateway ingest) {
    ingest.close();
  }

  /** Threads that work for queries beside the requests' own. */
  public record QueryWorkers(ExecutorService threads) {}

  @Produces
  @Singleton
  QueryWorkers workers() {
    // As many as running queries ask for; the number of those is limited.
    return new QueryWorkers(
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("kyma-query-", 0).factory()));
  }

  void close(@Disposes QueryWorkers workers) {
    workers.threads().shutdownNow();
  }

  /** What queries have read of objects; whoever wants the store itself is not given this. */
  @Produces
  @Singleton
  @Typed(CachingObjectStore.class)
  CachingObjectStore cache(ObjectStore store, QueryConfig config, MeterRegistry metrics) {
    CachingObjectStore cache =
        new CachingObjectStore(
            store,
            config
                .cacheBytes()
                .map(MemorySize::asLongValue)
                .orElse(Runtime.getRuntime().maxMemory() / 8));
    FunctionCounter.builder("kyma.query.cache.hits", cache, it -> it.counters().hits())
        .description("stretches of objects answered from memory")
        .register(metrics);
    FunctionCounter.builder("kyma.query.cache.misses", cache, it -> it.counters().misses())
        .description("stretches of objects read of the store")
        .register(metrics);
    Gauge.builder("kyma.query.cache.held", cache, it -> it.counters().bytes())
        .description("memory that stretches of objects take")
        .baseUnit("bytes")
        .register(metrics);
    return cache;
  }

  @Produces
  @Singleton
  QueryEngine engine(
      Catalog catalog,
      ObjectStore store,
      CachingObjectStore cache,
      SegmentFormat format,
      KafkaTailLog log,
      HttpIngestGateway ingest,
      QueryWorkers workers,
      QueryConfig config) {
    TailCache tails = new TailCache(log, new SchemaStore(store), config.tailCache().asLongValue());
    QueryLimits limits =
        new QueryLimits(
            config
                .maxMemory()
                .map(MemorySize::asLongValue)
                .orElse(Runtime.getRuntime().maxMemory() / 4),
            config.maxTime(),
            config.maxTokenWait(),
            config.maxConcurrent(),
            config.maxQueueTime(),
            config.parallelism().orElse(Runtime.getRuntime().availableProcessors()));
    return new QueryEngine(
        List.of(new SqlFrontend()),
        catalog,
        log,
        tails,
        new Extents(cache, Map.of(format.name(), format), catalog::excluded),
        ingest,
        limits,
        workers.threads(),
        Clock.systemUTC());
  }

  /** Loads the planner in the background while everything else starts. */
  void warmUp(@Observes @Priority(10_000) StartupEvent event, QueryEngine engine) {
    Thread.ofPlatform()
        .daemon()
        .name("kyma-query-warm-up")
        .start(
            () -> {
              try {
                engine.warmUp();
              } catch (RuntimeException e) {
                LOG.warnf("warming up failed: %s", e.toString());
              }
            });
  }
}
