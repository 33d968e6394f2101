package dev.kyma.e2e.crash;

import dev.kyma.e2e.client.KymaClient;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Writers that send requests of a few rows, half of them with an idempotency key, until the process
 * they talk to is gone. Each row names its request and has an id of its own.
 */
final class Load implements AutoCloseable {
  static final String TABLE = "kills";
  private static final int MAX_ROWS = 20;
  private static final int RETRIES = 50;

  private final KymaClient client;
  private final Ledger ledger;
  private final int writers;
  private final Random seeds;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  Load(KymaClient client, Ledger ledger, int writers, long seed) {
    this.client = client;
    this.ledger = ledger;
    this.writers = writers;
    this.seeds = new Random(seed);
  }

  /** Starts the writers; the first thing they do is to retry what was left open. */
  void start() {
    for (int i = 0; i < writers; i++) {
      Random random = new Random(seeds.nextLong());
      boolean retries = i == 0;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      if (retries) {
                        retryOpenKeyedRequests();
                      }
                      while (!stopped) {
                        sendOne(random);
                      }
                    } catch (UncheckedIOException e) {
                      stopped = true;
                    }
                  }));
    }
  }

  /** Sends again every keyed request whose outcome is not known. */
  void retryOpenKeyedRequests() {
    for (String request : ledger.openKeyed()) {
      send(request, ledger.rows(request), true);
    }
  }

  private void sendOne(Random random) {
    boolean keyed = random.nextBoolean();
    String request = (keyed ? "keyed-" : "plain-") + UUID.randomUUID();
    int rows = 1 + random.nextInt(MAX_ROWS);
    ledger.sent(request, rows, keyed);
    send(request, rows, keyed);
  }

  private void send(String request, int rows, boolean keyed) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      body.append("{\"request\":\"").append(request).append("\",\"id\":").append(i).append("}\n");
    }
    Map<String, String> headers = keyed ? Map.of("X-Idempotency-Key", request) : Map.of();
    for (int attempt = 0; attempt < (keyed ? RETRIES : 1); attempt++) {
      KymaClient.Answer answer = client.ingest(TABLE, body.toString(), headers);
      if (answer.status() == 200) {
        ledger.acknowledged(request);
        return;
      }
      if (answer.status() != 503 && answer.status() != 429) {
        throw new IllegalStateException(request + " answered " + answer);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
