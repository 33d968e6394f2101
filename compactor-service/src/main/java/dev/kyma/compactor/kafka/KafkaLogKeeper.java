package dev.kyma.compactor.kafka;

import dev.kyma.catalog.LogBinding;
import dev.kyma.compactor.core.LogKeeper;
import dev.kyma.service.log.LogIdentity;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogTopics;
import java.util.Collection;
import java.util.Map;

/** Topics, as flush needs them. Safe for use by many threads. */
public final class KafkaLogKeeper implements LogKeeper {
  private final LogTopics topics;

  public KafkaLogKeeper(LogTopics topics) {
    this.topics = topics;
  }

  @Override
  public Map<LogBinding, LogIdentity> verify(Collection<LogBinding> bindings) {
    return topics.verify(bindings);
  }

  @Override
  public LogBinding create(long table, int partitions, int firstOrdinal) {
    return topics.create(table, partitions).bind(firstOrdinal);
  }

  @Override
  public void trim(Map<LogPartition, Long> before) {
    topics.trim(before);
  }
}
