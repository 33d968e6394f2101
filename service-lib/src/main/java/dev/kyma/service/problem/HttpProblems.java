package dev.kyma.service.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers with problems what never reaches the REST layer: paths nobody serves, bodies over the
 * limit, malformed requests.
 */
@ApplicationScoped
public class HttpProblems {
  private final ObjectMapper json;
  private final long maxBodyBytes;

  @Inject
  HttpProblems(
      ObjectMapper json, @ConfigProperty(name = "kyma.http.max-body-size") MemorySize maxBodySize) {
    this.json = json;
    this.maxBodyBytes = maxBodySize.asLongValue();
  }

  void register(@Observes Filters filters) {
    filters.register(this::limit, Integer.MAX_VALUE - 1);
  }

  /** Refuses a body by its announced length; Quarkus cuts off those that announce none. */
  private void limit(RoutingContext context) {
    String announced = context.request().getHeader("Content-Length");
    if (announced != null && announced.length() < 19 && parse(announced) > maxBodyBytes) {
      answer(
          context,
          Problem.of(
              ProblemType.BODY_TOO_LARGE,
              "The body has " + announced + " bytes, at most " + maxBodyBytes + " are taken.",
              Map.of("maxBytes", maxBodyBytes),
              Optional.empty()));
    } else {
      context.next();
    }
  }

  private static long parse(String length) {
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::failed);
    router.route().last().handler(context -> answer(context, ofStatus(context, 404)));
  }

  private void failed(RoutingContext context) {
    Throwable failure = context.failure();
    int status = context.statusCode();
    if (failure != null && (status < 400 || status >= 500)) {
      answer(context, ProblemMapper.map(failure));
    } else {
      answer(context, ofStatus(context, status < 400 ? 500 : status));
    }
  }

  private static Problem ofStatus(RoutingContext context, int status) {
    return ProblemMapper.ofStatus(
        status, context.request().method() + " " + context.request().path());
  }

  /** Ends a response with a problem, or only ends it when its head is already sent. */
  public void answer(RoutingContext context, Problem problem) {
    HttpServerResponse response = context.response();
    if (response.ended()) {
      return;
    }
    if (response.headWritten()) {
      // Too late for a status: cutting the connection is the only way left to say that it failed.
      context.request().connection().close();
      return;
    }
    response.setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE);
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> response.putHeader("Retry-After", Long.toString(seconds)));
    if (problem.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer realm=\"kyma\"");
    }
    if (problem.status() == 413) {
      // The rest of the body is not read, so the connection cannot serve another request.
      response.putHeader("Connection", "close");
    }
    response.end(body(problem));
  }

  private String body(Problem problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
