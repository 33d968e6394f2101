package dev.kyma.compactor.api;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Job;
import dev.kyma.service.job.JobRequest;
import dev.kyma.service.problem.KymaException;
import dev.kyma.service.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Work on stored rows, as STORAGE FLUSH, COMPACT, CHECK and ADOPT LOG ask for it. Each request
 * makes a job; it is answered 200 when the job has ended within the time waited, else 202.
 */
@Path("/v1/storage")
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
    responseCode = "200",
    description = "The job has ended",
    content = @Content(schema = @Schema(implementation = JobAnswer.class)))
@APIResponse(
    responseCode = "202",
    description = "The job goes on; see /v1/jobs/{job}",
    content = @Content(schema = @Schema(implementation = JobAnswer.class)))
@APIResponse(
    responseCode = "default",
    description = "404 table_not_found; 503 catalog_unavailable",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = Problem.class)))
public class StorageResource {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Catalog catalog;
  private final TableNames tables;

  @Inject
  StorageResource(Catalog catalog, TableNames tables) {
    this.catalog = catalog;
    this.tables = tables;
  }

  /** How deep a check goes. */
  @Schema(
      type = SchemaType.STRING,
      enumeration = {"normal", "extended"})
  public enum Depth {
    normal,
    extended;

    JobRequest.Depth asked() {
      return switch (this) {
        case normal -> JobRequest.Depth.NORMAL;
        case extended -> JobRequest.Depth.EXTENDED;
      };
    }
  }

  /** Has a table, a database or everything flushed. */
  @POST
  @Path("/flush")
  @RunOnVirtualThread
  @Operation(
      operationId = "storageFlush",
      summary = "Turn what is in the log into extents, by whichever compactors flush it",
      description = "Of one table, of a database's tables, or of all.")
  public Response flush(
      @QueryParam("table") @Nullable String table,
      @QueryParam("database") @Nullable String database,
      @QueryParam("wait") @DefaultValue("30") @Min(0) @Max(60) int waitSeconds) {
    return run(
        table == null
            ? new JobRequest.FlushAll(Optional.ofNullable(database))
            : new JobRequest.FlushTable(tables.find(table).id()),
        waitSeconds);
  }

  /** Has a table's extents merged. */
  @POST
  @Path("/compact")
  @RunOnVirtualThread
  @Operation(operationId = "storageCompact", summary = "Merge a table's extents")
  public Response compact(
      @QueryParam("table") @Nullable String table,
      @QueryParam("wait") @DefaultValue("0") @Min(0) @Max(60) int waitSeconds) {
    return run(new JobRequest.Compact(tables.find(table).id()), waitSeconds);
  }

  /** Has a table, the storage or everything checked. */
  @POST
  @Path("/check")
  @RunOnVirtualThread
  @Operation(
      operationId = "storageCheck",
      summary = "Compare what is stored with what the catalog says",
      description =
          "Of one table; of the storage, which is what belongs to no table, with target=storage; or"
              + " of everything. The job's rows are the findings, none when all is well.")
  public Response check(
      @QueryParam("table") @Nullable String table,
      @QueryParam("target") @Nullable String target,
      @QueryParam("depth") @DefaultValue("normal") Depth depth,
      @QueryParam("wait") @DefaultValue("0") @Min(0) @Max(60) int waitSeconds) {
    JobRequest request;
    if (table != null) {
      request = new JobRequest.CheckTable(tables.find(table).id(), depth.asked());
    } else if (target == null || target.equals("all")) {
      request = new JobRequest.CheckAll(depth.asked());
    } else if (target.equals("storage")) {
      request = new JobRequest.CheckStorage(depth.asked());
    } else {
      throw new KymaException.Rejected(
          CompactorProblems.INVALID_TARGET, "A target is all or storage, not " + target + ".");
    }
    return run(request, waitSeconds);
  }

  /** Has a table's log taken as it is. */
  @POST
  @Path("/adopt-log")
  @RunOnVirtualThread
  @Operation(
      operationId = "storageAdoptLog",
      summary = "Take a table's log as it is now",
      description =
          "For a log that was cut off, or deleted and made anew. What was in it and in no extent is"
              + " given up; what is in it now is read from its beginning.")
  public Response adoptLog(
      @QueryParam("table") @Nullable String table,
      @QueryParam("wait") @DefaultValue("30") @Min(0) @Max(60) int waitSeconds) {
    return run(new JobRequest.AdoptLog(tables.find(table).id()), waitSeconds);
  }

  private Response run(JobRequest request, int waitSeconds) {
    long id = request.submit(catalog.jobs());
    long deadline = System.nanoTime() + Duration.ofSeconds(waitSeconds).toNanos();
    while (true) {
      Job job = catalog.jobs().find(id).orElseThrow();
      if (job.state().isEnd()) {
        return Response.ok(JobAnswer.whole(job)).build();
      }
      if (System.nanoTime() - deadline >= 0) {
        return Response.accepted(JobAnswer.brief(job)).build();
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
