package dev.kyma.query.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The shape of an answer as one JSON document; it is written piece by piece and never held whole.
 *
 * @param columns the columns
 * @param rows the rows, each with its values in the order of the columns
 * @param stats what the answer is based on and what it took
 */
@Schema(name = "Answer")
record AnswerDocument(List<AnswerColumn> columns, List<List<Object>> rows, Stats stats) {

  /** A column and its type's name. */
  @Schema(name = "AnswerColumn")
  record AnswerColumn(String name, String type) {}

  /** What the answer is based on and what it took. */
  @Schema(name = "AnswerStats")
  record Stats(
      long snapshot,
      FreshnessStats freshness,
      Placement placement,
      double elapsed_ms,
      long rows,
      Share extents,
      Share blocks,
      Share bytes,
      long requests,
      long tail_rows,
      long peak_memory_bytes) {}

  /** How new the rows are; a token reads at least them again. */
  @Schema(name = "AnswerFreshness")
  record FreshnessStats(String level, String token, long lag_ms) {}

  /** Where the query ran. */
  @Schema(name = "AnswerPlacement")
  record Placement(int nodes, int workers) {}

  /** How much there was and how much of it was read. */
  @Schema(name = "AnswerShare")
  record Share(long considered, long read) {}
}
