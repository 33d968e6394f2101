package dev.kyma.query.core.read;

import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.visibility.RowShape;
import dev.kyma.catalog.visibility.SortedKeys;
import dev.kyma.format.json.PathExtractor;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.predicate.PredicateEvaluator;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Concat;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys in one query's part of a log partition that may have rows in extents. Safe for use by
 * the query's threads.
 */
final class TailKeys {
  private final TableDef table;
  private final HotTail tail;
  private final List<Selection> wanted;
  private final Map<Stretch, Opening> known = new HashMap<>();

  private record Stretch(long from, long to) {}

  /**
   * Keys of rows that are the first of their key behind some offset.
   *
   * @param keys the keys
   * @param seqs the {@code _seq} of each row, by the keys' places before they were sorted
   */
  @SuppressWarnings("ArrayRecordComponent") // read in place
  record Opening(SortedKeys keys, long[] seqs) {}

  private TailKeys(TableDef table, HotTail tail, List<Selection> wanted) {
    this.table = table;
    this.tail = tail;
    this.wanted = wanted;
  }

  /** All keys. */
  static TailKeys all(TableDef table, HotTail tail) {
    return new TailKeys(table, tail, tail.rows().stream().map(TailRows::all).toList());
  }

  /** Those of rows that a predicate on columns of the key is true for. */
  static TailKeys matching(TableDef table, HotTail tail, Predicate condition) {
    PredicateEvaluator evaluator = new PredicateEvaluator(condition);
    Map<ColumnPath, PathExtractor> extractors = new HashMap<>();
    List<Selection> wanted = new ArrayList<>();
    for (TailRows rows : tail.rows()) {
      TailColumns columns = new TailColumns(rows.segment(), tail.log(), extractors);
      wanted.add(evaluator.select(columns, rows.all()));
    }
    return new TailKeys(table, tail, wanted);
  }

  HotTail tail() {
    return tail;
  }

  /** How many rows have such a key. */
  int rows() {
    return wanted.stream().mapToInt(Selection::count).sum();
  }

  /**
   * The keys of rows in records from an offset on whose versions before all lie before another.
   *
   * @param from the other offset, not behind the first
   */
  synchronized Opening opening(long from, long to) {
    return known.computeIfAbsent(new Stretch(from, to), this::find);
  }

  private Opening find(Stretch stretch) {
    long fromSeq = TailSegment.endSeq(stretch.from);
    List<Batch> batches = new ArrayList<>();
    long[] seqs = new long[rows()];
    int count = 0;
    for (int i = 0; i < wanted.size(); i++) {
      TailSegment segment = tail.rows().get(i).segment();
      TailSegment.@Nullable Versions versions = segment.versions();
      int firstRow = segment.place(stretch.to);
      Selection selection = wanted.get(i);
      if (versions == null || firstRow == segment.rows() || selection.isEmpty()) {
        continue;
      }
      int[] places = new int[selection.count()];
      int found = 0;
      for (int row = firstRow; row < segment.rows(); row++) {
        if (versions.replaces()[row] < fromSeq && selection.contains(row)) {
          places[found++] = row;
          seqs[count++] = segment.seqs()[row];
        }
      }
      if (found > 0) {
        Batch key = RowShape.key(table, segment.schema(), segment.batch());
        batches.add(Gather.rows(key, places, found));
      }
    }
    return new Opening(
        SortedKeys.of(table, Concat.of(types(), batches)), Arrays.copyOf(seqs, count));
  }

  private List<LogicalType> types() {
    List<LogicalType> types = new ArrayList<>();
    for (int id : table.primaryKey()) {
      Field field = table.schema().field(table.schema().indexOfId(id));
      types.add(field.type());
    }
    return types;
  }
}
