package dev.kyma.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kyma.e2e.client.KymaClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Waits until a table's extents are merged as far as they can be. */
final class Merging {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private Merging() {}

  /**
   * Asks for it and waits.
   *
   * @throws IllegalStateException if it takes longer than half an hour
   */
  static void toTheEnd(KymaClient client, String table) {
    Instant start = Instant.now();
    client.tryQuery("STORAGE COMPACT TABLE " + table, Map.of());
    while (isBusy(client)) {
      if (Duration.between(start, Instant.now()).compareTo(LIMIT) > 0) {
        throw new IllegalStateException(table + " is still being merged after " + LIMIT);
      }
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
    System.out.printf(
        "merged in %.1f s%n", Duration.between(start, Instant.now()).toMillis() / 1e3);
  }

  private static boolean isBusy(KymaClient client) {
    return client.query("SHOW JOBS").column("state").stream()
        .map(JsonNode::asText)
        .anyMatch(state -> state.equals("queued") || state.equals("running"));
  }
}
