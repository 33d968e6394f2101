package dev.kyma.query.core.read;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.stats.Pruning;
import dev.kyma.format.type.Field;
import dev.kyma.format.vector.Selection;
import dev.kyma.format.widen.Widening;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.exec.Pipeline;
import dev.kyma.query.core.exec.QueryContext;
import dev.kyma.query.core.exec.RowSource;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.ReadPoint;
import dev.kyma.query.core.plan.RowVersions;
import dev.kyma.query.core.plan.TableRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The tables as one query reads them: one snapshot, and the log up to one vector of end offsets.
 */
public final class TableReader implements RowSource {
  private final Snapshot snapshot;
  private final Map<Integer, Long> ends;
  private final TailCache tails;
  private final Extents extents;
  private final ReadStats stats;
  private final Map<Long, List<TailScan.Piece>> read = new HashMap<>();

  /**
   * @param snapshot the snapshot all tables are read at
   * @param ends the offset behind the last record wanted of each log partition, by ordinal; logs
   *     without one are not read
   * @param stats takes what is read
   */
  public TableReader(
      Snapshot snapshot,
      Map<Integer, Long> ends,
      TailCache tails,
      Extents extents,
      ReadStats stats) {
    this.snapshot = snapshot;
    this.ends = Map.copyOf(ends);
    this.tails = tails;
    this.extents = extents;
    this.stats = stats;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  Extents extents() {
    return extents;
  }

  ReadStats stats() {
    return stats;
  }

  @Override
  public Pipeline scan(Plan.Scan scan, QueryContext context) {
    if (!(scan.point() instanceof ReadPoint.Current)) {
      throw QueryException.unsupported("reading a state of the past");
    }
    if (scan.versions() == RowVersions.HISTORY) {
      throw QueryException.unsupported("history()");
    }
    if (VirtualTables.isVirtual(scan.table())) {
      return VirtualTables.scan(scan, snapshot);
    }
    return new TableScan(this, table(scan.table()), scan, context);
  }

  private TableDef table(TableRef table) {
    return snapshot
        .table(Long.parseLong(table.id()))
        .orElseThrow(
            () ->
                new QueryException(
                    QueryException.Code.INVALID_REQUEST, "table " + table + " is gone"));
  }

  @Override
  public OptionalLong count(Plan.Scan scan) {
    boolean everything = scan.predicate() instanceof Predicate.And and && and.operands().isEmpty();
    if (!everything
        || !(scan.point() instanceof ReadPoint.Current)
        || scan.versions() != RowVersions.CURRENT
        || VirtualTables.isVirtual(scan.table())) {
      return OptionalLong.empty();
    }
    TableDef table = table(scan.table());
    long rows = 0;
    for (ExtentRef extent : snapshot.extents(table.id())) {
      stats.considered(extent);
      rows += extent.summary().rows();
    }
    for (TailScan.Piece piece : tail(table)) {
      stats.tail(piece.rows().count());
      rows += piece.rows().count();
    }
    return OptionalLong.of(rows);
  }

  /** The rows of a table that are not in extents yet. The same each time it is asked for. */
  synchronized List<TailScan.Piece> tail(TableDef table) {
    List<TailScan.Piece> known = read.get(table.id());
    if (known != null) {
      return known;
    }
    List<TailScan.Piece> pieces = new ArrayList<>();
    LogBinding binding = table.log();
    for (int partition = 0; partition < binding.partitions(); partition++) {
      int ordinal = binding.ordinal(partition);
      Long end = ends.get(ordinal);
      if (end == null) {
        continue;
      }
      long from = snapshot.cursor(ordinal).map(SourceCursor::nextOffset).orElse(0L);
      if (end < from) {
        throw new QueryException(
            QueryException.Code.LOG_TRUNCATED,
            "log %s/%d ends at offset %d, but extents hold its rows up to %d"
                .formatted(binding.topic(), partition, end, from),
            Map.of("log", ordinal, "end", end, "cursor", from));
      }
      for (TailSegment segment : tails.read(snapshot, table.id(), binding, partition, end)) {
        Selection rows = segment.between(from, end);
        if (!rows.isEmpty()) {
          checkTypes(table, segment);
          pieces.add(new TailScan.Piece(ordinal, segment, rows));
        }
      }
    }
    read.put(table.id(), pieces);
    return pieces;
  }

  /** What the catalog's statistics leave of a scan, for people. */
  public String explain(Plan.Scan scan) {
    if (VirtualTables.isVirtual(scan.table())) {
      return "from the snapshot";
    }
    int extentCount = 0;
    int kept = 0;
    long bytes = 0;
    long keptBytes = 0;
    long keptRows = 0;
    for (ExtentRef extent : snapshot.extents(table(scan.table()).id())) {
      extentCount++;
      bytes += extent.length();
      if (Pruning.mayMatch(scan.predicate(), TableScan.statistics(extent)) != Pruning.Match.NONE) {
        kept++;
        keptBytes += extent.length();
        keptRows += extent.summary().rows();
      }
    }
    return "extents %d of %d, bytes %d of %d, at most %d rows, then the hot tail"
        .formatted(kept, extentCount, keptBytes, bytes, keptRows);
  }

  /**
   * A log may hold rows of a wider schema than the snapshot's.
   *
   * @throws StaleSchemaException if it does
   */
  private static void checkTypes(TableDef table, TailSegment segment) {
    for (Field field : segment.schema().fields()) {
      int place = table.schema().indexOfId(field.id());
      if (place >= 0 && !Widening.isWider(field.type(), table.schema().field(place).type())) {
        throw new StaleSchemaException(
            "column " + field.name() + " is " + field.type() + " in the log");
      }
    }
  }
}
