package dev.kyma.service.log;

import dev.kyma.service.runtime.LogConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** The log's beans: settings, topics, and the producer properties for messaging channels. */
@Dependent
final class LogBeans {

  /**
   * The name of {@link LogClients#producer} as a bean: a channel that writes frames sets {@code
   * kafka-configuration} to it.
   */
  static final String PRODUCER = "kyma-log-producer";

  @Produces
  @Singleton
  LogSettings settings(LogConfig config) {
    return new LogSettings(
        config.bootstrapServers(),
        config.replicationFactor(),
        config.minInSyncReplicas(),
        config.maxRecordBytes(),
        config.timeout(),
        config.client(),
        config.topic());
  }

  @Produces
  @Singleton
  LogTopics topics(LogSettings settings) {
    return new LogTopics(settings);
  }

  void close(@Disposes LogTopics topics) {
    topics.close();
  }

  @Produces
  @ApplicationScoped
  @Identifier(PRODUCER)
  Map<String, Object> producer(LogSettings settings) {
    return new HashMap<>(LogClients.producer(settings));
  }
}
