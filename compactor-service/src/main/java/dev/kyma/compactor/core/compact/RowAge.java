package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which rows are too old to be kept, by their event time. Rows without one never are, and neither
 * are rows of tables with a primary key: their retention is that of their history.
 *
 * @param column the place of the event time, -1 when rows do not age
 * @param cutoff rows before this are too old, in the unit of the column
 */
record RowAge(int column, long cutoff) {
  private static final RowAge NEVER = new RowAge(-1, Long.MIN_VALUE);
  private static final long NANOS = 1_000_000_000L;
  private static final long SECONDS_PER_DAY = 86_400;

  /**
   * The age rows of a table may reach.
   *
   * @param retention how long they are kept; empty for ever
   * @param now the present
   */
  static RowAge of(TableDef table, Optional<Duration> retention, Instant now) {
    int column = table.schema().indexOfId(table.timeColumn());
    if (retention.isEmpty() || column < 0 || table.isKeyed()) {
      return NEVER;
    }
    LogicalType.Kind kind = table.schema().field(column).type().kind();
    Instant oldest = now.minus(retention.get());
    if (kind == LogicalType.Kind.TIMESTAMP) {
      return new RowAge(column, nanos(oldest));
    }
    return kind == LogicalType.Kind.DATE
        ? new RowAge(column, Math.floorDiv(oldest.getEpochSecond(), SECONDS_PER_DAY))
        : NEVER;
  }

  private static long nanos(Instant instant) {
    // Beyond the years a timestamp can hold, nothing is too old or everything is.
    long seconds = Math.clamp(instant.getEpochSecond(), Long.MIN_VALUE / NANOS + 1, Long.MAX_VALUE / NANOS - 1);
    return seconds * NANOS + instant.getNano();
  }

  boolean isNever() {
    return column < 0;
  }

  /** Clears the bits of rows that are too old. */
  void removeExpired(Batch batch, long[] words) {
    if (column < 0) {
      return;
    }
    ColumnVector times = batch.column(column);
    long[] values = ((LongVector) times).values();
    for (int row = 0; row < batch.rowCount(); row++) {
      if (values[row] < cutoff && !times.isNull(row)) {
        Bits.clear(words, row);
      }
    }
  }
}
