package dev.kyma.service.log;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The properties every Kafka client of Kyma has, in one place. What {@link
 * LogSettings#clientProperties()} says wins, except over what correctness rests on.
 */
public final class LogClients {
  private LogClients() {}

  /** Properties of an admin client. */
  public static Map<String, Object> admin(LogSettings settings) {
    Map<String, Object> properties = common(settings);
    properties.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) settings.timeout().toMillis());
    properties.put(
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
        (int) Math.min(settings.timeout().toMillis(), 5_000));
    return properties;
  }

  /**
   * Properties of a consumer driven by catalog cursors, without deserializers. An offset that does
   * not exist is a fault, never a jump.
   */
  public static Map<String, Object> consumer(LogSettings settings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
    // Of compressed records, of which each poll unpacks some: they bound what a reader holds.
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
    properties.putAll(common(settings));
    properties.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) settings.timeout().toMillis());
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.CHECK_CRCS_CONFIG, true);
    return properties;
  }

  /**
   * Properties of a producer of frames, without serializers: a record is acknowledged when all
   * in-sync replicas have it, and is not repeated or reordered by retries.
   */
  public static Map<String, Object> producer(LogSettings settings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 20);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.timeout().toMillis());
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    properties.putAll(common(settings));
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, settings.maxRecordBytes());
    return properties;
  }

  private static Map<String, Object> common(LogSettings settings) {
    Map<String, Object> properties = new HashMap<>(settings.clientProperties());
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    return properties;
  }
}
