package dev.kyma.ingest.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kyma.ingest.core.IngestAnswer;
import dev.kyma.ingest.core.json.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to rows.
 *
 * @param accepted how many rows are stored
 * @param rejected the first 100 of those that are not
 * @param rejectedCount how many are not stored
 * @param token reads at least these rows, as {@code X-Kyma-Freshness: token:…}
 * @param replayed whether the same keyed request was stored before
 * @param snapshot the number of a snapshot with the rows, when it was waited for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RowsAnswer(
    long accepted,
    List<Rejection> rejected,
    @JsonProperty("rejected_count") int rejectedCount,
    String token,
    boolean replayed,
    @Nullable Long snapshot) {

  static RowsAnswer of(IngestAnswer answer, @Nullable Long snapshot) {
    return new RowsAnswer(
        answer.accepted(),
        answer.rejected(),
        answer.rejectedCount(),
        answer.token().encoded(),
        answer.replayed(),
        snapshot);
  }
}
