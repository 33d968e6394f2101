package dev.kyma.service.health;

import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogTopics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while the brokers answer. */
@Readiness
@ApplicationScoped
public class LogReadiness implements HealthCheck {
  private static final String NO_TOPIC = "kyma.readiness";

  private final LogTopics topics;

  @Inject
  LogReadiness(LogTopics topics) {
    this.topics = topics;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      topics.find(NO_TOPIC);
      return HealthCheckResponse.up("log");
    } catch (LogException e) {
      return HealthCheckResponse.named("log").down().withData("code", e.code()).build();
    }
  }
}
