package dev.kyma.ingest.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What ingest accepts and how it makes tables. */
@ConfigMapping(prefix = "kyma.ingest")
public interface IngestConfig {

  /** The largest body of a request, in bytes, as sent and again after decompression. */
  @WithDefault("67108864")
  @Min(1024)
  @Max(1_073_741_824)
  int maxBodyBytes();

  /** How many times its size a compressed body may grow to, judged once it is larger than 1 MiB. */
  @WithDefault("500")
  @Min(2)
  int maxCompressionRatio();

  /** The bytes of bodies this process holds at a time; beyond it requests are answered 429. */
  @WithDefault("268435456")
  @Min(1024)
  long maxInFlightBytes();

  /**
   * What the rows of one OTLP request may take together once resource and scope are repeated for
   * each of them, in bytes; the rows beyond it are rejected.
   */
  @WithDefault("268435456")
  @Min(1024)
  long maxOtlpExpandedBytes();

  /** How old the schema may be that rows are mapped to. */
  @WithDefault("1S")
  Duration schemaMaxAge();

  /** How long a request with {@code wait=committed} waits at most. */
  @WithDefault("30S")
  Duration commitTimeout();

  /** For how long a process remembers the keyed requests it answered. */
  @WithDefault("1H")
  Duration keyWindow();

  /** How many keyed requests a process remembers at most. */
  @WithDefault("100000")
  @Min(1)
  int maxKeys();

  /** Tables that are made for their rows. */
  Tables tables();

  /** Tables that are made for their rows. */
  interface Tables {

    /** How many partitions the log of a new table has. */
    @WithDefault("1")
    @Min(1)
    @Max(1000)
    int partitions();

    /** How many columns a table may grow to by itself. */
    @WithDefault("1000")
    @Min(3)
    @Max(10_000)
    int maxColumns();

    /** When the rows of a new table are flushed. */
    Flush flush();
  }

  /** When unflushed rows become an extent: as soon as one limit is reached. */
  interface Flush {

    /** Rows. */
    @WithDefault("1000000")
    @Min(1)
    long rows();

    /** Bytes of the log, as stored there. */
    @WithDefault("67108864")
    @Min(1)
    long bytes();

    /** Age of the oldest unflushed row. */
    @WithDefault("5S")
    Duration age();
  }
}
