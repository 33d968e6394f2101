package dev.kyma.catalog;

import dev.kyma.format.type.Field;
import dev.kyma.format.type.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table.
 *
 * @param id its identity, never reused
 * @param database the database it is in
 * @param name its name within the database
 * @param schemaVersion counts the changes of the schema and the settings, from 1
 * @param schema the columns
 * @param timeColumn the id of the column that is the event time, or 0
 * @param overflowColumn the id of the dynamic column that takes what fits no other, or 0
 * @param sortColumns the ids of the columns extents are ordered by, outermost first
 * @param primaryKey the ids of the columns that identify a row, in the order they are compared;
 *     empty for a table whose rows are only ever added. They are never NULL
 * @param flushPolicy when rows are flushed
 * @param log where its rows come from
 * @param options settings as written; {@link TableSettings} says what they mean
 */
public record TableDef(
    long id,
    String database,
    String name,
    int schemaVersion,
    TableSchema schema,
    int timeColumn,
    int overflowColumn,
    List<Integer> sortColumns,
    List<Integer> primaryKey,
    FlushPolicy flushPolicy,
    LogBinding log,
    Map<String, String> options) {
  public TableDef {
    sortColumns = List.copyOf(sortColumns);
    primaryKey = List.copyOf(primaryKey);
    options = Map.copyOf(options);
  }

  /** A table without a primary key. */
  public TableDef(
      long id,
      String database,
      String name,
      int schemaVersion,
      TableSchema schema,
      int timeColumn,
      int overflowColumn,
      List<Integer> sortColumns,
      FlushPolicy flushPolicy,
      LogBinding log,
      Map<String, String> options) {
    this(
        id,
        database,
        name,
        schemaVersion,
        schema,
        timeColumn,
        overflowColumn,
        sortColumns,
        List.of(),
        flushPolicy,
        log,
        options);
  }

  /** Whether rows have a primary key, so that new versions of a row replace older ones. */
  public boolean isKeyed() {
    return !primaryKey.isEmpty();
  }

  /** The column that is the event time. */
  public Optional<Field> timeField() {
    int index = schema.indexOfId(timeColumn);
    return index < 0 ? Optional.empty() : Optional.of(schema.field(index));
  }

  /** This table with the next version of its schema. */
  public TableDef withSchema(TableSchema newSchema) {
    return new TableDef(
        id,
        database,
        name,
        schemaVersion + 1,
        newSchema,
        timeColumn,
        overflowColumn,
        sortColumns,
        primaryKey,
        flushPolicy,
        log,
        options);
  }

  /** This table with another log, as the next version of its definition. */
  public TableDef withLog(LogBinding newLog) {
    return new TableDef(
        id,
        database,
        name,
        schemaVersion + 1,
        schema,
        timeColumn,
        overflowColumn,
        sortColumns,
        primaryKey,
        flushPolicy,
        newLog,
        options);
  }

  /** This table with other settings, as the next version of its definition. */
  public TableDef withSettings(
      FlushPolicy newFlushPolicy, List<Integer> newSortColumns, Map<String, String> newOptions) {
    return new TableDef(
        id,
        database,
        name,
        schemaVersion + 1,
        schema,
        timeColumn,
        overflowColumn,
        newSortColumns,
        primaryKey,
        newFlushPolicy,
        log,
        newOptions);
  }
}
