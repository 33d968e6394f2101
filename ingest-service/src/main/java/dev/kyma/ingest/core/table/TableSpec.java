package dev.kyma.ingest.core.table;

import dev.kyma.catalog.FlushPolicy;
import dev.kyma.format.type.TableSchema;
import java.util.List;
import java.util.Map;

/**
 * A table to be made.
 *
 * @param name its name
 * @param schema its columns, with ids from 1
 * @param timeColumn the id of its event time, or 0
 * @param overflowColumn the id of the column that takes what fits no other, or 0
 * @param sortColumns the ids of the columns its extents are ordered by
 * @param primaryKey the ids of the columns that identify a row; empty for none
 * @param flushPolicy when its rows are flushed
 * @param partitions how many partitions its log has
 * @param options kept as they are
 */
public record TableSpec(
    TableName name,
    TableSchema schema,
    int timeColumn,
    int overflowColumn,
    List<Integer> sortColumns,
    List<Integer> primaryKey,
    FlushPolicy flushPolicy,
    int partitions,
    Map<String, String> options) {
  /** The option that says where a table's types come from. */
  public static final String TYPES = "kyma.types";

  /** The value of {@link #TYPES} for tables whose types were inferred from data. */
  public static final String INFERRED = "inferred";

  public TableSpec {
    sortColumns = List.copyOf(sortColumns);
    primaryKey = List.copyOf(primaryKey);
    options = Map.copyOf(options);
  }
}
