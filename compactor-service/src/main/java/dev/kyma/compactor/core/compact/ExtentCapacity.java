package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.visibility.RowShape;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.TableSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many rows of a table fit into one extent: as many as an extent may have, or fewer where rows
 * are wide. Found out by reading some, and remembered for a while. Used by one thread.
 */
final class ExtentCapacity {
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final int SAMPLE_ROWS = 1_024;

  private record Known(int schemaVersion, int rows, Instant until) {}

  private final ObjectStore store;
  private final SegmentFormat format;
  private final CompactionLimits limits;
  private final Map<Long, Known> known = new HashMap<>();

  ExtentCapacity(ObjectStore store, SegmentFormat format, CompactionLimits limits) {
    this.store = store;
    this.format = format;
    this.limits = limits;
  }

  /** The rows of one extent. */
  int of(TableDef table, List<ExtentRef> extents, Instant now) {
    Known present = known.get(table.id());
    if (present != null
        && present.schemaVersion() == table.schemaVersion()
        && now.isBefore(present.until())) {
      return present.rows();
    }
    int rows = measured(table, extents);
    known.put(table.id(), new Known(table.schemaVersion(), rows, now.plus(REMEMBERED)));
    return rows;
  }

  private int measured(TableDef table, List<ExtentRef> extents) {
    Optional<ExtentRef> largest =
        extents.stream().max(Comparator.comparingLong(extent -> extent.summary().rows()));
    if (largest.isEmpty()) {
      return limits.extentRows();
    }
    ExtentRef sample = largest.get();
    TableSchema stored = RowShape.inExtents(table);
    ScanCursor cursor =
        format
            .open(store, sample.key(), sample.length())
            .scan(
                new ScanRequest(
                    stored.fields().stream()
                        .map(field -> ColumnPath.of(field.id(), field.type()))
                        .toList(),
                    new Predicate.And(List.of()),
                    0,
                    SAMPLE_ROWS));
    HeldBytes bytes = new HeldBytes();
    long rows = 0;
    for (ScanCursor.Rows read = cursor.next(); read != null; read = cursor.next()) {
      bytes.add(read.batch());
      rows += read.batch().rowCount();
    }
    if (rows == 0) {
      return limits.extentRows();
    }
    long width = Math.max(1, bytes.bytes() / rows);
    return (int) Math.clamp(limits.extentBytes() / width, 1, limits.extentRows());
  }
}
