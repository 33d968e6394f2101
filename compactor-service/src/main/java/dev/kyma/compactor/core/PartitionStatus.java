package dev.kyma.compactor.core;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one log partition's flush.
 *
 * @param table the table's id
 * @param tableName database and name
 * @param topic the topic
 * @param partition the partition in the topic
 * @param log the partition's ordinal
 * @param cursor the first offset that is not in extents, as far as this process knows
 * @param endOffset the offset behind the last record seen, -1 before it was asked for
 * @param waitingRows rows read and not committed
 * @param oldestAppend when the oldest record not committed was appended; empty when none is known
 * @param state what is being done
 * @param lastError the last thing that went wrong, kept for people; empty when nothing did
 */
public record PartitionStatus(
    long table,
    String tableName,
    String topic,
    int partition,
    int log,
    long cursor,
    long endOffset,
    long waitingRows,
    Optional<Instant> oldestAppend,
    PartitionState state,
    Optional<String> lastError) {

  /** How many offsets lie between cursor and end, 0 when the end is not known. */
  public long lag() {
    return Math.max(0, endOffset - cursor);
  }
}
