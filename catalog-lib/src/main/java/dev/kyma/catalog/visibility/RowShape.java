package dev.kyma.catalog.visibility;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Flatten;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns a table's rows have on their way: the table's own, and hidden ones. In a keyed table
 * columns outside the primary key may be NULL there whatever the table says, since a tombstone has
 * no values for them. Stateless.
 */
public final class RowShape {
  private RowShape() {}

  /** The columns of rows in the log: the table's, and in a keyed table {@code _kyma_op}. */
  public static TableSchema inLog(TableDef table) {
    if (!table.isKeyed()) {
      return table.schema();
    }
    List<Field> fields = new ArrayList<>(table.schema().size() + 1);
    for (Field field : table.schema().fields()) {
      fields.add(
          table.primaryKey().contains(field.id())
              ? field
              : new Field(field.id(), field.name(), field.type(), true));
    }
    fields.add(SystemColumns.OP);
    return new TableSchema(fields);
  }

  /** The columns of rows in extents: those in the log, and the identity of a row. */
  public static TableSchema inExtents(TableDef table) {
    return inLog(table).plus(List.of(SystemColumns.LOG, SystemColumns.SEQ));
  }

  /**
   * The columns of the primary key, in its order and without dictionaries.
   *
   * @param schema the columns of the batch
   * @throws IllegalArgumentException if the batch lacks one
   */
  public static Batch key(TableDef table, TableSchema schema, Batch batch) {
    List<ColumnVector> columns = new ArrayList<>(table.primaryKey().size());
    for (int id : table.primaryKey()) {
      int place = schema.indexOfId(id);
      if (place < 0) {
        throw new IllegalArgumentException("rows without the key column " + id);
      }
      columns.add(Flatten.of(batch.column(place)));
    }
    return new Batch(columns, batch.rowCount());
  }

  /** The primary keys of rows, see {@link #key}. */
  public static RowKeys keys(TableDef table, TableSchema schema, Batch batch) {
    return RowKeys.of(key(table, schema, batch).columns(), batch.rowCount());
  }
}
