package dev.kyma.ingest.core.typing;

import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.TableSettings;
import dev.kyma.catalog.visibility.RowKeys;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.LongVectorBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What columns get in rows that come without a value for them: {@code now()}, {@code
 * snowflake_id()} or a literal.
 *
 * <p>The rows of a request with an idempotency key must go to the same partitions each time it is
 * sent, and rows of a keyed table go by their key. So an id that is part of the key is chosen among
 * the next ones such that its row goes to the partition that the request's key goes to.
 */
public final class RowDefaults {
  /** What makes the value of a column in one row. */
  sealed interface Value {
    /** The time the request was taken in. */
    record Now() implements Value {}

    /** A new id. */
    record Id() implements Value {}

    /**
     * Always the same.
     *
     * @param value one row
     */
    record Literal(ColumnVector value) implements Value {}
  }

  private final TableDef table;
  private final Map<Integer, Value> values;
  private final SnowflakeIds ids;
  private final OptionalInt partition;

  private RowDefaults(
      TableDef table, Map<Integer, Value> values, SnowflakeIds ids, OptionalInt partition) {
    this.table = table;
    this.values = values;
    this.ids = ids;
    this.partition = partition;
  }

  /**
   * The defaults of a table.
   *
   * @param partition where the idempotency key of the request goes that the rows are part of; empty
   *     when it has none
   */
  public static RowDefaults of(TableDef table, SnowflakeIds ids, OptionalInt partition) {
    Map<Integer, Value> values = new HashMap<>();
    TableSettings.of(table)
        .defaults()
        .forEach(
            (id, text) -> {
              int place = table.schema().indexOfId(id);
              if (place >= 0) {
                values.put(
                    id,
                    DefaultText.value(table.schema().field(place).type(), text)
                        .orElseThrow(
                            () -> new IllegalStateException("default " + text + " of " + table)));
              }
            });
    boolean routed = table.isKeyed() && table.log().partitions() > 1;
    return new RowDefaults(table, values, ids, routed ? partition : OptionalInt.empty());
  }

  /** No column has a default. */
  public static RowDefaults none(TableDef table) {
    SnowflakeIds unused = new SnowflakeIds(Clock.systemUTC(), () -> 0);
    return new RowDefaults(table, Map.of(), unused, OptionalInt.empty());
  }

  /** The default of a column; null when there is none. */
  @Nullable Value value(Field field) {
    return values.get(field.id());
  }

  /** Whether a column's ids can be made only once the rest of the key is known. */
  boolean followsKey(Field field) {
    return partition.isPresent()
        && values.get(field.id()) instanceof Value.Id
        && table.primaryKey().contains(field.id());
  }

  /** A new id. */
  long id() {
    return ids.next();
  }

  /**
   * The rows with ids in a column that {@link #followsKey}.
   *
   * @param rows in the columns of the table; what they hold in the column where it is NULL is
   *     replaced
   */
  Batch withIds(Batch rows, Field field) {
    int place = table.schema().indexOfId(field.id());
    ColumnVector known = rows.column(place);
    LongVectorBuilder filled = new LongVectorBuilder(LogicalType.INT64, rows.rowCount());
    for (int row = 0; row < rows.rowCount(); row++) {
      filled.append(
          known.isNull(row) ? routed(rows, row, field) : ((LongVector) known).values()[row]);
    }
    List<ColumnVector> columns = new ArrayList<>(rows.columns());
    columns.set(place, filled.build());
    return new Batch(columns, rows.rowCount());
  }

  private long routed(Batch rows, int row, Field field) {
    List<ColumnVector> key = new ArrayList<>();
    int idAt = -1;
    for (int id : table.primaryKey()) {
      if (id == field.id()) {
        idAt = key.size();
      }
      key.add(Gather.rows(rows.column(table.schema().indexOfId(id)), new int[] {row}, 1));
    }
    while (true) {
      long id = ids.next();
      key.set(idAt, new LongVector(LogicalType.INT64, new long[] {id}));
      if (RowKeys.of(key, 1).partition(0, table.log().partitions()) == partition.getAsInt()) {
        return id;
      }
    }
  }
}
