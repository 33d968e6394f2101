package dev.kyma.format.vector;

import dev.kyma.format.type.TableSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * The order of rows in an extent: by columns ascending, NULLs last, NaN greater than every number,
 * text and binary bytewise. Rows that are equal in all of them keep the order they came in, which
 * is the order of the log.
 *
 * @param columns places of the columns in the batch, outermost first; empty for the order of the
 *     log alone
 */
public record SortOrder(List<Integer> columns) {
  public SortOrder {
    columns = List.copyOf(columns);
  }

  /**
   * The order by columns given by their ids, as a table has them; columns the schema does not have
   * are NULL in every row and so order nothing.
   */
  public static SortOrder byIds(TableSchema schema, List<Integer> columnIds) {
    List<Integer> places = new ArrayList<>();
    for (int id : columnIds) {
      int place = schema.indexOfId(id);
      if (place >= 0) {
        places.add(place);
      }
    }
    return new SortOrder(places);
  }
}
