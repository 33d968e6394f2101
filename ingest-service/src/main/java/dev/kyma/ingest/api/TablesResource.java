package dev.kyma.ingest.api;

import dev.kyma.catalog.TableDef;
import dev.kyma.ingest.core.IngestPolicy;
import dev.kyma.ingest.core.IngestProblems;
import dev.kyma.ingest.core.table.TableSpec;
import dev.kyma.ingest.core.table.Tables;
import dev.kyma.service.problem.KymaException;
import dev.kyma.service.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Tables with declared columns, as CREATE TABLE makes them. */
@Path("/v1/tables")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class TablesResource {
  private final Tables tables;
  private final IngestPolicy policy;

  @Inject
  TablesResource(Tables tables, IngestPolicy policy) {
    this.tables = tables;
    this.policy = policy;
  }

  @POST
  @RunOnVirtualThread
  @Operation(
      operationId = "createTable",
      summary = "Make a table",
      description =
          "Columns keep the declared types: a row whose values do not fit is rejected, unless the"
              + " table has an overflow column.")
  @APIResponse(
      responseCode = "201",
      description = "The table was made",
      content = @Content(schema = @Schema(implementation = TableAnswer.class)))
  @APIResponse(
      responseCode = "200",
      description = "There was a table of that name and if_not_exists is true",
      content = @Content(schema = @Schema(implementation = TableAnswer.class)))
  @APIResponse(
      responseCode = "default",
      description =
          "400 malformed_request, invalid_name; 409 table_exists; 422 invalid_table; 503"
              + " catalog_unavailable, log_unavailable",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class)))
  public Response create(@NotNull @Valid TableRequest request) {
    TableSpec spec = TableSpecs.of(request, policy);
    return switch (tables.create(spec)) {
      case Tables.Creation.Made(TableDef table) ->
          Response.status(Response.Status.CREATED).entity(answer(table, true)).build();
      case Tables.Creation.Existed(TableDef table) -> {
        if (!Boolean.TRUE.equals(request.ifNotExists())) {
          throw new KymaException.Rejected(
              IngestProblems.TABLE_EXISTS, "There is a table " + spec.name() + " already.");
        }
        yield Response.ok(answer(table, false)).build();
      }
    };
  }

  private static TableAnswer answer(TableDef table, boolean created) {
    return new TableAnswer(
        table.id(), table.database(), table.name(), table.schemaVersion(), created);
  }
}
