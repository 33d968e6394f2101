package dev.kyma.ingest.api;

import dev.kyma.ingest.core.CommitWait;
import dev.kyma.ingest.core.IngestAnswer;
import dev.kyma.ingest.core.IngestProblems;
import dev.kyma.ingest.core.IngestRequest;
import dev.kyma.ingest.core.RowIngest;
import dev.kyma.ingest.core.table.TableName;
import dev.kyma.service.problem.KymaException;
import dev.kyma.service.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Rows as JSON. */
@Path("/v1/ingest")
@Produces(MediaType.APPLICATION_JSON)
public final class IngestResource {
  private static final String NDJSON = "application/x-ndjson";
  private static final String PROBLEM = "application/problem+json";

  private final RowIngest ingest;
  private final CommitWait commits;
  private final BodyReader bodies;
  private final IngestMetrics metrics;

  @Inject
  IngestResource(RowIngest ingest, CommitWait commits, BodyReader bodies, IngestMetrics metrics) {
    this.ingest = ingest;
    this.commits = commits;
    this.bodies = bodies;
    this.metrics = metrics;
  }

  @POST
  @Consumes({NDJSON, "application/ndjson", "application/jsonl", MediaType.APPLICATION_JSON})
  @RunOnVirtualThread
  @Operation(
      operationId = "ingest",
      summary = "Store rows",
      description =
          "One JSON object a line, or an array of objects with application/json. The answer comes"
              + " once the log has acknowledged the rows. A table that does not exist is made from"
              + " the rows.")
  @RequestBody(
      required = true,
      content = {
        @Content(mediaType = NDJSON, schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema())
      })
  @APIResponse(
      responseCode = "200",
      description = "What became of the rows",
      content = @Content(schema = @Schema(implementation = RowsAnswer.class)))
  @APIResponse(
      responseCode = "default",
      description =
          "400 malformed_body, invalid_name, invalid_header; 404 table_not_found; 409"
              + " idempotency_key_reused; 413 body_too_large; 415 unsupported_media_type; 422"
              + " rows_rejected; 429 overloaded; 503 log_unavailable, schema_busy; 504"
              + " not_committed_yet",
      content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
  public RowsAnswer ingest(
      @Parameter(hidden = true) @HeaderParam("Content-Type") @Nullable String contentType,
      @Parameter(hidden = true) @HeaderParam("Content-Length") @Nullable String contentLength,
      @Parameter(description = "gzip, or none") @HeaderParam("Content-Encoding")
          @Nullable String encoding,
      @HeaderParam("X-Database") @DefaultValue(TableName.DEFAULT_DATABASE) String database,
      @Parameter(required = true, description = "The table the rows go to") @HeaderParam("X-Table")
          @Nullable String table,
      @Parameter(description = "A request with the same key and body is stored once")
          @HeaderParam("X-Idempotency-Key")
          @Nullable String key,
      @Parameter(description = "Whether to make a table that does not exist")
          @HeaderParam("X-Auto-Create")
          @DefaultValue("true")
          String autoCreate,
      @Parameter(description = "Whether fields without a column get one")
          @HeaderParam("X-Schema-Evolve")
          @DefaultValue("true")
          String evolve,
      @Parameter(description = "Whether one bad row keeps all rows out")
          @HeaderParam("X-Atomic")
          @DefaultValue("false")
          String atomic,
      @Parameter(description = "committed: answer once the rows are in a snapshot")
          @QueryParam("wait")
          @Nullable String wait,
      InputStream in) {
    if (table == null) {
      throw new KymaException.Rejected(
          IngestProblems.INVALID_HEADER, "The header X-Table must name a table.");
    }
    TableName name = TableName.ofClient(database, table);
    Optional<String> idempotencyKey = Optional.ofNullable(key);
    if (idempotencyKey.filter(k -> k.isBlank() || k.length() > 256).isPresent()) {
      throw new KymaException.Rejected(
          IngestProblems.INVALID_HEADER, "X-Idempotency-Key has 1 to 256 characters.");
    }
    boolean committed = isCommitted(wait);
    IngestRequest.Creation creation =
        flag("X-Auto-Create", autoCreate)
            ? IngestRequest.Creation.CREATE
            : IngestRequest.Creation.REFUSE;
    IngestRequest.Evolution evolution =
        flag("X-Schema-Evolve", evolve)
            ? IngestRequest.Evolution.ADD_COLUMNS
            : IngestRequest.Evolution.KEEP_SCHEMA;
    IngestRequest.Atomicity atomicity =
        flag("X-Atomic", atomic)
            ? IngestRequest.Atomicity.ALL_ROWS
            : IngestRequest.Atomicity.EACH_ROW;
    IngestAnswer answer;
    try (BodyReader.Body body = bodies.read(in, encoding, length(contentLength))) {
      answer =
          ingest.ingest(
              new IngestRequest(
                  name,
                  body.data(),
                  body.length(),
                  format(contentType),
                  idempotencyKey,
                  creation,
                  evolution,
                  atomicity));
      metrics.rows("ndjson", answer.accepted(), answer.rejectedCount(), body.length());
    }
    Long snapshot = committed ? commits.await(answer.token()) : null;
    return RowsAnswer.of(answer, snapshot);
  }

  private static IngestRequest.Format format(@Nullable String contentType) {
    boolean json =
        contentType != null
            && contentType.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_JSON);
    return json ? IngestRequest.Format.ARRAY : IngestRequest.Format.LINES;
  }

  static long length(@Nullable String contentLength) {
    try {
      return contentLength == null ? -1 : Long.parseLong(contentLength);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static boolean isCommitted(@Nullable String wait) {
    if (wait == null) {
      return false;
    }
    if (!wait.equals("committed")) {
      throw new KymaException.Rejected(
          IngestProblems.INVALID_HEADER, "The parameter wait may be committed, or left out.");
    }
    return true;
  }

  private static boolean flag(String header, String value) {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new KymaException.Rejected(
              IngestProblems.INVALID_HEADER, header + " is true or false, not " + value + ".");
    };
  }
}
