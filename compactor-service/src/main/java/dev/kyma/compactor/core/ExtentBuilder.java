package dev.kyma.compactor.core;

import dev.kyma.catalog.TableDef;
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
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.RowSorter;
import dev.kyma.format.vector.Slice;
import dev.kyma.format.vector.SortOrder;
import dev.kyma.format.widen.Widening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes extents of kept rows: in the table's present columns, in the table's order, ties in the
 * order of the log. Stateless apart from the format.
 */
final class ExtentBuilder {
  private final SegmentFormat format;

  ExtentBuilder(SegmentFormat format) {
    this.format = format;
  }

  String formatName() {
    return format.name();
  }

  /** The table's columns and the hidden ones. */
  static TableSchema storedSchema(TableDef table) {
    return table.schema().plus(List.of(SystemColumns.LOG, SystemColumns.SEQ));
  }

  /** All rows in the table's present columns and the hidden ones, in the order of the log. */
  static Batch rows(TableDef table, int log, List<PendingRows.Run> runs) {
    TableSchema stored = storedSchema(table);
    TableSchema withSeq = table.schema().plus(List.of(SystemColumns.SEQ));
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
   * @param rows in the columns of {@link #storedSchema}
   * @param covered the stretch of log the rows were taken from
   */
  List<WrittenExtent> build(TableDef table, Batch rows, LogInterval covered) {
    TableSchema stored = storedSchema(table);
    List<Integer> sortColumns =
        table.sortColumns().stream().filter(id -> stored.indexOfId(id) >= 0).toList();
    Batch sorted = RowSorter.sort(rows, SortOrder.byIds(stored, sortColumns));
    List<WrittenExtent> extents = new ArrayList<>();
    for (int from = 0; from < sorted.rowCount(); from += ExtentWriter.MAX_ROWS) {
      int count = Math.min(ExtentWriter.MAX_ROWS, sorted.rowCount() - from);
      ExtentWriter writer =
          format.write(
              stored,
              new ExtentOptions(
                  table.timeColumn(), sortColumns, List.of(covered), ExtentOptions.Effort.FLUSH));
      writer.append(Slice.of(sorted, from, count));
      extents.add(writer.finish());
    }
    return extents;
  }

  private static LongVector constant(int log, int count) {
    long[] values = new long[count];
    Arrays.fill(values, log);
    return new LongVector(SystemColumns.LOG.type(), values);
  }
}
