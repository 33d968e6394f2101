package dev.kyma.ingest.core;

import dev.kyma.ingest.core.log.RequestKey;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keyed requests this process answered of late. Only an early answer depends on it: what is
 * stored once is decided by the fold over the log.
 */
final class KnownKeys {
  private record Key(long table, long high, long low) {}

  private record Known(RequestKey key, IngestAnswer answer, long until) {}

  private final Duration window;
  private final Clock clock;
  private final Map<Key, Known> answers;

  KnownKeys(Duration window, int maxKeys, Clock clock) {
    this.window = window;
    this.clock = clock;
    this.answers =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
            return size() > maxKeys;
          }
        };
  }

  /**
   * The answer of the same request before, if known.
   *
   * @throws dev.kyma.service.problem.KymaException.Rejected if the key came with another payload
   */
  synchronized @Nullable IngestAnswer answer(long table, RequestKey key) {
    Known known = answers.get(new Key(table, key.keyHigh(), key.keyLow()));
    if (known == null || known.until() < clock.millis()) {
      return null;
    }
    if (!known.key().hasSamePayload(key)) {
      throw IngestProblems.keyReused();
    }
    IngestAnswer first = known.answer();
    return new IngestAnswer(
        first.accepted(), first.rejected(), first.rejectedCount(), first.token(), true);
  }

  synchronized void remember(long table, RequestKey key, IngestAnswer answer) {
    answers.put(
        new Key(table, key.keyHigh(), key.keyLow()),
        new Known(key, answer, clock.millis() + window.toMillis()));
  }
}
