package dev.kyma.service.security;

import dev.kyma.service.problem.HttpProblems;
import dev.kyma.service.problem.Problem;
import dev.kyma.service.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Asks for a token on every HTTP request, whichever port it came in by, and guards the HTTP
 * listener. Health probes pass without one: they tell nothing but up or down.
 */
@ApplicationScoped
public class HttpSecurity {
  private static final String HEALTH = "/q/health";
  // Before every other filter and route, so that no body is read for a stranger.
  private static final int FIRST = Integer.MAX_VALUE;

  private final BearerTokens tokens;
  private final ListenerGuard guard;
  private final HttpProblems problems;
  private final String host;

  @Inject
  HttpSecurity(
      BearerTokens tokens,
      ListenerGuard guard,
      HttpProblems problems,
      @ConfigProperty(name = "quarkus.http.host") String host) {
    this.tokens = tokens;
    this.guard = guard;
    this.problems = problems;
    this.host = host;
  }

  void register(@Observes Filters filters) {
    guard.permit("HTTP", host);
    filters.register(this::filter, FIRST);
  }

  private void filter(RoutingContext context) {
    String path = context.normalizedPath();
    if (path.equals(HEALTH)
        || path.startsWith(HEALTH + "/")
        || tokens.admit(context.request().getHeader("Authorization"))) {
      context.next();
    } else {
      problems.answer(
          context,
          Problem.of(
              ProblemType.UNAUTHENTICATED,
              "Send the header Authorization: Bearer <token> with a token this process knows."));
    }
  }
}
