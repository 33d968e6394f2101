package dev.kyma.compactor.api;

import dev.kyma.service.problem.ProblemType;

/** The problems the compactor answers with, beside those every service has. */
final class CompactorProblems {
  static final ProblemType TABLE_NOT_FOUND =
      new ProblemType("table_not_found", 404, "There is no such table");
  static final ProblemType JOB_NOT_FOUND =
      new ProblemType("job_not_found", 404, "There is no such job");
  static final ProblemType INVALID_TARGET =
      new ProblemType("invalid_target", 400, "There is no such target of a check");
  static final ProblemType LOG_STOPPED =
      new ProblemType("log_stopped", 503, "A log cannot be read on until an operator decides");
  static final ProblemType LOG_UNAVAILABLE =
      new ProblemType("log_unavailable", 503, "The log does not answer");
  static final ProblemType FLUSH_TIMEOUT =
      new ProblemType("flush_timeout", 503, "The flush has not ended in time and goes on");

  static final ProblemType COMPACT_TIMEOUT =
      new ProblemType("compact_timeout", 503, "The compaction has not ended in time and goes on");
  static final ProblemType ROLE_MISSING =
      new ProblemType("role_missing", 503, "This process does not do that; others do");

  private CompactorProblems() {}
}
