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
 * @param type the type of the event time
 */
public record RowAge(int column, long cutoff, LogicalType type) {
  private static final RowAge NEVER = new RowAge(-1, Long.MIN_VALUE, LogicalType.TIMESTAMP);
  private static final long NANOS = 1_000_000_000L;
  private static final long SECONDS_PER_DAY = 86_400;

  /**
   * The age rows of a table may reach.
   *
   * @param retention how long they are kept; empty for ever
   * @param now the present
   */
  static RowAge of(TableDef table, Optional<Duration> retention, Instant now) {
    return retention.map(age -> before(table, now.minus(age))).orElse(NEVER);
  }

  /**
   * Rows before an instant are too old.
   *
   * @param oldest the instant
   */
  public static RowAge before(TableDef table, Instant oldest) {
    int column = table.schema().indexOfId(table.timeColumn());
    if (column < 0 || table.isKeyed()) {
      return NEVER;
    }
    LogicalType type = table.schema().field(column).type();
    if (type.kind() == LogicalType.Kind.TIMESTAMP) {
      return new RowAge(column, nanos(oldest), type);
    }
    return type.kind() == LogicalType.Kind.DATE
        ? new RowAge(column, Math.floorDiv(oldest.getEpochSecond(), SECONDS_PER_DAY), type)
        : NEVER;
  }

  private static long nanos(Instant instant) {
    // Beyond the years a timestamp can hold, nothing is too old or everything is.
    long seconds =
        Math.clamp(
            instant.getEpochSecond(), Long.MIN_VALUE / NANOS + 1, Long.MAX_VALUE / NANOS - 1);
    return seconds * NANOS + instant.getNano();
  }

  /** Whether no row ever gets too old. */
  public boolean isNever() {
    return column < 0;
  }

  /** Whether {@link #cutoff} compares with values of a type. */
  public boolean isOfType(LogicalType values) {
    return values.equals(type);
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
