package dev.kyma.query.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of the query service. */
@ConfigMapping(prefix = "kyma.query")
public interface QueryConfig {

  /**
   * How much memory one query may hold; a quarter of the heap when unset. {@code X-Kyma-Max-Memory}
   * lowers it for one query.
   */
  Optional<MemorySize> maxMemory();

  /** How long one query may run. */
  @WithDefault("15M")
  Duration maxTime();

  /** How long a query waits for what its freshness token names. */
  @WithDefault("10S")
  Duration maxTokenWait();

  /** How many queries run at a time. */
  @WithDefault("16")
  @Min(1)
  @Max(1000)
  int maxConcurrent();

  /** How long a query waits for its turn before it is answered 429. */
  @WithDefault("10S")
  Duration maxQueueTime();

  /** How many threads work on one query; as many as there are processors when unset. */
  OptionalInt parallelism();

  /** The longest statement. */
  @WithDefault("1M")
  MemorySize maxStatementSize();

  /** How much memory decoded rows of the hot tail may take between queries. */
  @WithDefault("64M")
  MemorySize tailCache();

  /**
   * How much memory footers and column chunks that were read of the object store may take between
   * queries; an eighth of the heap when unset, 0 for none.
   */
  Optional<MemorySize> cacheBytes();

  /** How many consumers are kept open for reading hot tails. */
  @WithDefault("16")
  @Min(1)
  @Max(256)
  int tailReaders();

  /** Where ingest-service is, which CREATE TABLE and INSERT are sent to. */
  @WithDefault("http://127.0.0.1:${quarkus.http.port}")
  URI ingestUrl();

  /** How long ingest may take to answer. */
  @WithDefault("30S")
  Duration ingestTimeout();
}
