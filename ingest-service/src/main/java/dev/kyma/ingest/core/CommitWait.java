package dev.kyma.ingest.core;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.FreshnessToken;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.service.problem.KymaException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Waits until rows are in a snapshot. Safe for use by many threads. */
public final class CommitWait {
  private static final Duration POLL = Duration.ofMillis(20);

  private final Catalog catalog;
  private final Duration patience;

  /**
   * @param patience how long a request waits at most
   */
  public CommitWait(Catalog catalog, Duration patience) {
    this.catalog = catalog;
    this.patience = patience;
  }

  /**
   * Waits for everything a token names.
   *
   * @return the number of a snapshot that contains it
   * @throws KymaException.Busy with {@link IngestProblems#NOT_COMMITTED_YET} when that takes too
   *     long; the rows are in the log all the same
   */
  public long await(FreshnessToken token) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Snapshot snapshot = catalog.snapshot(POLL);
      if (token.isWithin(snapshot)) {
        return snapshot.number();
      }
      if (System.nanoTime() - deadline > 0) {
        throw late(token, snapshot);
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw late(token, snapshot);
      }
    }
  }

  private KymaException late(FreshnessToken token, Snapshot snapshot) {
    List<Map<String, Object>> lag = new ArrayList<>();
    for (FreshnessToken.Entry entry : token.entries()) {
      long next = snapshot.cursor(entry.log()).map(SourceCursor::nextOffset).orElse(0L);
      if (next <= entry.offset()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("log", entry.log());
        one.put("offset", entry.offset());
        one.put("committed_to", next);
        lag.add(one);
      }
    }
    return new KymaException.Busy(
        IngestProblems.NOT_COMMITTED_YET,
        "The rows are stored in the log and will be committed; after "
            + patience
            + " they were not yet. Do not send them again.",
        Duration.ofSeconds(1),
        Map.of("token", token.encoded(), "snapshot", snapshot.number(), "lag", lag),
        null);
  }
}
