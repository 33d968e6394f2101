package dev.kyma.service.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;

/** The Kafka cluster that is the log. */
@ConfigMapping(prefix = "kyma.log")
public interface LogConfig {

  /** The brokers, {@code host:port} separated by commas. */
  String bootstrapServers();

  /** Copies of each new topic's partitions. */
  @WithDefault("1")
  @Min(1)
  int replicationFactor();

  /** How many of the copies must have a record before it is acknowledged. */
  @WithDefault("1")
  @Min(1)
  int minInSyncReplicas();

  /** The largest record a topic takes, in bytes as compressed. */
  @WithDefault("8388608")
  @Min(65536)
  int maxRecordBytes();

  /** How long one request to the brokers may take, with all its retries. */
  @WithDefault("10S")
  Duration timeout();

  /** Further properties of every Kafka client, for example its security. */
  Map<String, String> client();

  /** Further properties of new topics. */
  Map<String, String> topic();
}
