package dev.kyma.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.process.KymaProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A table with a primary key under updates: rows are loaded, then updated for minutes at a steady
 * rate with keys drawn from all over, while extents are counted and rows are looked up. Every
 * version's value is kept in an array here, so that in the end the table's count and sum are
 * compared, and every looked-up row is.
 */
final class KeyedFigures {
  private static final String TABLE = "accounts";
  private static final int BATCH_ROWS = 5_000;
  private static final int IN_FLIGHT = 4;
  private static final Duration SAMPLE = Duration.ofSeconds(1);

  private final KymaClient client;
  private final int[] newest;
  private final SplittableRandom random = new SplittableRandom(11);

  KeyedFigures(KymaProcess kyma, int keys) {
    this.client = new KymaClient(kyma.http());
    this.newest = new int[keys];
  }

  /**
   * Runs all of it.
   *
   * @param updatesPerSecond the rate that is kept up if it can be
   * @param duration for how long
   */
  void run(int updatesPerSecond, Duration duration, Consumer<Figure> report) {
    client.query(
        "CREATE TABLE "
            + TABLE
            + " (id BIGINT PRIMARY KEY, v BIGINT, note TEXT)"
            + " WITH (FLUSH_POLICY = 'rows:1000000,bytes:256000000,interval:5s')");
    load();
    awaitFlushed();
    lookups("storage.pk_lookup_p50", report);
    updates(updatesPerSecond, duration, report);
    awaitFlushed();
    boolean equal = isEqual();
    report.accept(
        new Figure(
            "storage.update_rows_equal",
            "rows",
            newest.length,
            null,
            null,
            null,
            newest.length,
            1,
            equal));
    lookups("storage.pk_lookup_after_p50", report);
  }

  private void load() {
    Sender sender = new Sender();
    for (int from = 0; from < newest.length; from += BATCH_ROWS) {
      StringBuilder rows = new StringBuilder(BATCH_ROWS * 64);
      int to = Math.min(newest.length, from + BATCH_ROWS);
      for (int id = from; id < to; id++) {
        newest[id] = 1;
        row(rows, id, 1);
      }
      sender.send(rows.toString());
    }
    sender.finish();
  }

  private static void row(StringBuilder rows, int id, int value) {
    rows.append("{\"id\":").append(id).append(",\"v\":").append(value);
    rows.append(",\"note\":\"account ").append(id % 1_000).append("\"}\n");
  }

  private void updates(int perSecond, Duration duration, Consumer<Figure> report) {
    long extentsBefore = extents();
    Sender sender = new Sender();
    List<Long> counts = new ArrayList<>();
    long start = System.nanoTime();
    long nextSample = start;
    long sent = 0;
    while (System.nanoTime() - start < duration.toNanos()) {
      long due = (long) (perSecond * ((System.nanoTime() - start) / 1e9));
      if (sent > due) {
        pause(2);
      } else {
        StringBuilder rows = new StringBuilder(BATCH_ROWS * 64);
        for (int i = 0; i < BATCH_ROWS; i++) {
          int id = random.nextInt(newest.length);
          row(rows, id, ++newest[id]);
        }
        // One request at a time: two in flight could hold versions of one key in either order.
        sender.send(rows.toString());
        sender.finish();
        sent += BATCH_ROWS;
      }
      if (System.nanoTime() - nextSample > 0) {
        counts.add(extents());
        nextSample += SAMPLE.toNanos();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
    report.accept(Figure.alone("storage.updates_per_s", "rows/s", sent / seconds, sent));
    report.accept(Figure.alone("storage.extents_before", "extents", extentsBefore, newest.length));
    report.accept(Figure.alone("storage.extents_most", "extents", most, sent));
    report.accept(Figure.alone("storage.extents_after", "extents", extents(), sent));
  }

  private long extents() {
    JsonNode body = client.tryQuery("SHOW EXTENTS " + TABLE, Map.of()).body();
    return body.path("rows").size();
  }

  private void lookups(String name, Consumer<Figure> report) {
    int rounds = 500;
    double[] millis = new double[rounds];
    boolean equal = true;
    for (int round = -20; round < rounds; round++) {
      int id = random.nextInt(newest.length);
      long begin = System.nanoTime();
      JsonNode rows =
          client
              .tryQuery("SELECT id, v FROM " + TABLE + " WHERE id = " + id, Map.of())
              .body()
              .path("rows");
      if (round >= 0) {
        millis[round] = (System.nanoTime() - begin) / 1e6;
      }
      equal &= rows.size() == 1 && rows.get(0).get(1).asInt() == newest[id];
    }
    Arrays.sort(millis);
    report.accept(
        new Figure(name, "ms", millis[rounds / 2], null, null, null, newest.length, rounds, equal));
  }

  private boolean isEqual() {
    long sum = 0;
    for (int value : newest) {
      sum += value;
    }
    JsonNode row =
        client.tryQuery("SELECT count(*), sum(v) FROM " + TABLE, Map.of()).body().at("/rows/0");
    boolean equal = row.path(0).asLong() == newest.length && row.path(1).asLong() == sum;
    if (!equal) {
      System.out.printf(
          "the table has count and sum %s, it was sent %d and %d%n", row, newest.length, sum);
    }
    return equal;
  }

  private void awaitFlushed() {
    client.query("STORAGE FLUSH TABLE " + TABLE);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A few requests at a time. */
  private final class Sender {
    private final Semaphore slots = new Semaphore(IN_FLIGHT);
    private final AtomicInteger refused = new AtomicInteger();

    void send(String rows) {
      slots.acquireUninterruptibly();
      CompletableFuture<Void> unused =
          CompletableFuture.runAsync(
              () -> {
                try {
                  KymaClient.Answer answer = client.ingest(TABLE, rows, Map.of());
                  if (answer.status() >= 300) {
                    refused.incrementAndGet();
                    System.out.println("refused: " + answer.status() + " " + answer.body());
                  }
                } finally {
                  slots.release();
                }
              });
    }

    void finish() {
      slots.acquireUninterruptibly(IN_FLIGHT);
      slots.release(IN_FLIGHT);
      if (refused.get() > 0) {
        throw new IllegalStateException(refused + " requests were refused");
      }
    }
  }
}
