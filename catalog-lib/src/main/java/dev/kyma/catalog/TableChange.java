package dev.kyma.catalog;

import dev.kyma.format.type.TableSchema;
import java.util.List;
import java.util.Map;

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

  /**
   * Other settings. They count as a version of the definition, so that of two who change settings
   * at once the second sees the first one's.
   *
   * @param expectedVersion the version the definition must have now
   * @param flushPolicy when rows are flushed
   * @param sortColumns the ids of the columns extents are ordered by from now on
   * @param options all options, those that stay included
   */
  record Alter(
      long table,
      int expectedVersion,
      FlushPolicy flushPolicy,
      List<Integer> sortColumns,
      Map<String, String> options)
      implements TableChange {
    public Alter {
      sortColumns = List.copyOf(sortColumns);
      options = Map.copyOf(options);
    }
  }

  /** The table goes, with all its extents and cursors. */
  record Drop(long table) implements TableChange {}
}
