package dev.kyma.compactor.core.retention;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.visibility.RowShape;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.KeyMatches;
import dev.kyma.format.RowOrder;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Flatten;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.LongVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A tombstone leaves after the older versions of its key: the history of a key never shows a
 * version as if it had not been deleted. So a history extent with tombstones stays while an extent
 * that stays holds an older version of one of their keys. Stateless.
 */
final class Tombstones {
  private final ObjectStore store;
  private final SegmentFormat format;

  Tombstones(ObjectStore store, SegmentFormat format) {
    this.store = store;
    this.format = format;
  }

  /**
   * Those of some history extents that may leave a table, all together.
   *
   * @param leaving extents whose rows are all old enough
   */
  List<ExtentRef> whoMayLeave(Snapshot snapshot, TableDef table, List<ExtentRef> leaving) {
    List<ExtentRef> left = new ArrayList<>(leaving);
    // What has to stay may hold older versions of what others would take along.
    while (left.removeIf(extent -> mustStay(snapshot, table, extent, keysOf(left)))) {}
    return left;
  }

  private static Set<String> keysOf(List<ExtentRef> extents) {
    Set<String> keys = new HashSet<>();
    extents.forEach(extent -> keys.add(extent.key()));
    return keys;
  }

  private boolean mustStay(
      Snapshot snapshot, TableDef table, ExtentRef extent, Set<String> leaving) {
    if (extent.summary().tombstones() == 0) {
      return false;
    }
    List<ExtentRef> staying = new ArrayList<>();
    for (ExtentRef other : snapshot.extents(table.id())) {
      boolean holdsReplaced =
          other.summary().order() == RowOrder.HISTORY || !snapshot.deleted(other.key()).isEmpty();
      if (holdsReplaced
          && !leaving.contains(other.key())
          && other.summary().minSeq() < extent.summary().maxSeq()) {
        staying.add(other);
      }
    }
    return !staying.isEmpty() && isOlderVersionIn(snapshot, table, extent, staying);
  }

  private boolean isOlderVersionIn(
      Snapshot snapshot, TableDef table, ExtentRef extent, List<ExtentRef> others) {
    TableSchema stored = RowShape.inExtents(table);
    List<ColumnPath> columns = new ArrayList<>();
    for (int id : table.primaryKey()) {
      Field field = stored.field(stored.indexOfId(id));
      columns.add(ColumnPath.of(field.id(), field.type()));
    }
    int keyColumns = columns.size();
    columns.add(ColumnPath.of(SystemColumns.SEQ.id(), SystemColumns.SEQ.type()));
    Constant delete =
        new Constant.OfBytes(
            SystemColumns.OP.type(), SystemColumns.DELETE.getBytes(StandardCharsets.UTF_8));
    ScanCursor cursor =
        open(extent)
            .scan(
                ScanRequest.of(
                    columns,
                    new Predicate.Compare(
                        ColumnPath.of(SystemColumns.OP.id(), SystemColumns.OP.type()),
                        Predicate.Comparison.EQUAL,
                        delete)));
    for (ScanCursor.Rows rows = cursor.next(); rows != null; rows = cursor.next()) {
      Batch tombstones = Gather.selected(rows.batch(), rows.selection());
      long[] seqs = ((LongVector) tombstones.column(keyColumns)).values();
      Batch keys =
          new Batch(
              tombstones.columns().subList(0, keyColumns).stream().map(Flatten::of).toList(),
              tombstones.rowCount());
      for (ExtentRef other : others) {
        if (isOlderVersionIn(snapshot, other, keys, seqs)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isOlderVersionIn(
      Snapshot snapshot, ExtentRef other, Batch keys, long[] tombstoneSeqs) {
    ExtentReader reader = open(other);
    KeyMatches found = reader.find(keys);
    if (found.size() == 0) {
      return false;
    }
    DeletionVector deleted = snapshot.deleted(other.key());
    boolean isHistory = other.summary().order() == RowOrder.HISTORY;
    long[] seqs = seqs(reader, other);
    for (int i = 0; i < found.size(); i++) {
      int row = found.rows()[i];
      if ((isHistory || deleted.contains(row)) && seqs[row] < tombstoneSeqs[found.keys()[i]]) {
        return true;
      }
    }
    return false;
  }

  private static long[] seqs(ExtentReader reader, ExtentRef extent) {
    long[] seqs = new long[Math.toIntExact(extent.summary().rows())];
    ScanCursor cursor =
        reader.scan(
            ScanRequest.of(
                List.of(ColumnPath.of(SystemColumns.SEQ.id(), SystemColumns.SEQ.type())),
                new Predicate.And(List.of())));
    for (ScanCursor.Rows rows = cursor.next(); rows != null; rows = cursor.next()) {
      long[] values = ((LongVector) rows.batch().column(0)).values();
      System.arraycopy(values, 0, seqs, (int) rows.firstRow(), rows.batch().rowCount());
    }
    return seqs;
  }

  private ExtentReader open(ExtentRef extent) {
    return format.open(store, extent.key(), extent.length());
  }
}
