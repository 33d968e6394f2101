package dev.kyma.compactor.core;

import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogPosition;
import dev.kyma.service.log.PolledLogs;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/**
 * The logs as flush reads them; {@link dev.kyma.service.log.LogReader} says what each method means.
 * Used by one thread.
 */
public interface RowLog extends AutoCloseable {

  /** Begins to read partitions, or moves them; answers the ones that are not what they were. */
  Map<LogPartition, LogException> add(Map<LogPartition, LogPosition> positions);

  /** Stops reading partitions. */
  void remove(Collection<LogPartition> partitions);

  /** Leaves partitions out of polls. */
  void pause(Collection<LogPartition> partitions);

  /** Polls partitions again. */
  void resume(Collection<LogPartition> partitions);

  /** Waits for records. */
  PolledLogs poll(Duration wait);

  /** The offsets behind the last records. */
  Map<LogPartition, Long> endOffsets(Collection<LogPartition> partitions);

  @Override
  void close();
}
