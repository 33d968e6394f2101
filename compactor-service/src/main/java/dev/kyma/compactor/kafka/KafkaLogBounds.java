package dev.kyma.compactor.kafka;

import dev.kyma.catalog.LogBinding;
import dev.kyma.compactor.core.check.LogBounds;
import dev.kyma.service.log.LogIdentity;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogRange;
import dev.kyma.service.log.LogTopics;
import java.util.Collection;
import java.util.Map;

/** The bounds of logs, as Kafka tells them. */
public final class KafkaLogBounds implements LogBounds {
  private final LogTopics topics;

  public KafkaLogBounds(LogTopics topics) {
    this.topics = topics;
  }

  @Override
  public Map<LogBinding, LogIdentity> verify(Collection<LogBinding> bindings) {
    return topics.verify(bindings);
  }

  @Override
  public Map<LogPartition, LogRange> bounds(Collection<LogPartition> partitions) {
    return topics.ranges(partitions);
  }
}
