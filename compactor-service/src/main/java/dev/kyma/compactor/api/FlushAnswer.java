package dev.kyma.compactor.api;

import dev.kyma.compactor.core.FlushedTo;
import java.util.Comparator;
import java.util.List;

/**
 * What a request to flush has reached.
 *
 * @param snapshot the number of a snapshot that holds all rows that were in the log
 * @param cursors up to which offset each log partition is in extents at least
 */
public record FlushAnswer(long snapshot, List<Cursor> cursors) {

  /** A log partition and the offset up to which it is in extents at least. */
  public record Cursor(String topic, int partition, int log, long offset) {}

  static FlushAnswer of(FlushedTo flushed) {
    List<Cursor> cursors =
        flushed.cursors().entrySet().stream()
            .map(
                entry ->
                    new Cursor(
                        entry.getKey().binding().topic(),
                        entry.getKey().partition(),
                        entry.getKey().ordinal(),
                        entry.getValue()))
            .sorted(Comparator.comparingInt(Cursor::log))
            .toList();
    return new FlushAnswer(flushed.snapshot(), cursors);
  }
}
