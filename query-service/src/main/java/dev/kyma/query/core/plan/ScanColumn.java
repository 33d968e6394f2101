package dev.kyma.query.core.plan;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.type.LogicalType;

/**
 * One column a scan yields: a column of the table, or a path into a dynamic one.
 *
 * @param name the name shown to people
 * @param source what is read, and as which type
 * @param nullable whether a value may be NULL
 */
public record ScanColumn(String name, ColumnPath source, boolean nullable) {
  /** The type of the values. */
  public LogicalType type() {
    return source.type();
  }
}
