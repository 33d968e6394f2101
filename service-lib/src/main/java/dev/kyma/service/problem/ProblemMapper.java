package dev.kyma.service.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kyma.catalog.CatalogException;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.service.log.LogException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Turns any exception into the problem its client may see.
 *
 * <p>What nobody foresaw is logged with its stack trace under an incident id, and the client is
 * told that id only.
 */
public final class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private ProblemMapper() {}

  /** The problem to answer with. */
  public static Problem map(Throwable failure) {
    return switch (failure) {
      case KymaException e -> ours(e);
      case CatalogException.Unavailable e -> unavailable(ProblemType.CATALOG_UNAVAILABLE, e);
      case ObjectStoreException.Unavailable e -> unavailable(ProblemType.STORE_UNAVAILABLE, e);
      case LogException e -> log(e);
      case ConstraintViolationException e ->
          Problem.of(ProblemType.MALFORMED_REQUEST, violations(e));
      case WebApplicationException e -> refusedByHttp(e);
      case JsonProcessingException e -> Problem.of(ProblemType.MALFORMED_REQUEST, json(e));
      default -> unforeseen(failure);
    };
  }

  /** The problem for a status the HTTP layer chose without an exception of ours. */
  public static Problem ofStatus(int status, String path) {
    ProblemType type = ProblemType.ofStatus(status);
    return Problem.of(type, type.title() + ": " + path);
  }

  private static Problem ours(KymaException e) {
    if (e instanceof KymaException.Failed && e.type().status() == 500) {
      LOG.errorf(e, "%s: %s", e.type().code(), e.detail());
    }
    return Problem.of(e);
  }

  private static Problem unavailable(ProblemType type, RuntimeException e) {
    LOG.warnf("%s: %s (%s)", type.code(), e.getMessage(), e.getCause());
    return Problem.of(type, type.title() + ".", Map.of(), Optional.of(RETRY));
  }

  private static Problem log(LogException e) {
    LOG.warnf("%s: %s", e.code(), e.getMessage());
    ProblemType type = new ProblemType(e.code(), 503, "The log does not take or give records");
    return Problem.of(type, type.title() + ": " + e.code() + ".", Map.of(), Optional.of(RETRY));
  }

  private static Problem refusedByHttp(WebApplicationException e) {
    // A body that cannot be parsed arrives as a 400 with the parser's exception inside.
    if (e.getCause() instanceof JsonProcessingException cause) {
      return Problem.of(ProblemType.MALFORMED_REQUEST, json(cause));
    }
    int status = e.getResponse().getStatus();
    if (status >= 500 && status != 501) {
      return unforeseen(e);
    }
    ProblemType type = ProblemType.ofStatus(status);
    return Problem.of(
        new ProblemType(type.code(), Math.max(400, status), type.title()), type.title() + ".");
  }

  private static String violations(ConstraintViolationException e) {
    return e.getConstraintViolations().stream()
        .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
        .sorted()
        .collect(Collectors.joining("; "));
  }

  private static String json(JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? ""
            : " (line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr()
                + ")";
    return "The body is not the JSON that is expected here" + where + ".";
  }

  private static Problem unforeseen(Throwable failure) {
    String incident = Long.toHexString(java.util.concurrent.ThreadLocalRandom.current().nextLong());
    LOG.errorf(failure, "incident %s", incident);
    return Problem.of(
        ProblemType.INTERNAL,
        ProblemType.INTERNAL.title() + ".",
        Map.of("incident", incident),
        Optional.empty());
  }
}
