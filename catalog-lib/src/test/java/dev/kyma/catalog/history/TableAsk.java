package dev.kyma.catalog.history;

import java.util.List;

/** What a catalog is asked about one table. */
sealed interface TableAsk {
  long table();

  /** The newest snapshot. */
  record Read(long table) implements TableAsk {}

  /** A flush that takes the table's one cursor from an offset to the next and adds an extent. */
  record Flush(long table, long from, String key) implements TableAsk {}

  /** A compaction of extents, each with as many deleted rows as were seen, into one. */
  record Compact(long table, List<Input> inputs, String key) implements TableAsk {}

  /** A deletion of one row of an extent. */
  record Delete(long table, String key, int row) implements TableAsk {}

  /** An extent to replace. */
  record Input(String key, int deletedRows) {}
}
