package dev.kyma.query.core.read;

import dev.kyma.catalog.Candidates;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.RowOrder;
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
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The tables as one query reads them: one snapshot, and the log up to one vector of end offsets.
 */
public final class TableReader implements RowSource {
  private final Snapshot snapshot;
  private final Map<Integer, Long> ends;
  private final PastSnapshots history;
  private final TailCache tails;
  private final Extents extents;
  private final ReadStats stats;
  private final Map<Long, List<HotTail>> read = new HashMap<>();
  private final Map<ReadPoint, TableReader> past = new HashMap<>();

  /**
   * @param snapshot the snapshot all tables are read at
   * @param ends the offset behind the last record wanted of each log partition, by ordinal; logs
   *     without one are not read
   * @param history answers for states of the past
   * @param stats takes what is read
   */
  public TableReader(
      Snapshot snapshot,
      Map<Integer, Long> ends,
      PastSnapshots history,
      TailCache tails,
      Extents extents,
      ReadStats stats) {
    this.snapshot = snapshot;
    this.ends = Map.copyOf(ends);
    this.history = history;
    this.tails = tails;
    this.extents = extents;
    this.stats = stats;
  }

  /** The tables at a point: these, or those of a snapshot of the past without their logs. */
  private TableReader at(ReadPoint point) {
    if (point instanceof ReadPoint.Current) {
      return this;
    }
    synchronized (past) {
      return past.computeIfAbsent(
          point, p -> new TableReader(history.at(p), Map.of(), history, tails, extents, stats));
    }
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
    return at(scan.point()).current(scan, context);
  }

  private Pipeline current(Plan.Scan scan, QueryContext context) {
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
                    QueryException.Code.INVALID_REQUEST,
                    "there is no table " + table + " in snapshot " + snapshot.number()));
  }

  @Override
  public OptionalLong count(Plan.Scan scan) {
    return at(scan.point()).currentCount(scan);
  }

  private OptionalLong currentCount(Plan.Scan scan) {
    boolean everything = scan.predicate() instanceof Predicate.And and && and.operands().isEmpty();
    if (!everything || VirtualTables.isVirtual(scan.table())) {
      return OptionalLong.empty();
    }
    TableDef table = table(scan.table());
    HiddenRows hidden = hidden(table, scan);
    long rows = 0;
    for (ExtentRef extent : candidates(table, scan).extents()) {
      rows += extent.summary().rows() - hidden.of(extent, () -> extents.open(extent)).cardinality();
    }
    for (TailScan.Piece piece : pieces(table, scan.versions())) {
      stats.tail(piece.rows().count());
      rows += piece.rows().count();
    }
    return OptionalLong.of(rows);
  }

  /** The extents with the versions asked for that summaries do not rule out. */
  Candidates candidates(TableDef table, Plan.Scan scan) {
    Candidates candidates = found(table, scan);
    stats.considered(table.id(), candidates);
    return candidates;
  }

  /** All extents with the versions asked for. */
  List<ExtentRef> extents(TableDef table, RowVersions versions) {
    return switch (versions) {
      case CURRENT ->
          snapshot.extents(table.id()).stream()
              .filter(extent -> extent.summary().order() == RowOrder.TABLE)
              .toList();
      case HISTORY -> snapshot.extents(table.id());
    };
  }

  private Candidates found(TableDef table, Plan.Scan scan) {
    Set<RowOrder> orders =
        switch (scan.versions()) {
          case CURRENT -> EnumSet.of(RowOrder.TABLE);
          case HISTORY -> EnumSet.allOf(RowOrder.class);
        };
    return snapshot.candidates(table.id(), scan.predicate(), orders);
  }

  /** Which rows of extents a scan does not see. */
  HiddenRows hidden(TableDef table, Plan.Scan scan) {
    return switch (scan.versions()) {
      case CURRENT -> HiddenRows.of(snapshot, table, tail(table), tails.masks(), scan.predicate());
      case HISTORY -> HiddenRows.NONE;
    };
  }

  /** The rows of a table that are not in extents yet, of the versions asked for. */
  List<TailScan.Piece> pieces(TableDef table, RowVersions versions) {
    List<TailScan.Piece> pieces = new ArrayList<>();
    for (HotTail tail : tail(table)) {
      for (TailRows rows : tail.rows()) {
        Selection selection =
            switch (versions) {
              case CURRENT -> rows.current();
              case HISTORY -> rows.all();
            };
        if (!selection.isEmpty()) {
          pieces.add(new TailScan.Piece(tail.log(), rows.segment(), selection));
        }
      }
    }
    return pieces;
  }

  /** What is read of a table's logs. The same each time it is asked for. */
  private synchronized List<HotTail> tail(TableDef table) {
    List<HotTail> known = read.get(table.id());
    if (known != null) {
      return known;
    }
    List<HotTail> partitions = new ArrayList<>();
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
      List<TailRows> rows = new ArrayList<>();
      for (TailRows some : tails.read(snapshot, table, binding, partition, end)) {
        if (!some.all().isEmpty()) {
          checkTypes(table, some.segment());
          rows.add(some);
        }
      }
      if (!rows.isEmpty()) {
        partitions.add(new HotTail(ordinal, from, end, rows));
      }
    }
    read.put(table.id(), partitions);
    return partitions;
  }

  /** How many rows of each log partition of a table, by its ordinal, are in no extent yet. */
  public Map<Integer, Long> tailRows(TableDef table) {
    Map<Integer, Long> rows = new HashMap<>();
    for (TailScan.Piece piece : pieces(table, RowVersions.HISTORY)) {
      rows.merge(piece.log(), (long) piece.rows().count(), Long::sum);
    }
    return rows;
  }

  /** What the catalog's statistics leave of a scan, for people. */
  public String explain(Plan.Scan scan) {
    return at(scan.point()).explainCurrent(scan);
  }

  private String explainCurrent(Plan.Scan scan) {
    if (VirtualTables.isVirtual(scan.table())) {
      return "from the snapshot";
    }
    Candidates candidates = found(table(scan.table()), scan);
    int kept = 0;
    long keptBytes = 0;
    long keptRows = 0;
    for (ExtentRef extent : candidates.extents()) {
      if (Pruning.mayMatch(scan.predicate(), TableScan.statistics(extent)) != Pruning.Match.NONE) {
        kept++;
        keptBytes += extent.length();
        keptRows += extent.summary().rows();
      }
    }
    return "extents %d of %d, bytes %d of %d, at most %d rows, then the hot tail"
        .formatted(
            kept, candidates.considered(), keptBytes, candidates.consideredBytes(), keptRows);
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
