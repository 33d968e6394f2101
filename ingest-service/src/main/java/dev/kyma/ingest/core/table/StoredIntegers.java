package dev.kyma.ingest.core.table;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FreshnessToken;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.LongVector;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells whether every integer stored in a column so far is exact as a double, so that the column
 * may become one.
 *
 * <p>What is in extents is known from their statistics. What is still only in the log is known when
 * this process wrote it: an unflushed stretch with a record that it did not write, or does not
 * remember, counts as not exact. Rows that are sent in the moment of the widening by requests that
 * still map to the schema before are not seen.
 */
public final class StoredIntegers {
  private static final long MAX_EXACT = 1L << 53;

  private final Set<Column> beyond = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<Integer, Run> runs = new ConcurrentHashMap<>();

  private record Column(long table, int id) {}

  /** Consecutive records that this process wrote, up to its last one. */
  private record Run(long start, long end) {}

  /** Remembers what is about to be sent. */
  public void sending(TableDef table, Batch batch) {
    for (int i = 0; i < table.schema().size(); i++) {
      Field field = table.schema().field(i);
      if (field.type().equals(LogicalType.INT64)
          && batch.column(i) instanceof LongVector longs
          && isBeyond(longs)) {
        beyond.add(new Column(table.id(), field.id()));
      }
    }
  }

  private static boolean isBeyond(LongVector longs) {
    long[] values = longs.values();
    for (int row = 0; row < longs.size(); row++) {
      if ((values[row] > MAX_EXACT || values[row] < -MAX_EXACT) && !longs.isNull(row)) {
        return true;
      }
    }
    return false;
  }

  /** Remembers what the log acknowledged. */
  public void acknowledged(FreshnessToken token) {
    for (FreshnessToken.Entry entry : token.entries()) {
      long offset = entry.offset();
      runs.merge(
          entry.log(),
          new Run(offset, offset + 1),
          (run, one) -> {
            if (offset >= run.start() && offset < run.end()) {
              return run;
            }
            return offset == run.end() ? new Run(run.start(), offset + 1) : one;
          });
    }
  }

  /** Whether all integers of a column, in extents and in the log, are exact as doubles. */
  public boolean exactInDouble(TableDef table, int columnId, Snapshot snapshot) {
    if (beyond.contains(new Column(table.id(), columnId))) {
      return false;
    }
    for (int partition = 0; partition < table.log().partitions(); partition++) {
      int log = table.log().ordinal(partition);
      Run run = runs.get(log);
      Optional<SourceCursor> cursor = snapshot.cursor(log);
      if (run == null || cursor.isEmpty() || cursor.get().nextOffset() < run.start()) {
        return false;
      }
    }
    for (ExtentRef extent : snapshot.extents(table.id())) {
      for (ColumnStats stats : extent.summary().columns()) {
        if (stats.column() == columnId && stats.nulls() < stats.rows() && !isWithin(stats)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isWithin(ColumnStats stats) {
    return stats.min() instanceof Constant.OfLong min
        && stats.max() instanceof Constant.OfLong max
        && min.value() >= -MAX_EXACT
        && max.value() <= MAX_EXACT;
  }
}
