package dev.kyma.service.log;

/**
 * A record as read, its frame not decoded yet.
 *
 * @param offset where it lies in its partition
 * @param leaderEpoch the leader epoch it was appended in, -1 when the broker does not say
 * @param appendTimeMillis when the broker appended it, in milliseconds since the epoch
 * @param frame the record's value, handed over to the reader; empty for a record without one
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, compared nowhere
public record RawRecord(long offset, int leaderEpoch, long appendTimeMillis, byte[] frame) {

  /** The size of the frame in bytes. */
  public int bytes() {
    return frame.length;
  }
}
