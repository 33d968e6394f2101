package dev.kyma.query.core.read;

import dev.kyma.catalog.Candidates;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.stats.Pruning;
import dev.kyma.format.stats.StatsLookup;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Selection;
import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.exec.Operator;
import dev.kyma.query.core.exec.Pipeline;
import dev.kyma.query.core.exec.QueryContext;
import dev.kyma.query.core.exec.RowBound;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.ScanColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A table's rows: its extents, those left out that the catalog's statistics rule out, and its hot
 * tail. Extents are read in parts of a few blocks, the parts dealt to workers.
 */
final class TableScan implements Pipeline {
  /** Rows of one part; a multiple of a block of the default format. */
  private static final long PART_ROWS = 131_072;

  /** With so many extents for each worker none is cut into parts. */
  private static final int WHOLE_EXTENTS = 4;

  private static final int TAIL_PART_ROWS = 65_536;

  private final TableReader source;
  private final TableDef table;
  private final List<ColumnPath> columns;
  private final RowPlacing placing;
  private final Predicate predicate;
  private final Plan.Scan scan;
  private final QueryContext context;
  private final List<Bound> bounds = new ArrayList<>();
  private List<Part> parts = List.of();
  private HiddenRows hidden = HiddenRows.NONE;
  private AtomicReferenceArray<@Nullable ExtentReader> readers = new AtomicReferenceArray<>(0);

  private record Bound(ColumnPath column, RowBound bound) {}

  private sealed interface Part {}

  /**
   * Rows of an extent.
   *
   * @param number the extent's place among those read
   * @param predicate what is to be true of the rows
   * @param match for how many rows the predicate is known to be true
   */
  private record ExtentPart(
      int number, ExtentRef extent, long from, long to, Predicate predicate, Pruning.Match match)
      implements Part {}

  private record TailPart(List<TailScan.Piece> pieces) implements Part {}

  TableScan(TableReader source, TableDef table, Plan.Scan scan, QueryContext context) {
    this.source = source;
    this.table = table;
    this.columns = scan.columns().stream().map(ScanColumn::source).toList();
    this.placing = new RowPlacing(columns, () -> source.extents(table, scan.versions()));
    this.predicate = scan.predicate();
    this.scan = scan;
    this.context = context;
  }

  @Override
  public boolean narrow(int column, RowBound bound) {
    bounds.add(new Bound(columns.get(column), bound));
    return true;
  }

  @Override
  public void prepare() {
    List<ExtentRef> kept = new ArrayList<>();
    List<Pruning.Match> matches = new ArrayList<>();
    Candidates candidates = source.candidates(table, scan);
    for (ExtentRef extent : candidates.extents()) {
      Pruning.Match match = Pruning.mayMatch(predicate, statistics(extent));
      if (match != Pruning.Match.NONE) {
        kept.add(extent);
        matches.add(match);
      }
    }
    leaveOut(candidates.considered(), kept, matches);
    readers = new AtomicReferenceArray<>(kept.size());
    hidden = source.hidden(table, scan);
    List<Part> all = new ArrayList<>();
    Optional<KeyCondition.Point> point = KeyCondition.point(table, predicate);
    if (point.isPresent()) {
      addRowsOf(point.get(), kept, all);
    } else {
      addExtents(kept, matches, all);
    }
    addTail(all);
    parts = List.copyOf(all);
  }

  /** Leaves out the extents that the catalog's filters rule out. */
  private void leaveOut(int considered, List<ExtentRef> kept, List<Pruning.Match> matches) {
    Set<String> excluded =
        FilterPruning.excluded(source.extents().exclusion(), table, considered, kept, predicate);
    for (int i = kept.size() - 1; i >= 0; i--) {
      if (excluded.contains(kept.get(i).key())) {
        kept.remove(i);
        matches.remove(i);
      }
    }
  }

  private void addExtents(List<ExtentRef> kept, List<Pruning.Match> matches, List<Part> all) {
    // Whole extents where there are enough to go round: a dictionary is then decoded once.
    long partRows =
        kept.size() >= WHOLE_EXTENTS * context.parallelism() ? Long.MAX_VALUE : PART_ROWS;
    for (int number = 0; number < kept.size(); number++) {
      ExtentRef extent = kept.get(number);
      long rows = extent.summary().rows();
      for (long from = 0; from < rows; ) {
        long to = rows - from > partRows ? from + partRows : rows;
        all.add(new ExtentPart(number, extent, from, to, predicate, matches.get(number)));
        from = to;
      }
    }
  }

  /** The rows that have one key: each extent's index knows them. */
  private void addRowsOf(KeyCondition.Point point, List<ExtentRef> kept, List<Part> all) {
    boolean isKeyOnly = point.rest() instanceof Predicate.And and && and.operands().isEmpty();
    Pruning.Match match = isKeyOnly ? Pruning.Match.ALL : Pruning.Match.SOME;
    for (int number = 0; number < kept.size(); number++) {
      ExtentRef extent = kept.get(number);
      ExtentReader reader = reader(number, extent);
      for (int row : Extents.guarded(extent, () -> reader.find(point.key())).rows()) {
        all.add(new ExtentPart(number, extent, row, row + 1L, point.rest(), match));
      }
    }
  }

  private void addTail(List<Part> all) {
    List<TailScan.Piece> pieces = new ArrayList<>();
    long rows = 0;
    for (TailScan.Piece piece : source.pieces(table, scan.versions())) {
      pieces.add(piece);
      rows += piece.rows().count();
      source.stats().tail(piece.rows().count());
      if (rows >= TAIL_PART_ROWS) {
        all.add(new TailPart(List.copyOf(pieces)));
        pieces.clear();
        rows = 0;
      }
    }
    if (!pieces.isEmpty()) {
      all.add(new TailPart(List.copyOf(pieces)));
    }
  }

  static StatsLookup statistics(ExtentRef extent) {
    List<ColumnStats> known = extent.summary().columns();
    return column -> {
      if (column.isPath()) {
        return null;
      }
      for (ColumnStats stats : known) {
        if (stats.column() == column.column()) {
          return stats;
        }
      }
      return null;
    };
  }

  @Override
  public int parts() {
    return parts.size();
  }

  @Override
  public Operator open(int part) {
    return switch (parts.get(part)) {
      case ExtentPart extent -> open(extent);
      case TailPart tail -> new TailScan(tail.pieces, columns, predicate);
    };
  }

  private Operator open(ExtentPart part) {
    boolean all = part.match == Pruning.Match.ALL;
    DeletionVector deleted = hidden.of(part.extent, () -> reader(part));
    if (all && columns.isEmpty()) {
      return counted(part.to - part.from - deleted.cardinality(part.from, part.to));
    }
    List<Predicate> wanted = new ArrayList<>();
    for (Bound bound : bounds) {
      Predicate now = bound.bound.predicate(bound.column);
      if (now != null) {
        if (Pruning.mayMatch(now, statistics(part.extent)) == Pruning.Match.NONE) {
          return () -> null;
        }
        wanted.add(now);
      }
    }
    if (!all) {
      wanted.add(part.predicate);
    }
    Predicate condition = wanted.size() == 1 ? wanted.getFirst() : new Predicate.And(wanted);
    ScanCursor cursor =
        source
            .extents()
            .scan(
                part.extent,
                reader(part),
                new ScanRequest(placing.stored(), condition, part.from, part.to, deleted));
    source.stats().scanning(cursor);
    return () -> {
      context.check();
      ScanCursor.Rows rows = Extents.guarded(part.extent, () -> new Next(cursor.next())).rows;
      return rows == null ? null : new Chunk(placing.placed(part.extent, rows), rows.selection());
    };
  }

  /** A cursor's answer, which may be none. */
  private record Next(ScanCursor.@Nullable Rows rows) {}

  private ExtentReader reader(ExtentPart part) {
    return reader(part.number, part.extent);
  }

  private ExtentReader reader(int number, ExtentRef extent) {
    ExtentReader open = readers.get(number);
    if (open == null) {
      open = source.extents().open(extent);
      if (readers.compareAndSet(number, null, open)) {
        source.stats().opened(extent);
      }
    }
    return open;
  }

  /** So many rows without columns. */
  private static Operator counted(long rows) {
    return new Operator() {
      private long left = rows;

      @Override
      public @Nullable Chunk next() {
        if (left == 0) {
          return null;
        }
        int size = (int) Math.min(left, PART_ROWS);
        left -= size;
        return new Chunk(new Batch(List.of(), size), Selection.all(size));
      }
    };
  }
}
