package dev.kyma.compactor.api;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Job;
import dev.kyma.service.problem.KymaException;
import dev.kyma.service.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Jobs: SHOW JOBS and KILL JOB. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {
  private final Catalog catalog;

  @Inject
  JobsResource(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The newest jobs, newest first. */
  @GET
  @RunOnVirtualThread
  @Operation(operationId = "jobs", summary = "The newest jobs, newest first")
  public List<JobAnswer> list(
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(10_000) int limit) {
    return catalog.jobs().list(limit).stream().map(JobAnswer::brief).toList();
  }

  /** One job, with what came of it. */
  @GET
  @Path("/{job}")
  @RunOnVirtualThread
  @Operation(operationId = "job", summary = "One job, with what came of it")
  @APIResponse(responseCode = "200", description = "The job")
  @APIResponse(
      responseCode = "default",
      description = "404 job_not_found; 503 catalog_unavailable",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class)))
  public JobAnswer job(@PathParam("job") long job) {
    return JobAnswer.whole(find(job));
  }

  /** Ends a job that waits or runs; one that has ended stays as it is. */
  @DELETE
  @Path("/{job}")
  @RunOnVirtualThread
  @Operation(operationId = "killJob", summary = "End a job that waits or runs")
  @APIResponse(responseCode = "200", description = "The job as it is now")
  @APIResponse(
      responseCode = "default",
      description = "404 job_not_found; 503 catalog_unavailable",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class)))
  public JobAnswer kill(@PathParam("job") long job) {
    find(job);
    catalog.jobs().kill(job);
    return JobAnswer.brief(find(job));
  }

  private Job find(long job) {
    return catalog
        .jobs()
        .find(job)
        .orElseThrow(
            () ->
                new KymaException.Rejected(
                    CompactorProblems.JOB_NOT_FOUND, "There is no job " + job + "."));
  }
}
