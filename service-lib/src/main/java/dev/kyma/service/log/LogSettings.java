package dev.kyma.service.log;

import java.time.Duration;
import java.util.Map;

/**
 * How logs are reached and made.
 *
 * @param bootstrapServers the brokers, {@code host:port} separated by commas
 * @param replicationFactor copies of each new topic's partitions
 * @param minInSyncReplicas how many of them must have a record before it is acknowledged
 * @param maxRecordBytes the largest record a topic takes, in bytes as compressed
 * @param timeout how long one request to the brokers may take, with all its retries
 * @param clientProperties further properties of every Kafka client, for example its security
 * @param topicProperties further properties of new topics
 */
public record LogSettings(
    String bootstrapServers,
    int replicationFactor,
    int minInSyncReplicas,
    int maxRecordBytes,
    Duration timeout,
    Map<String, String> clientProperties,
    Map<String, String> topicProperties) {

  /** What a record may take unless configured otherwise: a frame is about 1 MiB. */
  public static final int DEFAULT_MAX_RECORD_BYTES = 8 << 20;

  public LogSettings {
    clientProperties = Map.copyOf(clientProperties);
    topicProperties = Map.copyOf(topicProperties);
    if (replicationFactor < 1
        || minInSyncReplicas < 1
        || minInSyncReplicas > replicationFactor
        || maxRecordBytes < 1024) {
      throw new IllegalArgumentException(
          replicationFactor + " replicas, " + minInSyncReplicas + " in sync, " + maxRecordBytes);
    }
  }

  /** The settings for one broker, as embedded and on one host. */
  public static LogSettings singleBroker(String bootstrapServers) {
    return new LogSettings(
        bootstrapServers,
        1,
        1,
        DEFAULT_MAX_RECORD_BYTES,
        Duration.ofSeconds(10),
        Map.of(),
        Map.of());
  }
}
