package dev.kyma.query.core.plan;

import dev.kyma.format.type.LogicalType;

/**
 * One column of a relation.
 *
 * @param name the name shown to people; neither unique nor used to find the column
 * @param type the type of its values
 * @param nullable whether a value may be NULL
 */
public record PlanColumn(String name, LogicalType type, boolean nullable) {
  /** This column where a value may be NULL. */
  public PlanColumn withNulls() {
    return nullable ? this : new PlanColumn(name, type, true);
  }
}
