package dev.kyma.ingest.core.typing;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.ingest.core.json.RawColumn;
import dev.kyma.ingest.core.json.RawRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * What a table's schema becomes for the sake of rows.
 *
 * @param maxColumns how many columns a table may grow to by itself
 */
public record SchemaPlanner(int maxColumns) {
  /** The column that takes what fits no other. */
  public static final String OVERFLOW = "_dynamic";

  /** The event time of rows that bring none. */
  public static final String INGEST_TIME = "_timestamp";

  /** Keys that are the event time when they hold one, most telling first. */
  static final List<String> EVENT_TIMES =
      List.of(INGEST_TIME, "timestamp", "time", "ts", "@timestamp");

  /**
   * The shape of a table made for its first rows.
   *
   * @param schema its columns
   * @param timeColumn the id of its event time
   * @param overflowColumn the id of its overflow column
   */
  public record Shape(TableSchema schema, int timeColumn, int overflowColumn) {}

  /** The columns of a new table: its event time, the keys in the order they came, overflow. */
  public Shape shape(RawRows rows) {
    List<Field> fields = new ArrayList<>();
    String time = eventTime(rows).orElse(INGEST_TIME);
    fields.add(new Field(1, time, LogicalType.TIMESTAMP, !time.equals(INGEST_TIME)));
    fields.add(new Field(2, OVERFLOW, LogicalType.DYNAMIC, true));
    for (RawColumn column : rows.columns()) {
      if (!column.name().equals(time) && fields.size() < maxColumns) {
        TypeInference.infer(column, rows.source())
            .ifPresent(type -> fields.add(new Field(fields.size() + 1, column.name(), type, true)));
      }
    }
    return new Shape(new TableSchema(fields), 1, 2);
  }

  private static Optional<String> eventTime(RawRows rows) {
    for (String name : EVENT_TIMES) {
      for (RawColumn column : rows.columns()) {
        if (column.name().equals(name)
            && TypeInference.infer(column, rows.source())
                .filter(LogicalType.TIMESTAMP::equals)
                .isPresent()) {
          return Optional.of(name);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The schema that holds more of the rows' values in columns of their own, if there is one.
   *
   * @param table a table with an overflow column; others never change by themselves
   * @param inferred whether the types of its columns were inferred and so may widen; the event time
   *     never does, what is no time overflows
   * @param storedExactInDouble tells for a column's id whether every integer stored in it so far is
   *     exact as a double
   */
  public Optional<TableSchema> widen(
      TableDef table, boolean inferred, RawRows rows, IntPredicate storedExactInDouble) {
    if (table.overflowColumn() == 0) {
      return Optional.empty();
    }
    List<Field> fields = new ArrayList<>(table.schema().fields());
    int nextId = nextId(table.schema());
    boolean changed = false;
    for (RawColumn column : rows.columns()) {
      if (column.count() == 0) {
        continue;
      }
      int index = table.schema().indexOf(column.name());
      if (index < 0) {
        Optional<LogicalType> type = TypeInference.infer(column, rows.source());
        if (type.isPresent() && fields.size() < maxColumns) {
          fields.add(new Field(nextId++, column.name(), type.get(), true));
          changed = true;
        }
      } else if (inferred && table.schema().field(index).id() != table.timeColumn()) {
        Field field = fields.get(index);
        LogicalType wider =
            TypeInference.widen(
                field.type(), column, rows.source(), storedExactInDouble.test(field.id()));
        if (!wider.equals(field.type())) {
          fields.set(index, field.withType(wider));
          changed = true;
        }
      }
    }
    return changed ? Optional.of(new TableSchema(fields)) : Optional.empty();
  }

  private static int nextId(TableSchema schema) {
    OptionalInt greatest = schema.fields().stream().mapToInt(Field::id).max();
    return Math.max(0, greatest.orElse(0)) + 1;
  }
}
