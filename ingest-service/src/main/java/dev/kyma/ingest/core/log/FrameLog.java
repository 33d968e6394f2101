package dev.kyma.ingest.core.log;

import dev.kyma.catalog.LogBinding;
import java.util.concurrent.CompletionStage;

/** The log, as far as frames are appended to it. */
public interface FrameLog {

  /**
   * Appends a frame to a partition.
   *
   * @return completes with the record's offset once all in-sync replicas have it; fails with a
   *     {@link dev.kyma.service.problem.KymaException} when it is not known to be there
   */
  CompletionStage<Long> append(LogBinding log, int partition, byte[] frame);

  /** The largest frame that {@link #append} takes, in bytes. */
  int maxFrameBytes();
}
