package dev.kyma.compactor.core.check;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.LogInterval;
import dev.kyma.format.RowOrder;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.stats.RowHashes;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Concat;
import dev.kyma.format.vector.Flatten;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.RowSorter;
import dev.kyma.format.vector.Slice;
import dev.kyma.format.vector.SortOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads every row of one extent: their hash, their order, their places in the log, whether
 * tombstones are hidden. Each kind of fault is reported once for an extent. Used by one thread.
 */
final class RowCheck {
  private static final long[] UNUSED = {};

  private final String table;
  private final ExtentRef extent;
  private final ExtentReader reader;
  private final DeletionVector deleted;
  private final Findings findings;
  private final TableSchema schema;
  private final SortOrder order;
  private final Map<Integer, Stretches> covered = new HashMap<>();
  private @Nullable Batch last;
  private long rows;
  private long hash;
  private boolean unordered;
  private boolean outside;
  private boolean doubled;
  private boolean visible;

  RowCheck(
      String table,
      ExtentRef extent,
      ExtentReader reader,
      DeletionVector deleted,
      Findings findings) {
    this.table = table;
    this.extent = extent;
    this.reader = reader;
    this.deleted = deleted;
    this.findings = findings;
    this.schema = reader.schema();
    this.order = SortOrder.byIds(schema, reader.summary().sortColumns());
    for (LogInterval interval : reader.summary().logs()) {
      covered.computeIfAbsent(interval.log(), log -> new Stretches()).add(interval);
    }
  }

  /** Reads the rows; answers how many there are. */
  long run(RowIdentities identities) {
    List<ColumnPath> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      columns.add(ColumnPath.of(field.id(), field.type()));
    }
    ScanCursor cursor = reader.scan(ScanRequest.of(columns, new Predicate.And(List.of())));
    for (ScanCursor.Rows read = cursor.next(); read != null; read = cursor.next()) {
      Batch batch = flat(read.batch());
      hash += hash(batch);
      checkOrder(batch, read.firstRow());
      checkPlaces(batch, read.firstRow(), identities);
      checkTombstones(batch, read.firstRow());
      rows += batch.rowCount();
    }
    if (rows != reader.summary().rows()) {
      findings.add(
          Finding.of(
              Finding.Code.ROWS_HASH,
              table,
              extent.key(),
              reader.summary().rows() + " rows",
              rows + " rows"));
    } else if (hash != reader.summary().rowsHash()) {
      findings.add(
          Finding.of(
              Finding.Code.ROWS_HASH,
              table,
              extent.key(),
              "rows with hash " + Long.toHexString(reader.summary().rowsHash()),
              Long.toHexString(hash)));
    }
    return rows;
  }

  private static Batch flat(Batch batch) {
    List<ColumnVector> columns = new ArrayList<>();
    batch.columns().forEach(column -> columns.add(Flatten.of(column)));
    return new Batch(columns, batch.rowCount());
  }

  private long hash(Batch batch) {
    RowHashes hashes = new RowHashes(batch.rowCount());
    for (int i = 0; i < schema.size(); i++) {
      ColumnVector column = batch.column(i);
      hashes.add(
          schema.field(i).id(),
          column,
          column instanceof BytesVector bytes ? RowHashes.of(bytes) : UNUSED);
    }
    return hashes.total();
  }

  private void checkOrder(Batch batch, long firstRow) {
    boolean broken = RowSorter.permutation(batch, order).isPresent();
    Batch before = last;
    if (before != null && batch.rowCount() > 0) {
      List<LogicalType> types = schema.fields().stream().map(Field::type).toList();
      Batch seam = Concat.of(types, List.of(before, Slice.of(batch, 0, 1)));
      broken |= RowSorter.permutation(seam, order).isPresent();
    }
    last = batch.rowCount() == 0 ? before : Slice.of(batch, batch.rowCount() - 1, 1);
    if (broken && !unordered) {
      unordered = true;
      findings.add(
          Finding.of(
              Finding.Code.ORDER_BROKEN,
              table,
              extent.key(),
              "rows ordered by columns " + reader.summary().sortColumns(),
              "others from row " + firstRow + " on"));
    }
  }

  private void checkPlaces(Batch batch, long firstRow, RowIdentities identities) {
    long[] logs = longs(batch, SystemColumns.LOG.id());
    long[] seqs = longs(batch, SystemColumns.SEQ.id());
    for (int row = 0; row < batch.rowCount() && !outside; row++) {
      long offset = SystemColumns.offset(seqs[row]);
      Stretches stretches = covered.get((int) logs[row]);
      if (stretches == null || !stretches.missing((int) logs[row], offset, offset + 1).isEmpty()) {
        outside = true;
        findings.add(
            Finding.of(
                Finding.Code.ROW_OUTSIDE_LOG,
                table,
                extent.key(),
                reader.summary().logs().toString(),
                "row " + (firstRow + row) + " from log " + logs[row] + " at " + offset));
      }
    }
    int twice = identities.add(logs, seqs, batch.rowCount());
    if (twice >= 0 && !doubled) {
      doubled = true;
      findings.add(
          Finding.at(
              Finding.Code.ROW_DOUBLED,
              table,
              extent.key(),
              SystemColumns.offset(seqs[twice]),
              "row "
                  + SystemColumns.row(seqs[twice])
                  + " of this record of log "
                  + logs[twice]
                  + " once",
              "again at row " + (firstRow + twice)));
    }
  }

  private long[] longs(Batch batch, int column) {
    return ((LongVector) batch.column(schema.indexOfId(column))).values();
  }

  private void checkTombstones(Batch batch, long firstRow) {
    int place = schema.indexOfId(SystemColumns.OP.id());
    if (place < 0 || visible || reader.summary().order() == RowOrder.HISTORY) {
      return;
    }
    BytesVector operations = (BytesVector) batch.column(place);
    for (int row = 0; row < batch.rowCount(); row++) {
      if (operations.text(row).equals("d") && !deleted.contains((int) (firstRow + row))) {
        visible = true;
        findings.add(
            Finding.of(
                Finding.Code.TOMBSTONE_VISIBLE,
                table,
                extent.key(),
                "hidden tombstones",
                "row " + (firstRow + row) + " is not hidden"));
        return;
      }
    }
  }
}
