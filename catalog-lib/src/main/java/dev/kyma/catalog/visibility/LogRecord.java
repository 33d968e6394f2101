package dev.kyma.catalog.visibility;

import dev.kyma.format.log.KeyedRows;
import dev.kyma.format.log.LogFrame;
import java.util.List;

/** What the fold must know of one record of a log partition. */
public sealed interface LogRecord {
  /** Where the record stands in its partition. */
  long offset();

  /** The leader epoch the log gives with the record, -1 when it gives none. */
  int leaderEpoch();

  /** When the log appended the record, by the log's clock, in milliseconds since 1970. */
  long appendTimeMillis();

  /**
   * A record that was decoded.
   *
   * @param rowCount how many rows it carries
   * @param keys which of them came with idempotency keys
   */
  record Rows(
      long offset, int leaderEpoch, long appendTimeMillis, int rowCount, List<KeyedRows> keys)
      implements LogRecord {
    public Rows {
      keys = List.copyOf(keys);
    }

    /** The record that holds a frame. */
    public static Rows of(long offset, int leaderEpoch, long appendTimeMillis, LogFrame frame) {
      int rowCount = 0;
      for (LogFrame.TableRows rows : frame.tables()) {
        rowCount += rows.batch().rowCount();
      }
      return new Rows(offset, leaderEpoch, appendTimeMillis, rowCount, frame.keys());
    }
  }

  /**
   * A record that could not be decoded.
   *
   * @param problem what is wrong with it, for people
   */
  record Undecodable(long offset, int leaderEpoch, long appendTimeMillis, String problem)
      implements LogRecord {}
}
