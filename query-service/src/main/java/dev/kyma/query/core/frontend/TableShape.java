package dev.kyma.query.core.frontend;

import dev.kyma.format.type.TableSchema;
import dev.kyma.query.core.plan.TableRef;
import java.util.List;
import java.util.OptionalInt;

/**
 * What planning knows of a table.
 *
 * @param table its identity
 * @param schema its columns in the order of {@code SELECT *}, hidden system columns left out
 * @param eventTime the id of the column that {@code _timestamp} stands for
 * @param overflow the ids of the DYNAMIC columns in which a bare name that is no column is looked
 *     up, in order
 * @param rows about how many rows it has; steers join order only
 */
public record TableShape(
    TableRef table, TableSchema schema, OptionalInt eventTime, List<Integer> overflow, long rows) {
  public TableShape {
    overflow = List.copyOf(overflow);
  }
}
