package dev.kyma.ingest.core;

import dev.kyma.catalog.FreshnessToken;
import dev.kyma.ingest.core.json.Rejection;
import java.util.List;

/**
 * What became of a request's rows.
 *
 * @param accepted how many the log has acknowledged
 * @param rejected the first of those that did not land
 * @param rejectedCount how many did not land
 * @param token reads at least the accepted rows
 * @param replayed whether the same request was stored before, and nothing was sent now
 */
public record IngestAnswer(
    long accepted,
    List<Rejection> rejected,
    int rejectedCount,
    FreshnessToken token,
    boolean replayed) {
  public IngestAnswer {
    rejected = List.copyOf(rejected);
  }
}
