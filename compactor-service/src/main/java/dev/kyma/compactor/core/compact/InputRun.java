package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.Selection;
import dev.kyma.format.vector.merge.SortedRun;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An extent that is merged: yields the rows that stay in the table's order, in the types of today,
 * and hands the others over as they come by. Remembers where the rows that stay went. Used by one
 * thread.
 */
final class InputRun implements SortedRun {

  /** What becomes of rows that do not stay. */
  interface Leaving {
    /** Rows that are deleted. */
    void deleted(Batch rows);

    /** Rows that are too old, none of them deleted. */
    void expired(Batch rows);

    /** So many rows were read. */
    void read(int rows);
  }

  private static final Predicate EVERYTHING = new Predicate.And(List.of());

  /**
   * So many rows are scanned at a time. A scan holds what it has fetched ahead, and there are many
   * inputs.
   */
  private static final int PART_ROWS = 1 << 16;

  private final ExtentRef extent;
  private final DeletionVector deleted;
  private final ExtentReader reader;
  private final List<ColumnPath> columns;
  private final boolean isHashKnown;
  private final RowAge age;
  private final Leaving leaving;
  private final RowAccounts accounts;
  private final long[] kept;
  private final int[] places;
  private ScanCursor cursor;
  private long nextPart = PART_ROWS;
  private int placedRows;

  /**
   * @param deleted the rows that are deleted, in the snapshot the task is about
   * @param stored the columns to yield
   */
  InputRun(
      ExtentRef extent,
      ExtentReader reader,
      DeletionVector deleted,
      TableSchema stored,
      RowAge age,
      Leaving leaving,
      RowAccounts accounts) {
    this.extent = extent;
    this.deleted = deleted;
    this.age = age;
    this.leaving = leaving;
    this.accounts = accounts;
    this.reader = reader;
    this.columns =
        stored.fields().stream().map(field -> ColumnPath.of(field.id(), field.type())).toList();
    this.cursor = part(0);
    int rows = Math.toIntExact(extent.summary().rows());
    kept = new long[Bits.words(rows)];
    places = new int[rows - deleted.cardinality()];
    isHashKnown = sameTypes(reader.schema(), stored);
    if (isHashKnown) {
      accounts.takeIn(extent.summary());
    }
  }

  private static boolean sameTypes(TableSchema written, TableSchema today) {
    for (Field field : written.fields()) {
      int place = today.indexOfId(field.id());
      if (place < 0 || !today.field(place).type().equals(field.type())) {
        return false;
      }
    }
    return true;
  }

  ExtentRef extent() {
    return extent;
  }

  /** The rows that were deleted when the task began. */
  DeletionVector deleted() {
    return deleted;
  }

  private ScanCursor part(long fromRow) {
    return reader.scan(new ScanRequest(columns, EVERYTHING, fromRow, fromRow + PART_ROWS));
  }

  private ScanCursor.@Nullable Rows read() {
    ScanCursor.Rows rows = cursor.next();
    while (rows == null && nextPart < extent.summary().rows()) {
      cursor = part(nextPart);
      nextPart += PART_ROWS;
      rows = cursor.next();
    }
    return rows;
  }

  @Override
  public @Nullable Batch next() {
    for (ScanCursor.Rows rows = read(); rows != null; rows = read()) {
      if (!rows.selection().isAll()) {
        throw new IllegalStateException(extent.key() + " yields rows that nobody chose");
      }
      Batch stays = split(rows.batch(), Math.toIntExact(rows.firstRow()));
      leaving.read(rows.batch().rowCount());
      if (stays.rowCount() > 0) {
        return stays;
      }
    }
    return null;
  }

  private Batch split(Batch batch, int firstRow) {
    if (!isHashKnown) {
      accounts.takeIn(batch);
    }
    int count = batch.rowCount();
    long[] live = Selection.all(count).words();
    deleted.andNot(live, firstRow, count);
    Selection living = Selection.of(count, live);
    if (!living.isAll()) {
      leaving.deleted(Gather.selected(batch, without(count, live)));
    }
    long[] staying = live.clone();
    age.removeExpired(batch, staying);
    Selection stays = Selection.of(count, staying);
    if (stays.count() < living.count()) {
      long[] expired = live.clone();
      for (int w = 0; w < expired.length; w++) {
        expired[w] &= ~staying[w];
      }
      leaving.expired(Gather.selected(batch, Selection.of(count, expired)));
    }
    remember(stays, firstRow);
    return Gather.selected(batch, stays);
  }

  private static Selection without(int count, long[] words) {
    long[] others = Selection.all(count).words();
    for (int w = 0; w < others.length; w++) {
      others[w] &= ~words[w];
    }
    return Selection.of(count, others);
  }

  private void remember(Selection stays, int firstRow) {
    for (int row : Gather.places(stays)) {
      Bits.set(kept, firstRow + row);
    }
  }

  /** Says where the next of the rows that stay has gone: its place among all rows written. */
  void placed(int ordinal) {
    places[placedRows++] = ordinal;
  }

  /**
   * Where rows have gone: places among all rows written. Rows that did not stay are left out.
   *
   * @param rows rows of the extent
   */
  int[] placesOf(DeletionVector rows) {
    int[] found = new int[rows.cardinality()];
    int count = 0;
    int rank = 0;
    int word = 0;
    for (int row : rows.rows()) {
      for (; word < row >>> 6; word++) {
        rank += Long.bitCount(kept[word]);
      }
      if (Bits.get(kept, row)) {
        long before = kept[word] & (1L << row) - 1;
        found[count++] = places[rank + Long.bitCount(before)];
      }
    }
    return Arrays.copyOf(found, count);
  }
}
