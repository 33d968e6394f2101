package dev.kyma.compactor.core;

import dev.kyma.service.log.LogPartition;
import java.util.Map;

/**
 * The answer to a request to flush.
 *
 * @param snapshot a snapshot that contains all rows asked for
 * @param cursors where the cursors of the partitions stood then
 */
public record FlushedTo(long snapshot, Map<LogPartition, Long> cursors) {
  public FlushedTo {
    cursors = Map.copyOf(cursors);
  }
}
