package dev.kyma.compactor.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kyma.catalog.Job;
import dev.kyma.service.report.Report;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job.
 *
 * @param job its number
 * @param kind {@code flush, compact, check} or {@code adopt_log}
 * @param tableId the table it is about, 0 for none or several
 * @param state {@code queued, running, done, failed} or {@code killed}
 * @param error why it failed
 * @param rows what came of it, once it is done; the columns are those of the SQL statement
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobAnswer(
    long job,
    String kind,
    @JsonProperty("table_id") long tableId,
    String arguments,
    String state,
    @Nullable String owner,
    String progress,
    long done,
    long total,
    String created,
    String updated,
    @Nullable String error,
    @Nullable List<Map<String, @Nullable Object>> rows) {

  /** A job with what came of it. */
  static JobAnswer whole(Job job) {
    boolean isDone = job.state() == Job.State.DONE;
    return of(
        job, isDone ? job.result().map(text -> Report.parse(text).maps()).orElse(null) : null);
  }

  /** A job without what came of it. */
  static JobAnswer brief(Job job) {
    return of(job, null);
  }

  private static JobAnswer of(Job job, @Nullable List<Map<String, @Nullable Object>> rows) {
    return new JobAnswer(
        job.id(),
        job.kind().name().toLowerCase(Locale.ROOT),
        job.table(),
        job.arguments(),
        job.state().name().toLowerCase(Locale.ROOT),
        job.owner().orElse(null),
        job.progress().text(),
        job.progress().done(),
        job.progress().total(),
        job.created().toString(),
        job.updated().toString(),
        job.state() == Job.State.FAILED ? job.result().orElse(null) : null,
        rows);
  }
}
