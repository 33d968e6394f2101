package dev.kyma.compactor.api;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.TableDef;
import dev.kyma.compactor.runtime.Compactor;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogRange;
import dev.kyma.service.log.LogTopics;
import dev.kyma.service.problem.Problem;
import dev.kyma.service.report.StorageReports;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** How tables are stored: SHOW MANIFEST, EXTENTS, CURSORS and TAIL, with the same columns. */
@Path("/v1/storage/tables/{table}")
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "200", description = "One object a row, its members as in SQL")
@APIResponse(
    responseCode = "default",
    description = "404 table_not_found; 503 catalog_unavailable, log_unavailable",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = Problem.class)))
public class StoredTablesResource {
  private final Catalog catalog;
  private final TableNames tables;
  private final LogTopics topics;
  private final Compactor compactor;

  @Inject
  StoredTablesResource(Catalog catalog, TableNames tables, LogTopics topics, Compactor compactor) {
    this.catalog = catalog;
    this.tables = tables;
    this.topics = topics;
    this.compactor = compactor;
  }

  /** The extents summed up by order and level. */
  @GET
  @Path("/manifest")
  @RunOnVirtualThread
  @Operation(operationId = "tableManifest", summary = "Extents summed up by order and level")
  public List<Map<String, @Nullable Object>> manifest(@PathParam("table") String table) {
    TableDef found = tables.find(table);
    return StorageReports.manifest(catalog.snapshot(), found).maps();
  }

  /** Every extent. */
  @GET
  @Path("/extents")
  @RunOnVirtualThread
  @Operation(operationId = "tableExtents", summary = "Every extent")
  public List<Map<String, @Nullable Object>> extents(@PathParam("table") String table) {
    TableDef found = tables.find(table);
    return StorageReports.extents(catalog.snapshot(), found).maps();
  }

  /** The cursors, and how far the log is ahead of them. */
  @GET
  @Path("/cursors")
  @RunOnVirtualThread
  @Operation(operationId = "tableCursors", summary = "Cursors, and how far the log is ahead")
  public List<Map<String, @Nullable Object>> cursors(@PathParam("table") String table) {
    TableDef found = tables.find(table);
    return StorageReports.cursors(catalog.snapshot(), found, ends(found)).maps();
  }

  private Map<Integer, Long> ends(TableDef table) {
    List<LogPartition> partitions = new ArrayList<>();
    for (int i = 0; i < table.log().partitions(); i++) {
      partitions.add(new LogPartition(table.log(), i));
    }
    Map<Integer, Long> ends = new HashMap<>();
    for (Map.Entry<LogPartition, LogRange> range : topics.ranges(partitions).entrySet()) {
      ends.put(range.getKey().ordinal(), range.getValue().end());
    }
    return ends;
  }

  /** What is read from the log and in no extent yet, of the partitions this process flushes. */
  @GET
  @Path("/tail")
  @RunOnVirtualThread
  @Operation(
      operationId = "tableTail",
      summary = "What is read and not flushed yet",
      description = "Of the partitions this process flushes.")
  public List<StatusAnswer.Partition> tail(@PathParam("table") String table) {
    TableDef found = tables.find(table);
    return compactor.partitions().stream()
        .filter(partition -> partition.table() == found.id())
        .map(StatusAnswer.Partition::of)
        .toList();
  }
}
