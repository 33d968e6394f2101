package dev.kyma.format.predicate;

import dev.kyma.format.type.LogicalType;
import java.util.List;

/**
 * What a scan reads: a column, or a path into a dynamic column.
 *
 * <p>A path names object keys from the outside in. It is looked up with the longest key first, so
 * that {@code ["http.method"]} finds both {@code {"http.method": …}} and, when that key is absent,
 * {@code {"http": {"method": …}}}. A path yields the type asked for: {@link LogicalType#DYNAMIC}
 * the JSON text of the value, {@link LogicalType#TEXT} a string's content without quotes and
 * anything else's JSON text, a number or truth value where the JSON value is one exactly (else
 * NULL). An absent value and JSON null are NULL.
 *
 * @param column the id of the column in the table's schema
 * @param path the keys into a dynamic column; empty for the column itself
 * @param type the type of what is read
 */
public record ColumnPath(int column, List<String> path, LogicalType type) {
  public ColumnPath {
    path = List.copyOf(path);
  }

  /** A whole column. */
  public static ColumnPath of(int column, LogicalType type) {
    return new ColumnPath(column, List.of(), type);
  }

  /** Whether this is a path into a dynamic column. */
  public boolean isPath() {
    return !path.isEmpty();
  }
}
