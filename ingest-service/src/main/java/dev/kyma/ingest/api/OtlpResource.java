package dev.kyma.ingest.api;

import dev.kyma.ingest.core.OtlpAnswer;
import dev.kyma.ingest.core.OtlpIngest;
import dev.kyma.ingest.core.otlp.OtlpResponses;
import dev.kyma.ingest.core.otlp.OtlpSignal;
import dev.kyma.service.problem.Problem;
import dev.kyma.service.problem.ProblemMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * OTLP over HTTP, in protobuf and JSON; answers, errors included, have the request's encoding, as
 * the protocol asks.
 */
@Path("/v1/{signal:logs|traces|metrics}")
public final class OtlpResource {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String TOKEN = "X-Kyma-Freshness-Token";

  private final OtlpIngest ingest;
  private final BodyReader bodies;
  private final IngestMetrics metrics;

  @Inject
  OtlpResource(OtlpIngest ingest, BodyReader bodies, IngestMetrics metrics) {
    this.ingest = ingest;
    this.bodies = bodies;
    this.metrics = metrics;
  }

  @POST
  @Consumes({PROTOBUF, "application/protobuf", MediaType.APPLICATION_JSON})
  @Produces({PROTOBUF, MediaType.APPLICATION_JSON, MediaType.WILDCARD})
  @RunOnVirtualThread
  @Operation(
      operationId = "export",
      summary = "Store telemetry sent by OTLP",
      description =
          "An Export*ServiceRequest of OpenTelemetry's protocol for the signal of the path. Records"
              + " that cannot be stored are reported as a partial success.")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = PROTOBUF,
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT))
      })
  @APIResponse(
      responseCode = "200",
      description = "An Export*ServiceResponse in the request's encoding",
      content = {
        @Content(
            mediaType = PROTOBUF,
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT))
      })
  @APIResponse(
      responseCode = "default",
      description =
          "A google.rpc.Status in the request's encoding: 400, 413 and 415 must not be retried, 429"
              + " and 503 may be after the time in Retry-After",
      content = {
        @Content(
            mediaType = PROTOBUF,
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT))
      })
  public Response export(
      @Parameter(description = "The signal") @PathParam("signal") String signalName,
      @Parameter(hidden = true) @HeaderParam("Content-Type") @Nullable String contentType,
      @Parameter(hidden = true) @HeaderParam("Content-Length") @Nullable String contentLength,
      @Parameter(description = "gzip, or none") @HeaderParam("Content-Encoding")
          @Nullable String encoding,
      InputStream in) {
    OtlpSignal signal = OtlpSignal.valueOf(signalName.toUpperCase(Locale.ROOT));
    boolean isJson =
        contentType != null
            && contentType.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_JSON);
    String answerType = isJson ? MediaType.APPLICATION_JSON : PROTOBUF;
    try (BodyReader.Body body = bodies.read(in, encoding, IngestResource.length(contentLength))) {
      OtlpAnswer answer =
          isJson
              ? ingest.json(signal, body.data(), body.length(), body.share())
              : ingest.protobuf(signal, body.data(), body.length(), body.share());
      metrics.rows("otlp_http", answer.accepted(), answer.rejected(), body.length());
      byte[] entity =
          isJson
              ? OtlpResponses.json(signal, answer.rejected(), answer.reason())
              : OtlpResponses.protobuf(answer.rejected(), answer.reason());
      return Response.ok(entity, answerType).header(TOKEN, answer.token().encoded()).build();
    } catch (RuntimeException e) {
      Problem problem = ProblemMapper.map(e);
      int code = OtlpStatus.codeOf(problem.status());
      Response.ResponseBuilder response =
          Response.status(problem.status())
              .type(answerType)
              .entity(
                  isJson
                      ? OtlpResponses.statusJson(code, problem.detail())
                      : OtlpResponses.statusProtobuf(code, problem.detail()));
      problem.retryAfterSeconds().ifPresent(seconds -> response.header("Retry-After", seconds));
      return response.build();
    }
  }
}
