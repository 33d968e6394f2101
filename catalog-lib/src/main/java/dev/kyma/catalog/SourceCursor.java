package dev.kyma.catalog;

/**
 * Where extents end and the log goes on, for one log partition.
 *
 * @param log the partition's ordinal
 * @param topicId the id Kafka gave the topic, as Kafka prints it
 * @param nextOffset the first offset not yet in extents
 * @param leaderEpoch the leader epoch of the last record before it that was read, -1 when none was
 * @param sourceEpoch the highest epoch marker passed, 0 for logs without markers
 */
public record SourceCursor(
    int log, String topicId, long nextOffset, int leaderEpoch, long sourceEpoch) {
  public SourceCursor {
    if (log < 0 || nextOffset < 0) {
      throw new IllegalArgumentException("log " + log + " at " + nextOffset);
    }
  }

  /** The cursor of a log partition nothing has been read from. */
  public static SourceCursor start(int log, String topicId) {
    return new SourceCursor(log, topicId, 0, -1, 0);
  }
}
