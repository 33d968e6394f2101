package dev.kyma.ingest.kafka;

import dev.kyma.catalog.LogBinding;
import dev.kyma.ingest.core.table.TableTopics;
import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogTopics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/** Topics of tables in Kafka. */
@ApplicationScoped
class KafkaTopics implements TableTopics {
  private static final Logger LOG = Logger.getLogger(KafkaTopics.class);

  private final LogTopics topics;

  @Inject
  KafkaTopics(LogTopics topics) {
    this.topics = topics;
  }

  @Override
  public LogBinding create(long table, int partitions, int firstOrdinal) {
    try {
      return topics.create(table, partitions).bind(firstOrdinal);
    } catch (LogException e) {
      throw LogProblems.of(e);
    }
  }

  @Override
  public void discard(LogBinding log) {
    try {
      topics.delete(log);
    } catch (LogException e) {
      LOG.warnf("topic %s of a table that was not made stays: %s", log.topic(), e.getMessage());
    }
  }
}
