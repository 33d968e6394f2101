package dev.kyma.compactor.core;

import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.visibility.KeyVersions;
import dev.kyma.catalog.visibility.RowOp;
import dev.kyma.catalog.visibility.RowShape;
import dev.kyma.catalog.visibility.SortedKeys;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.LogInterval;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Concat;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.RowSorter;
import dev.kyma.format.vector.Slice;
import dev.kyma.format.vector.SortOrder;
import dev.kyma.format.widen.Widening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes extents of kept rows: in the table's present columns, in the table's order, ties in the
 * order of the log. Rows of a keyed table are all stored, and those hidden are said. Stateless
 * apart from the format.
 */
final class ExtentBuilder {
  private final SegmentFormat format;

  ExtentBuilder(SegmentFormat format) {
    this.format = format;
  }

  String formatName() {
    return format.name();
  }

  /**
   * Extents that were built.
   *
   * @param parts the extents
   * @param keys the keys that rows of a keyed table are versions of, each once; empty for others
   */
  record Built(List<Part> parts, Optional<SortedKeys> keys) {
    Built {
      parts = List.copyOf(parts);
    }
  }

  /**
   * An extent.
   *
   * @param written the extent
   * @param hidden those of its rows that later ones replaced, and tombstones
   */
  record Part(WrittenExtent written, DeletionVector hidden) {}

  /** All rows in the table's present columns and the hidden ones, in the order of the log. */
  static Batch rows(TableDef table, int log, List<PendingRows.Run> runs) {
    TableSchema stored = RowShape.inExtents(table);
    TableSchema withSeq = RowShape.inLog(table).plus(List.of(SystemColumns.SEQ));
    List<Batch> batches = new ArrayList<>(runs.size());
    for (PendingRows.Run run : runs) {
      TableSchema from = run.schema().plus(List.of(SystemColumns.SEQ));
      Batch mapped = Widening.of(run.batch(), from, withSeq);
      List<ColumnVector> columns = new ArrayList<>(mapped.columns());
      columns.add(columns.size() - 1, constant(log, mapped.rowCount()));
      batches.add(new Batch(columns, mapped.rowCount()));
    }
    List<LogicalType> types = stored.fields().stream().map(Field::type).toList();
    return Concat.of(types, batches);
  }

  /**
   * The extents of rows; one, unless there are more rows than an extent holds.
   *
   * @param rows in the columns of {@link RowShape#inExtents}, in the order of the log
   * @param covered the stretch of log the rows were taken from
   */
  Built build(TableDef table, Batch rows, LogInterval covered) {
    TableSchema stored = RowShape.inExtents(table);
    List<Integer> sortColumns =
        table.sortColumns().stream().filter(id -> stored.indexOfId(id) >= 0).toList();
    Optional<KeyVersions> versions =
        table.isKeyed() ? Optional.of(versions(table, stored, rows)) : Optional.empty();
    Optional<int[]> order = RowSorter.permutation(rows, SortOrder.byIds(stored, sortColumns));
    Batch sorted = order.map(o -> Gather.rows(rows, o, rows.rowCount())).orElse(rows);
    ExtentOptions options =
        new ExtentOptions(
                table.timeColumn(), sortColumns, List.of(covered), ExtentOptions.Effort.FLUSH)
            .withPrimaryKey(table.primaryKey());
    List<Part> parts = new ArrayList<>();
    for (int from = 0; from < sorted.rowCount(); from += ExtentWriter.MAX_ROWS) {
      int count = Math.min(ExtentWriter.MAX_ROWS, sorted.rowCount() - from);
      ExtentWriter writer = format.write(stored, options);
      writer.append(Slice.of(sorted, from, count));
      int first = from;
      DeletionVector hidden =
          versions.map(v -> hidden(v, order, first, count)).orElse(DeletionVector.EMPTY);
      parts.add(new Part(writer.finish(), hidden));
    }
    return new Built(parts, versions.map(v -> keys(table, stored, rows, v)));
  }

  private static KeyVersions versions(TableDef table, TableSchema stored, Batch rows) {
    KeyVersions versions = new KeyVersions();
    LongVector seqs = (LongVector) rows.column(stored.indexOfId(SystemColumns.SEQ.id()));
    ColumnVector ops = rows.column(stored.indexOfId(SystemColumns.OP.id()));
    versions.add(
        RowShape.keys(table, stored, rows), RowOp.tombstones(ops, rows.rowCount()), seqs.values());
    return versions;
  }

  /** The hidden ones among {@code count} rows of the order from {@code first} on. */
  private static DeletionVector hidden(
      KeyVersions versions, Optional<int[]> order, int first, int count) {
    int[] hidden = new int[count];
    int found = 0;
    for (int row = 0; row < count; row++) {
      int inLog = order.isPresent() ? order.get()[first + row] : first + row;
      if (versions.hiddenFrom(inLog) != Long.MAX_VALUE) {
        hidden[found++] = row;
      }
    }
    return DeletionVector.of(Arrays.copyOf(hidden, found));
  }

  /** One row of each key. */
  private static SortedKeys keys(
      TableDef table, TableSchema stored, Batch rows, KeyVersions versions) {
    int[] firsts = new int[rows.rowCount()];
    int found = 0;
    for (int row = 0; row < firsts.length; row++) {
      if (versions.replaces(row) == KeyVersions.NONE) {
        firsts[found++] = row;
      }
    }
    return SortedKeys.of(table, Gather.rows(RowShape.key(table, stored, rows), firsts, found));
  }

  private static LongVector constant(int log, int count) {
    long[] values = new long[count];
    Arrays.fill(values, log);
    return new LongVector(SystemColumns.LOG.type(), values);
  }
}
