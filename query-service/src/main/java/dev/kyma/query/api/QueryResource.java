package dev.kyma.query.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kyma.query.config.QueryConfig;
import dev.kyma.query.core.CancelSignal;
import dev.kyma.query.core.Freshness;
import dev.kyma.query.core.QueryAnswer;
import dev.kyma.query.core.QueryEngine;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.QueryRequest;
import dev.kyma.query.core.QueryStats;
import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.text.ByteSink;
import dev.kyma.service.problem.KymaException;
import dev.kyma.service.problem.Problem;
import dev.kyma.service.problem.ProblemMapper;
import dev.kyma.service.problem.ProblemType;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Answers statements. */
@Path("/v1/query")
public final class QueryResource {
  private static final int FLUSH_BYTES = 64 << 10;

  private final QueryEngine engine;
  private final QueryConfig config;
  private final ObjectMapper json;

  @Inject
  QueryResource(QueryEngine engine, QueryConfig config, ObjectMapper json) {
    this.engine = engine;
    this.config = config;
    this.json = json;
  }

  /** Answers the statement that is the body. */
  @POST
  @Blocking
  @Consumes({"application/sql", "text/plain", "*/*"})
  @Operation(
      operationId = "query",
      summary = "Answer a statement",
      description =
          "Rows leave while the scan runs. NDJSON has a row a line and the statistics in the last"
              + " line; an answer that breaks off ends with a line {\"error\":…} instead. In the"
              + " other formats the connection is cut then, so that no part is taken for the"
              + " whole.")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/sql", schema = @Schema(type = SchemaType.STRING)))
  @APIResponse(
      responseCode = "200",
      description =
          "The rows. 64-bit integers are JSON numbers, decimals strings, timestamps RFC 3339 in UTC"
              + " with nine digits, binary base64, NaN and infinities strings, dynamic values the"
              + " JSON they are",
      headers = {
        @Header(
            name = "X-Kyma-Snapshot",
            description = "The number of the snapshot read",
            schema = @Schema(type = SchemaType.INTEGER)),
        @Header(
            name = "X-Kyma-Freshness-Token",
            description = "Reads at least these rows again, as X-Kyma-Freshness: token:…",
            schema = @Schema(type = SchemaType.STRING))
      },
      content = {
        @Content(mediaType = "application/x-ndjson", schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = "application/json",
            schema = @Schema(implementation = AnswerDocument.class)),
        @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = "application/vnd.apache.arrow.stream",
            schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
  @APIResponse(
      responseCode = "default",
      description =
          "400 sql_syntax, unknown_column, unknown_function, invalid_statement, invalid_request"
              + " (the first with line and column); 404 unknown_table; 406 not_acceptable; 413"
              + " body_too_large; 422 invalid_value, query_limit_exceeded (with the limit's name);"
              + " 429 too_many_queries; 501 unsupported; 502 ingest_failed; 503 log_truncated,"
              + " log_replaced, log_unavailable, storage_unavailable, extent_gone; 504"
              + " freshness_timeout (with the lag)",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class)))
  public Response query(
      InputStream body,
      @Parameter(hidden = true) @HeaderParam("Accept") @DefaultValue("application/x-ndjson")
          String accept,
      @Parameter(description = "committed, hot or token:<token>")
          @HeaderParam("X-Kyma-Freshness")
          @DefaultValue("hot")
          String freshness,
      @Parameter(description = "A lower memory limit for this query, in bytes")
          @HeaderParam("X-Kyma-Max-Memory")
          @Nullable String maxMemory,
      @Parameter(hidden = true) @HeaderParam("Authorization") @Nullable String authorization,
      @Context RoutingContext http) {
    ResultWriter writer = writer(accept);
    CancelSignal cancelling = new CancelSignal();
    http.addEndHandler(ended -> cancelling.cancel());
    try {
      QueryRequest request =
          new QueryRequest(
              "sql",
              statement(body),
              Freshness.parse(freshness),
              memory(maxMemory),
              Optional.ofNullable(authorization));
      QueryAnswer answer = engine.answer(request, cancelling);
      QueryStats stats = answer.stats();
      StreamingOutput rows = out -> stream(answer, writer, out, http);
      return Response.ok(rows)
          .type(writer.mediaType())
          .header("X-Kyma-Snapshot", stats.snapshot())
          .header("X-Kyma-Freshness-Token", stats.token())
          .build();
    } catch (StatementException e) {
      throw QueryProblems.of(e);
    } catch (QueryException e) {
      throw QueryProblems.of(e);
    }
  }

  private static ResultWriter writer(String accept) {
    for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
      String type = range.split(";", 2)[0].strip();
      switch (type) {
        case "application/x-ndjson", "application/ndjson", "*/*", "application/*", "" -> {
          return new NdjsonResult();
        }
        case "application/json" -> {
          return new JsonResult();
        }
        case "text/csv" -> {
          return new CsvResult();
        }
        case "application/vnd.apache.arrow.stream" -> {
          return new ArrowResult();
        }
        default -> {
          // the next one may be known
        }
      }
    }
    throw new KymaException.Rejected(
        ProblemType.NOT_ACCEPTABLE,
        "Answers are application/x-ndjson, application/json, text/csv or"
            + " application/vnd.apache.arrow.stream.");
  }

  private String statement(InputStream body) {
    int limit = (int) Math.min(Integer.MAX_VALUE - 8, config.maxStatementSize().asLongValue());
    try {
      byte[] bytes = body.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new KymaException.Rejected(
            ProblemType.BODY_TOO_LARGE, "A statement has at most " + limit + " bytes.");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new KymaException.Rejected(
          ProblemType.MALFORMED_REQUEST, "The body ended before it was read.");
    }
  }

  private static OptionalLong memory(@Nullable String header) {
    if (header == null) {
      return OptionalLong.empty();
    }
    try {
      long bytes = Long.parseLong(header.strip());
      if (bytes > 0) {
        return OptionalLong.of(bytes);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new QueryException(
        QueryException.Code.INVALID_REQUEST,
        "X-Kyma-Max-Memory is a number of bytes, not " + header);
  }

  private void stream(
      QueryAnswer answer, ResultWriter writer, OutputStream out, RoutingContext http)
      throws IOException {
    ByteSink sink = new ByteSink(FLUSH_BYTES);
    try (answer) {
      boolean first = true;
      writer.begin(answer.columns(), sink);
      for (Chunk chunk = answer.next(); chunk != null; chunk = answer.next()) {
        writer.rows(chunk, sink);
        if (first || sink.size() >= FLUSH_BYTES) {
          first = false;
          flush(sink, out);
        }
      }
      writer.end(answer.stats(), sink);
      flush(sink, out);
    } catch (QueryException e) {
      broken(Problem.of(QueryProblems.of(e)), writer, sink, out, http);
    } catch (IOException e) {
      answer.cancel(); // the client has gone
      throw e;
    } catch (RuntimeException e) {
      broken(ProblemMapper.map(e), writer, sink, out, http);
    }
  }

  private static void flush(ByteSink sink, OutputStream out) throws IOException {
    out.write(sink.array(), 0, sink.size());
    out.flush();
    sink.clear();
  }

  /** The head is sent: the answer can only be ended so that nobody takes it for whole. */
  private void broken(
      Problem problem, ResultWriter writer, ByteSink sink, OutputStream out, RoutingContext http)
      throws IOException {
    if (writer.failed(text(problem), sink)) {
      flush(sink, out);
    } else {
      http.request().connection().close();
    }
  }

  private String text(Problem problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
