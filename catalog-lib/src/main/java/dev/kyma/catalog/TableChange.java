package dev.kyma.catalog;

import dev.kyma.format.type.TableSchema;

/** A change of one table. */
public sealed interface TableChange {

  /** The table's id. */
  long table();

  /** A new table; its name must be free and its cursors start at the beginning of its log. */
  record Create(TableDef definition) implements TableChange {
    @Override
    public long table() {
      return definition.id();
    }
  }

  /**
   * A wider schema.
   *
   * @param expectedVersion the version the schema must have now
   */
  record Widen(long table, int expectedVersion, TableSchema schema) implements TableChange {}

  /** The table goes, with all its extents and cursors. */
  record Drop(long table) implements TableChange {}
}
