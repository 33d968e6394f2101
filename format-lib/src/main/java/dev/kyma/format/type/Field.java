package dev.kyma.format.type;

import java.util.Objects;

/**
 * One column of a table.
 *
 * <p>A column is identified by its {@code id}, which never changes and is never reused within a
 * table, so that a rename or a type widening leaves older extents readable.
 *
 * @param id the identity of the column, ≥ 1 for a table's columns and negative for {@link
 *     SystemColumns hidden ones}
 * @param name the name, as users write it in quotes; not empty
 * @param type the type
 * @param nullable whether NULL is allowed
 */
public record Field(int id, String name, LogicalType type, boolean nullable) {
  public Field {
    Objects.requireNonNull(type);
    if (name.isEmpty() || id == 0) {
      throw new IllegalArgumentException("a column needs a name and an id other than 0");
    }
  }

  /** This column with another type. */
  public Field withType(LogicalType newType) {
    return new Field(id, name, newType, nullable);
  }
}
