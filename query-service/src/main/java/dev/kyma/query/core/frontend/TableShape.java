package dev.kyma.query.core.frontend;

import dev.kyma.format.type.Field;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.query.core.plan.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What planning knows of a table.
 *
 * @param table its identity
 * @param schema its columns in the order of {@code SELECT *}, hidden system columns left out
 * @param eventTime the id of the column that {@code _timestamp} stands for
 * @param overflow the ids of the DYNAMIC columns in which a bare name that is no column is looked
 *     up, in order
 * @param rows about how many rows it has; steers join order only
 * @param primaryKey the ids of the columns that make up its primary key; empty when it has none
 * @param defaults what columns get in rows without a value for them, as written, by their ids
 */
public record TableShape(
    TableRef table,
    TableSchema schema,
    OptionalInt eventTime,
    List<Integer> overflow,
    long rows,
    List<Integer> primaryKey,
    Map<Integer, String> defaults) {
  public TableShape {
    overflow = List.copyOf(overflow);
    primaryKey = List.copyOf(primaryKey);
    defaults = Map.copyOf(defaults);
  }

  /** A table without primary key and defaults. */
  public TableShape(
      TableRef table,
      TableSchema schema,
      OptionalInt eventTime,
      List<Integer> overflow,
      long rows) {
    this(table, schema, eventTime, overflow, rows, List.of(), Map.of());
  }

  /** This table with other columns. */
  public TableShape withSchema(TableSchema other) {
    return new TableShape(table, other, eventTime, overflow, rows, primaryKey, defaults);
  }

  /**
   * This table as {@code history(t)} shows it: with what was done to the row, where there are
   * versions, and the place in the log that orders them. A tombstone is NULL outside the key.
   */
  public TableShape history() {
    List<Field> fields = new ArrayList<>();
    for (Field field : schema.fields()) {
      boolean isNull = isKeyed() && !primaryKey.contains(field.id());
      fields.add(isNull ? new Field(field.id(), field.name(), field.type(), true) : field);
    }
    if (isKeyed()) {
      fields.add(SystemColumns.OP);
    }
    fields.add(SystemColumns.LOG);
    fields.add(SystemColumns.SEQ);
    return withSchema(new TableSchema(fields));
  }

  /** Whether it has a primary key. */
  public boolean isKeyed() {
    return !primaryKey.isEmpty();
  }

  /** Its full name. */
  public TableName name() {
    return new TableName(table.database(), table.name());
  }
}
