package dev.kyma.catalog;

/**
 * The topic that is a table's log.
 *
 * @param topic the topic's name
 * @param topicId the id Kafka gave it, as Kafka prints it; a topic of the same name with another id
 *     is not this log
 * @param partitions how many partitions it has; another count is not this log either
 * @param firstOrdinal the log ordinal of partition 0; the others follow
 */
public record LogBinding(String topic, String topicId, int partitions, int firstOrdinal) {
  public LogBinding {
    if (partitions < 1 || firstOrdinal < 0) {
      throw new IllegalArgumentException(topic + ": " + partitions + " from " + firstOrdinal);
    }
  }

  /** The log ordinal of a partition. */
  public int ordinal(int partition) {
    return firstOrdinal + partition;
  }
}
