package dev.kyma.query.core.read;

import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.SourceCursor;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The port through which logs are read. Safe for use by many threads.
 *
 * <p>Faults are {@link dev.kyma.query.core.QueryException}s with a code of the log.
 */
public interface TailLog {
  /**
   * A record as it lies in the log.
   *
   * @param offset where it lies in its partition
   * @param leaderEpoch the leader epoch it was appended in, -1 when unknown
   * @param appendTimeMillis when it was appended, by the log's clock
   * @param frame the record's bytes; the array is handed over
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, compared nowhere
  record Entry(long offset, int leaderEpoch, long appendTimeMillis, byte[] frame) {}

  /**
   * Records that follow each other.
   *
   * @param entries the records in order
   * @param nextOffset where reading goes on, past offsets that hold no records
   */
  record Stretch(List<Entry> entries, long nextOffset) {
    public Stretch {
      entries = List.copyOf(entries);
    }
  }

  /** Takes what is read. Called by the reading thread, in log order. */
  interface Sink {
    void accept(Stretch stretch);
  }

  /** The offset behind the last record of every partition of some logs, by log ordinal. */
  Map<Integer, Long> ends(Collection<LogBinding> logs);

  /**
   * Reads a partition from a position until at least {@code end}.
   *
   * @param from where to begin; its leader epoch proves that the log goes on there
   */
  void read(LogBinding log, int partition, SourceCursor from, long end, Sink sink);
}
