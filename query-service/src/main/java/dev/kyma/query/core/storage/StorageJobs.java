package dev.kyma.query.core.storage;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Job;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.exec.QueryContext;
import dev.kyma.query.core.frontend.StorageWork;
import dev.kyma.query.core.frontend.TableShape;
import dev.kyma.service.job.JobRequest;
import dev.kyma.service.report.Report;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Work on stored rows: jobs are submitted and waited for. Safe for use by many threads. */
public final class StorageJobs {
  private static final Duration FIRST_POLL = Duration.ofMillis(10);
  private static final Duration LAST_POLL = Duration.ofMillis(250);

  private final Catalog catalog;
  private final Duration patience;

  /**
   * @param patience how long a statement waits for its job; less than a query may run
   */
  public StorageJobs(Catalog catalog, Duration patience) {
    this.catalog = catalog;
    this.patience = patience;
  }

  /**
   * Has work done and waits for it, as long as a statement may.
   *
   * @param context ends the waiting when the query is cancelled; the job goes on
   * @return what came of it, or which job goes on
   * @throws QueryException if the job failed or was killed
   */
  public Report run(StorageWork work, QueryContext context) {
    return guarded(
        () -> {
          long id = request(work).submit(catalog.jobs());
          Job job = await(id, context);
          return job.state().isEnd() ? result(job) : goesOn(job);
        });
  }

  /**
   * Has a table flushed up to what is in its log now.
   *
   * @throws QueryException also if that takes too long
   */
  public void flush(long table, QueryContext context) {
    guarded(
        () -> {
          Job job = await(new JobRequest.FlushTable(table).submit(catalog.jobs()), context);
          if (!job.state().isEnd()) {
            throw new QueryException(
                QueryException.Code.JOB_FAILED,
                "the table was not flushed in time; job " + job.id() + " goes on",
                Map.of("job", job.id()));
          }
          return result(job);
        });
  }

  /** Ends a job; answers its state after that. */
  public Report kill(long id) {
    return guarded(
        () -> {
          catalog.jobs().kill(id);
          Job job =
              catalog
                  .jobs()
                  .find(id)
                  .orElseThrow(
                      () ->
                          new QueryException(
                              QueryException.Code.INVALID_REQUEST, "there is no job " + id));
          return goesOn(job);
        });
  }

  private Job await(long id, QueryContext context) {
    long deadline = System.nanoTime() + patience.toNanos();
    Duration pause = FIRST_POLL;
    while (true) {
      context.check();
      Job job = catalog.jobs().find(id).orElseThrow();
      if (job.state().isEnd() || System.nanoTime() - deadline >= 0) {
        return job;
      }
      LockSupport.parkNanos(pause.toNanos());
      pause = pause.multipliedBy(2).compareTo(LAST_POLL) < 0 ? pause.multipliedBy(2) : LAST_POLL;
    }
  }

  private static Report result(Job job) {
    return switch (job.state()) {
      case DONE -> Report.parse(job.result().orElseThrow());
      case FAILED ->
          throw new QueryException(
              QueryException.Code.JOB_FAILED,
              "job " + job.id() + " failed: " + withoutPoint(job.result().orElse("")),
              Map.of("job", job.id()));
      case KILLED ->
          throw new QueryException(
              QueryException.Code.JOB_FAILED,
              "job " + job.id() + " was killed",
              Map.of("job", job.id()));
      case QUEUED, RUNNING -> throw new IllegalStateException(job.toString());
    };
  }

  private static String withoutPoint(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private static Report goesOn(Job job) {
    return Report.of()
        .integer("job")
        .text("state")
        .text("progress")
        .row(job.id(), job.state().name().toLowerCase(Locale.ROOT), job.progress().text())
        .build();
  }

  private static JobRequest request(StorageWork work) {
    return switch (work) {
      case StorageWork.FlushTable(TableShape table) -> new JobRequest.FlushTable(id(table));
      case StorageWork.FlushAll all -> new JobRequest.FlushAll(all.database());
      case StorageWork.Compact(TableShape table) -> new JobRequest.Compact(id(table));
      case StorageWork.AdoptLog(TableShape table) -> new JobRequest.AdoptLog(id(table));
      case StorageWork.Check(StorageWork.Target target, StorageWork.Depth depth) -> {
        JobRequest.Depth asked =
            switch (depth) {
              case NORMAL -> JobRequest.Depth.NORMAL;
              case EXTENDED -> JobRequest.Depth.EXTENDED;
            };
        yield switch (target) {
          case StorageWork.Target.Table(TableShape table) ->
              new JobRequest.CheckTable(id(table), asked);
          case StorageWork.Target.Storage _ -> new JobRequest.CheckStorage(asked);
          case StorageWork.Target.All _ -> new JobRequest.CheckAll(asked);
        };
      }
    };
  }

  private static long id(TableShape table) {
    return Long.parseLong(table.table().id());
  }

  private interface Asked {
    Report ask();
  }

  private static Report guarded(Asked asked) {
    try {
      return asked.ask();
    } catch (CatalogException e) {
      throw new QueryException(
          QueryException.Code.STORAGE_UNAVAILABLE, "the catalog does not answer", e);
    }
  }
}
