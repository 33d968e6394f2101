package dev.kyma.service.log;

import dev.kyma.catalog.SourceCursor;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Where to go on reading.
 *
 * @param offset the next offset
 * @param leaderEpoch the leader epoch of the record before it, -1 when none was read
 */
public record LogPosition(long offset, int leaderEpoch) {

  /** Where a cursor stands. */
  public static LogPosition of(SourceCursor cursor) {
    return new LogPosition(cursor.nextOffset(), cursor.leaderEpoch());
  }

  OffsetAndMetadata inKafka() {
    return new OffsetAndMetadata(
        offset, leaderEpoch < 0 ? Optional.empty() : Optional.of(leaderEpoch), "");
  }
}
