package dev.kyma.compactor.core.job;

import dev.kyma.catalog.Job;
import dev.kyma.service.report.Report;

/** One kind of work that jobs ask for. Safe for use by many threads. */
public interface JobWork {
  /** The kind of jobs this does. */
  Job.Kind kind();

  /**
   * Does a job's work. May run again for the same job after its process died.
   *
   * @param progress told of every step, so that a killed job ends
   * @return what came of it
   * @throws JobFailedException if it cannot be done, for a reason the client is told
   */
  Report run(Job job, JobProgress progress);
}
