package dev.kyma.query.core.read;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.frontend.RowPlaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Puts the places of an extent's rows beside the columns that a scan reads of it, where it asks for
 * them: no extent stores where its rows lie. Immutable.
 */
final class RowPlacing {
  private final List<ColumnPath> stored = new ArrayList<>();
  private final List<ColumnPath> wanted;
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * @param wanted the columns a scan is to yield
   * @param extents answers the extents of the table in the order in which places number them; asked
   *     only when places are wanted
   */
  RowPlacing(List<ColumnPath> wanted, Supplier<List<ExtentRef>> extents) {
    this.wanted = wanted;
    for (ColumnPath column : wanted) {
      if (!isPlace(column)) {
        stored.add(column);
      }
    }
    if (stored.size() < wanted.size()) {
      List<ExtentRef> all = extents.get();
      for (int i = 0; i < all.size(); i++) {
        numbers.put(all.get(i).key(), i);
      }
    }
  }

  private static boolean isPlace(ColumnPath column) {
    return column.column() == RowPlaces.PLACE.id();
  }

  /** The columns to read from extents. */
  List<ColumnPath> stored() {
    return stored;
  }

  /** Rows of an extent with their places. */
  Batch placed(ExtentRef extent, ScanCursor.Rows rows) {
    Integer number = numbers.get(extent.key());
    if (number == null) {
      return rows.batch();
    }
    int count = rows.batch().rowCount();
    long[] places = new long[count];
    for (int row = 0; row < count; row++) {
      places[row] = RowPlaces.place(number, rows.firstRow() + row);
    }
    List<ColumnVector> columns = new ArrayList<>();
    int next = 0;
    for (ColumnPath column : wanted) {
      columns.add(
          isPlace(column)
              ? new LongVector(LogicalType.INT64, places)
              : rows.batch().column(next++));
    }
    return new Batch(columns, count);
  }
}
