package dev.kyma.service.log;

import dev.kyma.catalog.LogBinding;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition of a log.
 *
 * @param binding the log as the catalog knows it
 * @param partition its place in the topic, from 0
 */
public record LogPartition(LogBinding binding, int partition) {
  public LogPartition {
    if (partition < 0 || partition >= binding.partitions()) {
      throw new IllegalArgumentException(partition + " of " + binding);
    }
  }

  /** The partition's ordinal among all logs. */
  public int ordinal() {
    return binding.ordinal(partition);
  }

  TopicPartition inKafka() {
    return new TopicPartition(binding.topic(), partition);
  }

  @Override
  public String toString() {
    return binding.topic() + "/" + partition;
  }
}
