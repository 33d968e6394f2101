package dev.kyma.format.tlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.KeyMatches;
import dev.kyma.format.RowOrder;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.index.KeyScan;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.widen.Widening;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TlmKeysTest {
  private static final List<LogicalType> KEY_TYPES =
      List.of(
          LogicalType.INT32,
          LogicalType.INT64,
          LogicalType.TEXT,
          LogicalType.FLOAT64,
          LogicalType.TIMESTAMP,
          LogicalType.DATE,
          LogicalType.decimal(9, 2));

  private record Pair(int key, int row) {}

  private static ColumnVector column(LogicalType type, long[] numbers) {
    return switch (type.physical()) {
      case LONG -> new LongVector(type, numbers);
      case DOUBLE -> {
        double[] values = new double[numbers.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = numbers[i] == 0 ? -0.0 : numbers[i] == 1 ? Double.NaN : numbers[i] / 4.0;
        }
        yield new DoubleVector(type, values);
      }
      case BYTES -> {
        BytesVectorBuilder texts = new BytesVectorBuilder(type, numbers.length);
        for (long number : numbers) {
          texts.append(("key " + number).getBytes(StandardCharsets.UTF_8));
        }
        yield texts.build();
      }
      case INT128, FLOATS -> throw new AssertionError(type);
    };
  }

  private static long[] numbers(SplittableRandom random, LogicalType type, int size, int range) {
    return random.longs(size, 0, type.equals(LogicalType.BOOL) ? 2 : range).toArray();
  }

  private static WrittenExtent write(TableSchema schema, List<Integer> key, Batch rows) {
    ExtentWriter writer =
        new TlmFormat()
            .write(
                schema,
                new ExtentOptions(0, List.of(), List.of(), ExtentOptions.Effort.FLUSH)
                    .withPrimaryKey(key)
                    .withOrder(RowOrder.HISTORY)
                    .withLevel(3));
    writer.append(rows);
    return writer.finish();
  }

  private static Set<Pair> pairs(KeyMatches matches) {
    Set<Pair> pairs = new HashSet<>();
    for (int i = 0; i < matches.size(); i++) {
      assertThat(pairs.add(new Pair(matches.keys()[i], matches.rows()[i]))).isTrue();
    }
    return pairs;
  }

  /** Every key against every row, by their text. */
  private static Set<Pair> expected(Batch keys, List<ColumnVector> rows, int size) {
    Set<Pair> pairs = new HashSet<>();
    Map<List<Object>, List<Integer>> places = new HashMap<>();
    for (int row = 0; row < size; row++) {
      places.computeIfAbsent(values(rows, row), any -> new ArrayList<>()).add(row);
    }
    for (int key = 0; key < keys.rowCount(); key++) {
      for (int row : places.getOrDefault(values(keys.columns(), key), List.of())) {
        pairs.add(new Pair(key, row));
      }
    }
    return pairs;
  }

  private static List<Object> values(List<ColumnVector> columns, int row) {
    List<Object> values = new ArrayList<>();
    for (ColumnVector column : columns) {
      Object value = RandomColumns.value(column, row);
      values.add(value instanceof Double number ? (Object) (number + 0.0) : String.valueOf(value));
    }
    return values;
  }

  @Test
  void everyPairOfKeyAndRowIsFoundAndNoOther() {
    long first = System.nanoTime();
    for (long seed = first; seed < first + 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int size = random.nextInt(4) == 0 ? random.nextInt(5) : random.nextInt(20_000);
      int range = 1 + random.nextInt(2 * size + 2);
      List<LogicalType> types = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        types.add(KEY_TYPES.get(random.nextInt(KEY_TYPES.size())));
      }
      List<Field> fields = new ArrayList<>();
      List<ColumnVector> columns = new ArrayList<>();
      List<Integer> key = new ArrayList<>();
      for (LogicalType type : types) {
        key.addFirst(fields.size() + 1);
        fields.add(new Field(fields.size() + 1, "k" + fields.size(), type, false));
        columns.add(column(type, numbers(random, type, size, range)));
      }
      Batch rows = new Batch(columns, size);
      WrittenExtent extent = write(new TableSchema(fields), key, rows);
      MapStore store = new MapStore();
      store.create("t/e", extent.content());
      ExtentReader reader = new TlmFormat(0).open(store, "t/e", extent.length());
      assertThat(reader.summary().order()).isEqualTo(RowOrder.HISTORY);
      assertThat(reader.summary().level()).isEqualTo(3);
      assertThat(reader.filters()).isEqualTo(extent.filters());
      // Of few distinct keys there are many rows each: fewer are asked for then.
      int count = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(1 + Math.min(range, 3_000));
      List<ColumnVector> keyColumns = new ArrayList<>();
      List<ColumnVector> keyRows = new ArrayList<>();
      for (int column : key) {
        LogicalType type = types.get(column - 1);
        LogicalType today = type.equals(LogicalType.INT32) ? LogicalType.INT64 : type;
        keyColumns.add(Widening.of(column(type, numbers(random, type, count, 2 * range)), today));
        keyRows.add(Widening.of(columns.get(column - 1), today));
      }
      Batch keys = new Batch(keyColumns, count);
      Set<Pair> expected = expected(keys, keyRows, size);
      assertThat(pairs(reader.find(keys))).as("seed " + seed).isEqualTo(expected);
      assertThat(pairs(KeyScan.find(reader, key, keys))).as("seed " + seed).isEqualTo(expected);
    }
  }

  @Test
  void extentsWithoutAPrimaryKeyHaveNoKeysToFind() {
    TlmRoundTripTest.Written written =
        TlmRoundTripTest.random(new SplittableRandom(1), 10, List.of(LogicalType.INT64));
    Batch keys = new Batch(List.of(new LongVector(LogicalType.INT64, new long[] {1})), 1);
    assertThatThrownBy(() -> written.open().find(keys))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tombstonesAreCounted() {
    BytesVectorBuilder operations = new BytesVectorBuilder(LogicalType.TEXT, 4);
    for (String operation : List.of("c", "d", "u", "d")) {
      operations.append(operation.getBytes(StandardCharsets.UTF_8));
    }
    TableSchema schema =
        new TableSchema(List.of(new Field(1, "id", LogicalType.INT64, false), SystemColumns.OP));
    Batch rows =
        new Batch(
            List.of(new LongVector(LogicalType.INT64, new long[] {1, 1, 2, 3}), operations.build()),
            4);
    assertThat(write(schema, List.of(1), rows).summary().tombstones()).isEqualTo(2);
  }
}
