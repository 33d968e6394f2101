package dev.kyma.service.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one exception mapper of the REST layer; it replaces Quarkus' own for the types it names. */
public final class RestProblems {

  /** Answers with the problem an exception stands for. */
  @ServerExceptionMapper({
    Throwable.class,
    KymaException.class,
    WebApplicationException.class,
    ConstraintViolationException.class,
    JsonProcessingException.class,
    MismatchedInputException.class
  })
  public Response answer(Throwable failure) {
    Problem problem = ProblemMapper.map(failure);
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    if (failure instanceof WebApplicationException http) {
      Object allow = http.getResponse().getHeaders().getFirst("Allow");
      if (allow != null) {
        response.header("Allow", allow);
      }
    }
    problem.retryAfterSeconds().ifPresent(seconds -> response.header("Retry-After", seconds));
    return response.build();
  }
}
