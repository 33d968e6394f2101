package dev.kyma.query.core.frontend;

import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * The hidden columns in which a scan over extents says where a row lies and which row it is.
 * Stateless.
 */
public final class RowPlaces {
  /**
   * The place of the row: the number of its extent among the table's extents in the snapshot,
   * shifted by {@link #ROW_BITS}, and the row's place in the extent.
   */
  public static final Field PLACE = new Field(-100, "#place", LogicalType.INT64, false);

  // Names that no statement means by accident: a condition of the user's sees these columns too.
  private static final Field LOG =
      new Field(SystemColumns.LOG.id(), "#log", SystemColumns.LOG.type(), false);
  private static final Field SEQ =
      new Field(SystemColumns.SEQ.id(), "#seq", SystemColumns.SEQ.type(), false);

  /** Bits of {@link #PLACE} that hold the row's place in its extent. */
  public static final int ROW_BITS = 20;

  /** The columns, in the order in which a statement that deletes rows reads them. */
  public static final List<Field> COLUMNS = List.of(PLACE, LOG, SEQ);

  private RowPlaces() {}

  /** A place. */
  public static long place(int extent, long row) {
    return (long) extent << ROW_BITS | row;
  }

  /** The number of the extent in a place. */
  public static int extent(long place) {
    return (int) (place >>> ROW_BITS);
  }

  /** The row in a place. */
  public static int row(long place) {
    return (int) (place & ((1 << ROW_BITS) - 1));
  }

  /** A table with the hidden columns behind its own. */
  public static TableShape shown(TableShape table) {
    List<Field> fields = new ArrayList<>(table.schema().fields());
    fields.addAll(COLUMNS);
    return table.withSchema(new TableSchema(fields));
  }
}
