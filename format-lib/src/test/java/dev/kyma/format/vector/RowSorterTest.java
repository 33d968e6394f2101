package dev.kyma.format.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sorter against a plain comparator over boxed values. */
class RowSorterTest {
  private static final List<LogicalType> TYPES =
      List.of(
          LogicalType.TIMESTAMP,
          LogicalType.FLOAT64,
          LogicalType.decimal(30, 2),
          LogicalType.TEXT,
          LogicalType.TEXT);

  @Test
  void agreesWithAComparatorOnEveryTypeAndOrder() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      int count = round % 3 == 0 ? random.nextInt(40) : 500 + random.nextInt(6_000);
      int distinct = 1 + random.nextInt(round % 2 == 0 ? 5 : 100_000);
      Batch batch = randomBatch(random, count, distinct);
      List<Integer> columns =
          random.ints(1 + random.nextInt(3), 0, TYPES.size()).boxed().distinct().toList();
      SortOrder order = new SortOrder(columns);

      int[] expected =
          IntStream.range(0, count)
              .boxed()
              .sorted(comparator(batch, columns))
              .mapToInt(i -> i)
              .toArray();
      int[] actual =
          RowSorter.permutation(batch, order).orElse(IntStream.range(0, count).toArray());
      assertThat(actual).as("seed %d round %d by %s", seed, round, columns).isEqualTo(expected);
    }
  }

  @Test
  void rowsInOrderAreLeftAlone() {
    long[] values = {1, 1, 2, 5, 0};
    long[] nulls = {0b10000};
    Batch batch = new Batch(List.of(new LongVector(LogicalType.INT64, 5, values, nulls)), 5);
    assertThat(RowSorter.sort(batch, new SortOrder(List.of(0)))).isSameAs(batch);
    assertThat(RowSorter.sort(batch, new SortOrder(List.of()))).isSameAs(batch);
  }

  @Test
  void nanIsGreatestAndNullsAreLast() {
    double[] values = {0, Double.NaN, 3, Double.POSITIVE_INFINITY, -0.0, -1};
    Batch batch =
        new Batch(List.of(new DoubleVector(LogicalType.FLOAT64, 6, values, new long[] {1})), 6);
    assertThat(RowSorter.permutation(batch, new SortOrder(List.of(0))))
        .hasValue(new int[] {5, 4, 2, 3, 1, 0});
  }

  @Test
  void anOrderByIdsLeavesOutColumnsThatAreNotThere() {
    TableSchema schema =
        TableSchema.of(
            new Field(4, "a", LogicalType.INT64, true), new Field(9, "b", LogicalType.TEXT, true));
    assertThat(SortOrder.byIds(schema, List.of(9, 7, 4)).columns()).containsExactly(1, 0);
  }

  private static Comparator<Integer> comparator(Batch batch, List<Integer> columns) {
    Comparator<Integer> comparator = (a, b) -> 0;
    for (int place : columns) {
      ColumnVector column = Flatten.of(batch.column(place));
      comparator =
          comparator.thenComparing(
              row -> value(column, row), Comparator.nullsLast(RowSorterTest::compareValues));
    }
    return comparator;
  }

  private static @Nullable Object value(ColumnVector column, int row) {
    if (column.isNull(row)) {
      return null;
    }
    return switch (column) {
      case LongVector longs -> longs.values()[row];
      case DoubleVector doubles -> doubles.values()[row] + 0.0;
      case Int128Vector wide -> wide.value(row);
      case BytesVector bytes -> bytes.bytes(row);
      case DictionaryVector _, FloatsVector _ -> throw new AssertionError();
    };
  }

  private static int compareValues(Object left, Object right) {
    return switch (left) {
      case Long number -> number.compareTo((Long) right);
      case Double number -> number.compareTo((Double) right);
      case BigInteger number -> number.compareTo((BigInteger) right);
      case byte[] bytes -> Arrays.compareUnsigned(bytes, (byte[]) right);
      default -> throw new AssertionError();
    };
  }

  private static Batch randomBatch(Random random, int count, int distinct) {
    LongVectorBuilder times = new LongVectorBuilder(TYPES.get(0), count);
    DoubleVectorBuilder doubles = new DoubleVectorBuilder(TYPES.get(1), count);
    Int128VectorBuilder decimals = new Int128VectorBuilder(TYPES.get(2), count);
    BytesVectorBuilder texts = new BytesVectorBuilder(TYPES.get(3), count);
    BytesVectorBuilder entries = new BytesVectorBuilder(TYPES.get(4), 50);
    for (int i = 0; i < 50; i++) {
      entries.append("entry" + random.nextInt(1_000_000) + "-" + i);
    }
    int[] codes = new int[count];
    boolean withNulls = random.nextBoolean();
    for (int i = 0; i < count; i++) {
      int value = random.nextInt(distinct) - distinct / 2;
      if (withNulls && random.nextInt(9) == 0) {
        times.appendNull();
        doubles.appendNull();
        decimals.appendNull();
        texts.appendNull();
      } else {
        times.append(value * 1_000_000_007L);
        doubles.append(value == 3 ? Double.NaN : value == 4 ? -0.0 : value / 7.0);
        decimals.append(BigInteger.valueOf(value).shiftLeft(random.nextInt(2) * 40));
        String text = "shared-prefix-".substring(random.nextInt(14)) + value;
        texts.append(text.getBytes(StandardCharsets.UTF_8));
      }
      codes[i] = random.nextInt(50);
    }
    return new Batch(
        List.of(
            times.build(),
            doubles.build(),
            decimals.build(),
            texts.build(),
            new DictionaryVector(count, codes, (BytesVector) entries.build(), null)),
        count);
  }
}
