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

  /**
   * The table's rows come from another log from now on, or from the same topic under new ordinals.
   * The cursors of the old log go. It counts as a version of the definition.
   *
   * @param expectedVersion the version the definition must have now
   * @param log the log, with ordinals no log had before
   * @param offsets where the cursor of each partition begins
   */
  record SwitchLog(long table, int expectedVersion, LogBinding log, List<Long> offsets)
      implements TableChange {
    public SwitchLog {
      offsets = List.copyOf(offsets);
      if (offsets.size() != log.partitions()) {
        throw new IllegalArgumentException(offsets.size() + " offsets for " + log);
      }
    }

    /** The cursor of a partition to begin with. */
    public SourceCursor cursor(int partition) {
      return new SourceCursor(log.ordinal(partition), log.topicId(), offsets.get(partition), -1, 0);
    }
  }

  /** The table goes, with all its extents and cursors. */
  record Drop(long table) implements TableChange {}
}
