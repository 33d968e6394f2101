package dev.kyma.ingest.kafka;

import dev.kyma.ingest.core.IngestProblems;
import dev.kyma.service.log.LogException;
import dev.kyma.service.problem.KymaException;
import dev.kyma.service.problem.ProblemType;
import java.time.Duration;
import java.util.Map;

/** What faults of the log are to a client: it may try again, and nothing tells it is stored. */
final class LogProblems {
  private static final Duration SOON = Duration.ofSeconds(1);

  private LogProblems() {}

  static KymaException of(LogException fault) {
    return new KymaException.Busy(
        new ProblemType(fault.code(), 503, IngestProblems.LOG_UNAVAILABLE.title()),
        "The log does not accept rows: " + fault.code() + ".",
        SOON,
        Map.of(),
        fault);
  }

  static KymaException unacknowledged(Throwable cause) {
    return new KymaException.Busy(
        IngestProblems.LOG_UNAVAILABLE,
        "The log did not acknowledge the rows in time; whether it has them is not known.",
        SOON,
        Map.of(),
        cause);
  }
}
