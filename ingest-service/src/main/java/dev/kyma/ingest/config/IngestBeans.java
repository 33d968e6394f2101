package dev.kyma.ingest.config;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.ingest.core.CommitWait;
import dev.kyma.ingest.core.IngestPolicy;
import dev.kyma.ingest.core.OtlpIngest;
import dev.kyma.ingest.core.RowIngest;
import dev.kyma.ingest.core.log.FrameEncoder;
import dev.kyma.ingest.core.log.FrameLog;
import dev.kyma.ingest.core.log.InFlightBytes;
import dev.kyma.ingest.core.log.TableAppender;
import dev.kyma.ingest.core.table.TableTopics;
import dev.kyma.ingest.core.table.Tables;
import dev.kyma.ingest.core.typing.SnowflakeIds;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.Executors;

/** Makes the beans of the core, which knows no CDI. */
@Dependent
final class IngestBeans {

  @Produces
  @Singleton
  IngestPolicy policy(IngestConfig config) {
    IngestConfig.Flush flush = config.tables().flush();
    return new IngestPolicy(
        new FlushPolicy(flush.rows(), flush.bytes(), flush.age()),
        config.tables().partitions(),
        config.tables().maxColumns(),
        config.keyWindow(),
        config.maxKeys());
  }

  @Produces
  @Singleton
  Tables tables(Catalog catalog, TableTopics topics, IngestConfig config) {
    return new Tables(catalog, topics, config.schemaMaxAge());
  }

  @Produces
  @Singleton
  TableAppender appender(FrameEncoder encoder, FrameLog log) {
    return new TableAppender(encoder, log, Executors.newVirtualThreadPerTaskExecutor());
  }

  @Produces
  @Singleton
  RowIngest rowIngest(Tables tables, TableAppender appender, IngestPolicy policy, Catalog catalog) {
    Clock clock = Clock.systemUTC();
    // Numbers the catalog hands out once: what they are for does not matter here.
    SnowflakeIds ids = new SnowflakeIds(clock, catalog::allocateTableId);
    return new RowIngest(tables, appender, policy, ids, clock);
  }

  @Produces
  @Singleton
  OtlpIngest otlpIngest(
      Tables tables, TableAppender appender, IngestPolicy policy, IngestConfig config) {
    return new OtlpIngest(
        tables, appender, policy, config.maxOtlpExpandedBytes(), Clock.systemUTC());
  }

  @Produces
  @Singleton
  CommitWait commitWait(Catalog catalog, IngestConfig config) {
    return new CommitWait(catalog, config.commitTimeout());
  }

  @Produces
  @Singleton
  InFlightBytes inFlightBytes(IngestConfig config) {
    return new InFlightBytes(config.maxInFlightBytes());
  }
}
