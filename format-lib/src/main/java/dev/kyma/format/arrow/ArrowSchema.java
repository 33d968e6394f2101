package dev.kyma.format.arrow;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Which Arrow type each of our types is.
 *
 * <table>
 *   <caption>Types</caption>
 *   <tr><th>ours</th><th>Arrow</th></tr>
 *   <tr><td>bool</td><td>Bool</td></tr>
 *   <tr><td>int16, int32, int64</td><td>Int(16, 32, 64), signed</td></tr>
 *   <tr><td>float32, float64</td><td>FloatingPoint(SINGLE, DOUBLE)</td></tr>
 *   <tr><td>decimal(p,s), long or short</td><td>Decimal(p, s, 128)</td></tr>
 *   <tr><td>date</td><td>Date(DAY)</td></tr>
 *   <tr><td>time</td><td>Time(NANOSECOND, 64)</td></tr>
 *   <tr><td>timestamp</td><td>Timestamp(NANOSECOND, "UTC")</td></tr>
 *   <tr><td>text, dynamic</td><td>Utf8</td></tr>
 *   <tr><td>binary</td><td>Binary</td></tr>
 *   <tr><td>vector(n)</td><td>FixedSizeList(n) of FloatingPoint(SINGLE)</td></tr>
 * </table>
 *
 * <p>A field's metadata names our type under {@link #TYPE_KEY}. Stateless.
 */
public final class ArrowSchema {
  /** The key of the metadata that names our type. */
  public static final String TYPE_KEY = "kyma.type";

  private ArrowSchema() {}

  /** The schema of batches with the given columns. */
  public static Schema of(TableSchema columns) {
    List<Field> fields = new ArrayList<>(columns.size());
    for (dev.kyma.format.type.Field column : columns.fields()) {
      fields.add(field(column.name(), column.type(), column.nullable()));
    }
    return new Schema(fields);
  }

  /** The Arrow field of one column. */
  public static Field field(String name, LogicalType type, boolean nullable) {
    List<Field> children =
        type.kind() == LogicalType.Kind.VECTOR
            ? List.of(Field.notNullable("item", type(LogicalType.FLOAT32)))
            : List.of();
    return new Field(
        name, new FieldType(nullable, type(type), null, Map.of(TYPE_KEY, type.id())), children);
  }

  private static ArrowType type(LogicalType type) {
    return switch (type.kind()) {
      case BOOL -> ArrowType.Bool.INSTANCE;
      case INT16 -> new ArrowType.Int(16, true);
      case INT32 -> new ArrowType.Int(32, true);
      case INT64 -> new ArrowType.Int(64, true);
      case FLOAT32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case DECIMAL -> new ArrowType.Decimal(type.precision(), type.scale(), 128);
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case TIME -> new ArrowType.Time(TimeUnit.NANOSECOND, 64);
      case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC");
      case TEXT, DYNAMIC -> ArrowType.Utf8.INSTANCE;
      case BINARY -> ArrowType.Binary.INSTANCE;
      case VECTOR -> new ArrowType.FixedSizeList(type.precision());
    };
  }
}
