package dev.kyma.compactor.kafka;

import dev.kyma.compactor.core.RowLog;
import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogPosition;
import dev.kyma.service.log.LogReader;
import dev.kyma.service.log.PolledLogs;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** The logs, read with one consumer. Used by one thread. */
public final class KafkaRowLog implements RowLog {
  private final LogReader reader;

  public KafkaRowLog(LogReader reader) {
    this.reader = reader;
  }

  @Override
  public Map<LogPartition, LogException> add(Map<LogPartition, LogPosition> positions) {
    return reader.add(positions);
  }

  @Override
  public void remove(Collection<LogPartition> partitions) {
    reader.remove(partitions);
  }

  @Override
  public void pause(Collection<LogPartition> partitions) {
    reader.pause(partitions);
  }

  @Override
  public void resume(Collection<LogPartition> partitions) {
    reader.resume(partitions);
  }

  @Override
  public PolledLogs poll(Duration wait) {
    return reader.poll(wait);
  }

  @Override
  public Map<LogPartition, Long> endOffsets(Collection<LogPartition> partitions) {
    return reader.endOffsets(partitions);
  }

  @Override
  public void close() {
    reader.close();
  }
}
