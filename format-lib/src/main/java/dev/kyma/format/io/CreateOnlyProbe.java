package dev.kyma.format.io;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Finds out whether a store really creates objects once: several writers race for one key.
 *
 * <p>Commits and extents rest on this promise, and not every service that speaks S3 keeps it.
 * Stateless; run it when a store is opened.
 */
public final class CreateOnlyProbe {
  private static final String PREFIX = "_probe/";

  private CreateOnlyProbe() {}

  /**
   * What the races showed.
   *
   * @param rounds how many keys were raced for
   * @param wrongRounds for how many of them not exactly one writer won, or another's bytes were
   *     there afterwards
   */
  public record Result(int rounds, int wrongRounds) {
    /** Whether nothing speaks against the promise. */
    public boolean passed() {
      return wrongRounds == 0;
    }
  }

  /**
   * Races for some keys, which are deleted afterwards.
   *
   * @param writers how many writers race for each key
   * @param rounds how many keys
   * @throws ObjectStoreException if the store cannot be reached
   */
  public static Result run(ObjectStore store, int writers, int rounds) {
    int wrong = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < rounds; round++) {
        String key = PREFIX + UUID.randomUUID();
        if (!race(store, threads, key, writers)) {
          wrong++;
        }
        store.delete(List.of(key));
      }
    }
    return new Result(rounds, wrong);
  }

  private static boolean race(ObjectStore store, ExecutorService threads, String key, int writers) {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<ObjectStore.PutResult>> attempts = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      ByteBuffer content = content(writer);
      attempts.add(
          threads.submit(
              () -> {
                start.await();
                return store.create(key, List.of(content));
              }));
    }
    start.countDown();
    int winner = -1;
    int winners = 0;
    for (int writer = 0; writer < writers; writer++) {
      if (outcome(attempts.get(writer), key) == ObjectStore.PutResult.CREATED) {
        winner = writer;
        winners++;
      }
    }
    return winners == 1 && store.readSuffix(key, 64).bytes().equals(content(winner));
  }

  private static ByteBuffer content(int writer) {
    return ByteBuffer.wrap(("writer " + writer).getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectStore.PutResult outcome(Future<ObjectStore.PutResult> attempt, String key) {
    try {
      return attempt.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ObjectStoreException.Unavailable(key, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new ObjectStoreException.Unavailable(key, e);
    }
  }
}
