package dev.kyma.format.tlm;

import dev.kyma.format.DeletionVector;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.ScanStats;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.predicate.PredicateEvaluator;
import dev.kyma.format.stats.Pruning;
import dev.kyma.format.stats.Pruning.Match;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Selection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scan: blocks are pruned by their statistics, vectors by their zones, what is left is evaluated,
 * and only then are the other columns of the rows that match read.
 *
 * <p>Blocks are worked on in stripes, each of which costs one read for the columns of the predicate
 * and one for the rest: one block first, so that there are rows soon, then twice as many each time,
 * up to a few megabytes.
 */
final class TlmScan implements ScanCursor {
  private static final int WINDOW = Batch.MAX_ROWS;
  private static final long STRIPE_BYTES = 8L << 20;
  private static final long KEEP_BYTES = 32L << 20;

  /** Rows to yield: a selection, not empty, and the vectors evaluating it has left behind. */
  private record Window(int from, Selection selection, Map<ColumnPath, ColumnVector> decoded) {}

  /** A block whose statistics leave something to do. */
  private record Block(int number, boolean matchesWholly) {}

  private final Footer footer;
  private final ScanColumns columns;
  private final ScanRequest request;
  private final PredicateEvaluator evaluator;
  private final Set<ColumnPath> conditions = new LinkedHashSet<>();
  private final int firstRow;
  private final int endRow;
  private final List<Block> blocks = new ArrayList<>();
  private final ArrayDeque<Window> ready = new ArrayDeque<>();
  private final int maxStripe;
  private int stripeBlocks = 1;
  private int nextBlock;
  private boolean hasZones;
  private long blocksRead;
  private long rowsRead;
  private boolean started;
  private long @Nullable [] possible;

  TlmScan(Footer footer, ScanColumns columns, ScanRequest request) {
    this(footer, columns, request, null);
  }

  /**
   * A scan of some rows.
   *
   * @param only a bitmap of the rows to look at; null for all
   */
  TlmScan(Footer footer, ScanColumns columns, ScanRequest request, long @Nullable [] only) {
    this.footer = footer;
    this.columns = columns;
    this.request = request;
    evaluator = new PredicateEvaluator(request.predicate());
    collect(request.predicate(), conditions);
    int rows = footer.rows();
    firstRow = (int) Math.clamp(request.firstRow(), 0, rows);
    endRow = (int) Math.clamp(request.endRow(), firstRow, rows);
    prune();
    maxStripe = maxStripe();
    if (only != null) {
      started = true;
      narrow(only);
    }
  }

  private static void collect(Predicate predicate, Set<ColumnPath> columns) {
    switch (predicate) {
      case Predicate.Compare compare -> columns.add(compare.column());
      case Predicate.In in -> columns.add(in.column());
      case Predicate.IsNull isNull -> columns.add(isNull.column());
      case Predicate.IsNotNull isNotNull -> columns.add(isNotNull.column());
      case Predicate.Like like -> columns.add(like.column());
      case Predicate.HasToken hasToken -> columns.add(hasToken.column());
      case Predicate.And and -> and.operands().forEach(operand -> collect(operand, columns));
      case Predicate.Or or -> or.operands().forEach(operand -> collect(operand, columns));
      case Predicate.Not not -> collect(not.operand(), columns);
    }
  }

  private int firstBlock() {
    return firstRow / Layout.BLOCK_ROWS;
  }

  private int endBlock() {
    return firstRow == endRow ? firstBlock() : (endRow + Layout.BLOCK_ROWS - 1) / Layout.BLOCK_ROWS;
  }

  private void prune() {
    for (int b = firstBlock(); b < endBlock(); b++) {
      int block = b;
      Match match = Pruning.mayMatch(request.predicate(), column -> columns.block(column, block));
      int start = b * Layout.BLOCK_ROWS;
      int end = Math.min(footer.rows(), start + Layout.BLOCK_ROWS);
      if (request.deleted().cardinality(start, end) == end - start) {
        continue;
      }
      switch (match) {
        case NONE -> {}
        case SOME -> blocks.add(new Block(block, false));
        case ALL -> blocks.add(new Block(block, true));
      }
    }
  }

  /** Leaves out the blocks without a row that indexes leave possible. */
  private void useIndexes() {
    if (blocks.stream().allMatch(Block::matchesWholly)) {
      return;
    }
    long[] rows = new Candidates(footer, columns.bytes(), columns::read).rows(request.predicate());
    if (rows != null) {
      narrow(rows);
    }
  }

  private void narrow(long[] rows) {
    possible = rows;
    blocks.removeIf(
        block -> {
          int from = block.number * Layout.BLOCK_ROWS;
          return isEmpty(rows, from, Math.min(footer.rows(), from + Layout.BLOCK_ROWS));
        });
    int windows = 0;
    for (int from = 0; from < footer.rows(); from += WINDOW) {
      windows += isEmpty(rows, from, Math.min(footer.rows(), from + WINDOW)) ? 0 : 1;
    }
    // Few windows cost as little together as a block does.
    if (windows <= Layout.BLOCK_ROWS / WINDOW) {
      stripeBlocks = maxStripe;
    }
  }

  /** Whether a bitmap has no row from one that is a multiple of 64 up to another. */
  private static boolean isEmpty(long[] rows, int from, int to) {
    for (int word = from / 64; word < Bits.words(to); word++) {
      if (rows[word] != 0) {
        return false;
      }
    }
    return true;
  }

  /** How many blocks to work on together at most. */
  private int maxStripe() {
    long bytes = 0;
    Set<Integer> seen = new LinkedHashSet<>();
    for (ColumnPath column : conditions) {
      seen.add(column.column());
    }
    for (ColumnPath column : request.columns()) {
      seen.add(column.column());
    }
    for (int column : seen) {
      Region region = footer.column(column);
      bytes += region == null ? 0 : region.length();
    }
    long perBlock = bytes / Math.max(1, footer.blocks());
    return (int) Math.clamp(STRIPE_BYTES / Math.max(1, perBlock), 1, 1 << 20);
  }

  @Override
  public @Nullable Rows next() {
    if (!started) {
      started = true;
      useIndexes();
    }
    while (ready.isEmpty()) {
      if (nextBlock == blocks.size()) {
        return null;
      }
      columns.release();
      int end = Math.min(blocks.size(), nextBlock + stripeBlocks);
      stripe(blocks.subList(nextBlock, end));
      nextBlock = end;
      stripeBlocks = Math.min(maxStripe, 2 * stripeBlocks);
    }
    Window window = ready.removeFirst();
    int size = window.selection.size();
    List<ColumnVector> vectors = new ArrayList<>(request.columns().size());
    for (ColumnPath column : request.columns()) {
      ColumnVector decoded = window.decoded.get(column);
      vectors.add(
          decoded != null ? decoded : columns.vector(column, window.from, size, window.selection));
    }
    return new Rows(window.from, new Batch(vectors, size), window.selection);
  }

  @Override
  public ScanStats stats() {
    return new ScanStats(
        endBlock() - firstBlock(),
        blocksRead,
        endRow - firstRow,
        rowsRead,
        columns.length(),
        columns.bytesRead(),
        columns.requests());
  }

  /** Finds the matching rows of some blocks and fetches what is to be yielded of them. */
  private void stripe(List<Block> stripe) {
    List<Window> candidates = candidates(stripe);
    List<int[]> toEvaluate = new ArrayList<>();
    for (Window window : candidates) {
      if (!isWhole(stripe, window)) {
        toEvaluate.add(rows(window));
      }
    }
    columns.fetch(toEvaluate.isEmpty() ? List.of() : conditions, toEvaluate);
    List<int[]> toYield = new ArrayList<>();
    long kept = 0;
    for (Window window : candidates) {
      Window found = window;
      if (!isWhole(stripe, window)) {
        rowsRead += window.selection.size();
        found = evaluate(window);
        kept += size(found.decoded);
        if (kept > KEEP_BYTES) {
          found.decoded.clear();
        }
      } else if (!request.columns().isEmpty()) {
        rowsRead += window.selection.size();
      }
      if (!found.selection.isEmpty()) {
        ready.add(found);
        toYield.add(rows(found));
      }
    }
    columns.fetch(toYield.isEmpty() ? List.of() : request.columns(), toYield);
  }

  private static int[] rows(Window window) {
    return new int[] {window.from, window.from + window.selection.size()};
  }

  private static boolean isWhole(List<Block> stripe, Window window) {
    int number = window.from / Layout.BLOCK_ROWS;
    for (Block block : stripe) {
      if (block.number == number) {
        return block.matchesWholly;
      }
    }
    throw new AssertionError(number);
  }

  /** The windows of a stripe that zones leave, with the rows that may match. */
  private List<Window> candidates(List<Block> stripe) {
    boolean anyOpen = false;
    List<Window> windows = new ArrayList<>();
    for (Block block : stripe) {
      if (!block.matchesWholly && !anyOpen) {
        columns.open(conditions);
        anyOpen = true;
        hasZones = conditions.stream().anyMatch(columns::hasZones);
      }
      boolean used = false;
      int start = block.number * Layout.BLOCK_ROWS;
      int end = Math.min(footer.rows(), start + Layout.BLOCK_ROWS);
      for (int from = start; from < end; from += WINDOW) {
        Window window = candidate(block, from, Math.min(end, from + WINDOW));
        if (window != null) {
          windows.add(window);
          used = true;
        }
      }
      if (used && (!block.matchesWholly || !request.columns().isEmpty())) {
        blocksRead++;
      }
    }
    return windows;
  }

  private @Nullable Window candidate(Block block, int start, int end) {
    int first = -1;
    int last = -1;
    long[] mayMatch = new long[Bits.words(WINDOW)];
    DeletionVector deleted = request.deleted();
    for (int from = start; from < end; from += Layout.VECTOR_ROWS) {
      int to = Math.min(end, from + Layout.VECTOR_ROWS);
      if (to <= firstRow
          || from >= endRow
          || deleted.cardinality(from, to) == to - from
          || possible != null && isEmpty(possible, from, to)
          || !block.matchesWholly && isOutside(from)) {
        continue;
      }
      first = first < 0 ? from : first;
      last = to;
      Bits.setRange(mayMatch, Math.max(from, firstRow) - start, Math.min(to, endRow) - start);
    }
    if (first < 0) {
      return null;
    }
    deleted.andNot(mayMatch, start, end - start);
    long[] rows = possible;
    if (rows != null) {
      for (int word = 0; word < Bits.words(end - start); word++) {
        mayMatch[word] &= rows[start / 64 + word];
      }
    }
    int size = last - first;
    long[] words = new long[Bits.words(size)];
    System.arraycopy(mayMatch, (first - start) / 64, words, 0, words.length);
    return new Window(first, Selection.of(size, words), new HashMap<>());
  }

  private boolean isOutside(int from) {
    int vector = from / Layout.VECTOR_ROWS;
    return hasZones
        && Pruning.mayMatch(request.predicate(), column -> columns.zone(column, vector))
            == Match.NONE;
  }

  private Window evaluate(Window window) {
    Map<ColumnPath, ColumnVector> decoded = new HashMap<>();
    int size = window.selection.size();
    Selection likely = columns.narrow(request.predicate(), window.from, window.selection);
    if (likely.isEmpty()) {
      return new Window(window.from, likely, decoded);
    }
    Selection found =
        evaluator.select(
            column ->
                decoded.computeIfAbsent(
                    column, path -> columns.vector(path, window.from, size, likely)),
            likely);
    decoded.keySet().retainAll(request.columns());
    return new Window(window.from, found, decoded);
  }

  private static long size(Map<ColumnPath, ColumnVector> vectors) {
    long bytes = 0;
    for (ColumnVector vector : vectors.values()) {
      bytes += vector.size() * 16L;
      if (vector instanceof BytesVector texts) {
        bytes += texts.data().length;
      } else if (vector instanceof FloatsVector floats) {
        bytes += 4L * floats.values().length;
      }
    }
    return bytes;
  }
}
