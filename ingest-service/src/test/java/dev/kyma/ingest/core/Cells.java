package dev.kyma.ingest.core;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows batches as values of the Java library, to compare them in tests. NULLs are left out. */
public final class Cells {
  private Cells() {}

  public static List<Map<String, Object>> of(TableSchema schema, List<Batch> batches) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Batch batch : batches) {
      for (int row = 0; row < batch.rowCount(); row++) {
        Map<String, Object> cells = new LinkedHashMap<>();
        for (int i = 0; i < schema.size(); i++) {
          ColumnVector column = batch.column(i);
          if (!column.isNull(row)) {
            cells.put(schema.field(i).name(), value(column, row));
          }
        }
        rows.add(cells);
      }
    }
    return rows;
  }

  private static Object value(ColumnVector column, int row) {
    LogicalType type = column.type();
    return switch (column) {
      case LongVector v ->
          switch (type.kind()) {
            case BOOL -> v.values()[row] != 0;
            case DECIMAL -> new BigDecimal(BigInteger.valueOf(v.values()[row]), type.scale());
            default -> v.values()[row];
          };
      case DoubleVector v -> v.values()[row];
      case Int128Vector v -> new BigDecimal(v.value(row), type.scale());
      case BytesVector v ->
          type.kind() == LogicalType.Kind.BINARY ? List.of(v.bytes(row)) : v.text(row);
      case FloatsVector v ->
          Arrays.toString(
              Arrays.copyOfRange(v.values(), row * v.dimension(), (row + 1) * v.dimension()));
      case DictionaryVector v -> v.dictionary().text(v.codes()[row]);
    };
  }
}
