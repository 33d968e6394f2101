package dev.kyma.format.tlm;

import dev.kyma.format.encoding.ColumnDecoder;
import dev.kyma.format.io.ObjectStore.Range;
import dev.kyma.format.json.PathExtractor;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.LikePattern;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.AllNull;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Selection;
import dev.kyma.format.widen.Widening;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an extent as one scan reads them: opened when first needed, pages fetched several
 * at a time. Used by one thread.
 */
final class ScanColumns {
  private record Opened(ChunkReader chunk, ColumnDecoder decoder) {}

  private final ExtentBytes bytes;
  private final Footer footer;
  private final Map<Integer, Opened> opened = new HashMap<>();
  private final Map<ColumnPath, PathExtractor> extractors = new HashMap<>();
  private long bytesRead;
  private long requests;

  ScanColumns(ExtentBytes bytes, Footer footer) {
    this.bytes = bytes;
    this.footer = footer;
  }

  ExtentBytes bytes() {
    return bytes;
  }

  long length() {
    return bytes.length();
  }

  /** How many bytes were needed so far. */
  long bytesRead() {
    return bytesRead;
  }

  /** How many reads of the store were made so far. */
  long requests() {
    return requests;
  }

  /** Reads stretches of the object. */
  List<byte[]> read(List<Range> ranges) {
    requests += bytes.isRemote(ranges) ? 1 : 0;
    for (Range range : ranges) {
      bytesRead += range.length();
    }
    return bytes.read(ranges);
  }

  /** Reads the heads of columns that are not open yet, in one request. */
  void open(Collection<ColumnPath> columns) {
    List<Region> regions = new ArrayList<>();
    List<ChunkReader> chunks = new ArrayList<>();
    List<Range> ranges = new ArrayList<>();
    for (ColumnPath column : columns) {
      Region region = footer.column(column.column());
      if (region != null && !opened.containsKey(column.column()) && !regions.contains(region)) {
        ChunkReader chunk = new ChunkReader(bytes, region, this::read);
        regions.add(region);
        chunks.add(chunk);
        ranges.add(chunk.first());
      }
    }
    if (ranges.isEmpty()) {
      return;
    }
    List<byte[]> parts = read(ranges);
    for (int i = 0; i < regions.size(); i++) {
      int column = regions.get(i).column();
      LogicalType type = footer.schema().field(footer.schema().indexOfId(column)).type();
      ChunkReader chunk = chunks.get(i);
      opened.put(
          column,
          new Opened(
              chunk, ColumnDecoder.open(chunk.open(parts.get(i)), type, footer.rows(), chunk)));
    }
  }

  /**
   * Reads what is missing of the pages of some rows, in one request.
   *
   * @param rows pairs of first row and end row
   */
  void fetch(Collection<ColumnPath> columns, List<int[]> rows) {
    open(columns);
    List<Range> ranges = new ArrayList<>();
    List<ChunkReader.PageRun> runs = new ArrayList<>();
    Map<Opened, BitSet> needed = new LinkedHashMap<>();
    for (ColumnPath column : columns) {
      Opened open = opened.get(column.column());
      if (open != null) {
        BitSet pages = needed.computeIfAbsent(open, any -> new BitSet());
        for (int[] range : rows) {
          if (column.isPath()) {
            open.decoder.pathPages(column.path(), range[0], range[1], pages);
          } else {
            open.decoder.pages(range[0], range[1], pages);
          }
        }
      }
    }
    needed.forEach((open, pages) -> open.chunk.missing(pages, ranges, runs));
    if (!ranges.isEmpty()) {
      List<byte[]> parts = read(ranges);
      for (int i = 0; i < runs.size(); i++) {
        runs.get(i).take(parts.get(i));
      }
    }
  }

  /** Lets go of pages that have been read. */
  void release() {
    for (Opened open : opened.values()) {
      open.chunk.release();
    }
  }

  /**
   * The values of rows that have been fetched.
   *
   * @param from the first row, a multiple of 64
   * @param wanted the rows whose values matter
   */
  ColumnVector vector(ColumnPath column, int from, int size, Selection wanted) {
    Opened open = opened.get(column.column());
    if (open == null) {
      return AllNull.of(column.type(), size);
    }
    if (column.isPath()) {
      ColumnVector shredded = open.decoder.decodePath(column.path(), column.type(), from, size);
      if (shredded != null) {
        return shredded;
      }
    }
    ColumnVector values = open.decoder.decode(from, size, wanted.isAll() ? null : wanted.words());
    if (!column.isPath()) {
      return Widening.of(values, column.type());
    }
    PathExtractor extractor =
        extractors.computeIfAbsent(column, path -> new PathExtractor(path.path(), path.type()));
    return extractor.extract(Widening.of(values, LogicalType.DYNAMIC), wanted);
  }

  /**
   * The rows that may still match a predicate by what texts that have been fetched are made of;
   * cheaper than their texts.
   */
  Selection narrow(Predicate predicate, int from, Selection rows) {
    return switch (predicate) {
      case Predicate.And and -> {
        Selection left = rows;
        for (Predicate operand : and.operands()) {
          left = narrow(operand, from, left);
        }
        yield left;
      }
      case Predicate.Like like when !like.caseInsensitive() ->
          narrow(like.column(), LikePattern.of(like).part(), from, rows);
      case Predicate.Compare compare
          when compare.comparison() == Predicate.Comparison.EQUAL
              && compare.constant() instanceof Constant.OfBytes value ->
          narrow(compare.column(), value.value(), from, rows);
      case Predicate.Compare any -> rows;
      case Predicate.Like any -> rows;
      case Predicate.In any -> rows;
      case Predicate.IsNull any -> rows;
      case Predicate.IsNotNull any -> rows;
      case Predicate.HasToken any -> rows;
      case Predicate.Or any -> rows;
      case Predicate.Not any -> rows;
    };
  }

  private Selection narrow(ColumnPath column, byte[] part, int from, Selection rows) {
    Opened open = opened.get(column.column());
    if (open == null
        || column.isPath()
        || part.length == 0
        || !open.decoder.type().equals(column.type())) {
      return rows;
    }
    long[] words = rows.words().clone();
    open.decoder.narrow(part, from, rows.size(), words);
    return Selection.of(rows.size(), words);
  }

  /** Whether anything is known of single vectors of a column that is open. */
  boolean hasZones(ColumnPath column) {
    Opened open = opened.get(column.column());
    return !column.isPath() && open != null && open.decoder.hasZones();
  }

  /** What is known of a vector of 1,024 rows of a column that is open; null when nothing is. */
  @Nullable ColumnStats zone(ColumnPath column, int vector) {
    Opened open = opened.get(column.column());
    if (column.isPath() || open == null) {
      return null;
    }
    ColumnDecoder decoder = open.decoder;
    int size = Math.min(Layout.VECTOR_ROWS, footer.rows() - vector * Layout.VECTOR_ROWS);
    boolean none = decoder.nulls().isNone();
    boolean all = decoder.nulls().isAll();
    if (!none && !all && (size < 2 || !decoder.hasZones())) {
      return null;
    }
    // Where only some rows of the column are NULL, how many of these are is not known: a number
    // between none and all claims nothing.
    return new ColumnStats(
        column.column(),
        decoder.type(),
        size,
        none ? 0 : all ? size : 1,
        decoder.hasZones() ? decoder.least(vector) : null,
        decoder.hasZones() ? decoder.greatest(vector) : null,
        false,
        -1,
        List.of());
  }

  /** What is known of a block; null when nothing is. */
  @Nullable ColumnStats block(ColumnPath column, int block) {
    int index = footer.schema().indexOfId(column.column());
    if (index < 0) {
      return new ColumnStats(column.column(), column.type(), 1, 1, null, null, false, 0, List.of());
    }
    return column.isPath() ? null : footer.statistics().block(index, block);
  }
}
