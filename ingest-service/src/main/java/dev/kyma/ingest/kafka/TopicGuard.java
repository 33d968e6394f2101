package dev.kyma.ingest.kafka;

import dev.kyma.catalog.LogBinding;
import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogIdentity;
import dev.kyma.service.log.LogTopics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Refuses to send to a topic that is not the log the catalog recorded. */
@ApplicationScoped
class TopicGuard {
  /** For how long a topic that was right is taken to be so still. */
  private static final long TRUSTED_NANOS = Duration.ofSeconds(1).toNanos();

  private final LogTopics topics;
  private final ConcurrentHashMap<LogBinding, Check> checks = new ConcurrentHashMap<>();

  private static final class Check {
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean passed;
    private volatile long passedAt;
  }

  @Inject
  TopicGuard(LogTopics topics) {
    this.topics = topics;
  }

  /**
   * @throws dev.kyma.service.problem.KymaException.Busy if the topic is another or cannot be asked
   */
  void check(LogBinding log) {
    Check check = checks.computeIfAbsent(log, key -> new Check());
    if (check.passed && System.nanoTime() - check.passedAt < TRUSTED_NANOS) {
      return;
    }
    check.lock.lock();
    try {
      if (check.passed && System.nanoTime() - check.passedAt < TRUSTED_NANOS) {
        return;
      }
      check.passed = false;
      LogIdentity identity = topics.verify(log);
      Optional<LogException> fault = identity.fault(log);
      if (fault.isPresent()) {
        throw LogProblems.of(fault.get());
      }
      check.passedAt = System.nanoTime();
      check.passed = true;
    } catch (LogException e) {
      throw LogProblems.of(e);
    } finally {
      check.lock.unlock();
    }
  }
}
