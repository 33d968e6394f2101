package dev.kyma.format.vector.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Concat;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.Flatten;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.RowSorter;
import dev.kyma.format.vector.Slice;
import dev.kyma.format.vector.SortOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Merging runs against sorting all their rows at once. */
class RowMergeTest {
  private static final List<LogicalType> TYPES =
      List.of(
          LogicalType.TIMESTAMP,
          LogicalType.FLOAT64,
          LogicalType.decimal(30, 2),
          LogicalType.TEXT,
          LogicalType.TEXT,
          LogicalType.vector(3),
          LogicalType.INT64);
  private static final int SORTABLE = 5;
  private static final double[] DOUBLES = {0.0, -0.0, Double.NaN, -1, 7, 1e300};

  @Test
  void agreesWithSortingEverythingAtOnce() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 120; round++) {
      int distinct = 1 + random.nextInt(round % 2 == 0 ? 4 : 50_000);
      SortOrder order =
          new SortOrder(
              random.ints(1 + random.nextInt(3), 0, SORTABLE).boxed().distinct().toList());
      List<Batch> sorted = new ArrayList<>();
      int runs = 1 + random.nextInt(9);
      for (int run = 0; run < runs; run++) {
        int rows = random.nextInt(random.nextInt(4) == 0 ? 30_000 : 300);
        sorted.add(RowSorter.sort(rows(random, rows, distinct, run), order));
      }
      Batch expected = RowSorter.sort(Concat.of(TYPES, sorted), order);

      List<SortedRun> inputs = new ArrayList<>();
      for (Batch run : sorted) {
        inputs.add(inPieces(random, run));
      }
      RowMerge merge = new RowMerge(TYPES, order, inputs);
      List<Batch> merged = new ArrayList<>();
      List<Integer> from = new ArrayList<>();
      for (RowMerge.Merged next = merge.next(); next != null; next = merge.next()) {
        assertThat(next.batch().rowCount()).isBetween(1, Batch.MAX_ROWS);
        merged.add(next.batch());
        Arrays.stream(next.runs()).forEach(from::add);
      }
      Batch actual = Concat.of(TYPES, merged);

      String what = "seed %d round %d by %s".formatted(seed, round, order);
      assertThat(actual.rowCount()).as(what).isEqualTo(expected.rowCount());
      for (int column = 0; column < TYPES.size(); column++) {
        assertSame(what + " column " + column, expected.column(column), actual.column(column));
      }
      // The last column names the run a row is of.
      LongVector marks = (LongVector) expected.column(TYPES.size() - 1);
      assertThat(from.stream().mapToLong(run -> run).toArray())
          .as(what)
          .isEqualTo(Arrays.copyOf(marks.values(), marks.size()));
    }
  }

  @Test
  void runsThatDoNotOverlapArePassedOnWithoutBeingCopied() {
    Batch first = longs(1, 2, 3);
    Batch second = longs(3, 4, 5);
    Batch third = longs(6, 7);
    RowMerge merge =
        new RowMerge(
            List.of(LogicalType.INT64),
            new SortOrder(List.of(0)),
            List.of(run(first, third), run(second)));
    List<Batch> passed = batches(merge);
    assertThat(passed.get(0)).isSameAs(first);
    assertThat(passed.get(1)).isSameAs(second);
    assertThat(passed.get(2)).isSameAs(third);
  }

  @Test
  void aRunThatIsNotInOrderIsRefused() {
    SortOrder order = new SortOrder(List.of(0));
    List<LogicalType> types = List.of(LogicalType.INT64);
    assertThatThrownBy(() -> batches(new RowMerge(types, order, List.of(run(longs(1, 3, 2))))))
        .isInstanceOfSatisfying(
            UnsortedRunException.class, e -> assertThat(e).hasMessageContaining("row 2"));
    assertThatThrownBy(
            () ->
                batches(
                    new RowMerge(
                        types, order, List.of(run(longs(9)), run(longs(1, 3), longs(2, 4))))))
        .isInstanceOfSatisfying(UnsortedRunException.class, e -> assertThat(e.run()).isEqualTo(1));
  }

  @Test
  void textsThatBeginAlikeAreOrderedByTheirBytes() {
    Batch left = texts("a", "abcdefgh", "abcdefghj");
    Batch right = texts("a\0", "abcdefgh", "abcdefghi", "abcdefgh\u00ff");
    RowMerge merge =
        new RowMerge(
            List.of(LogicalType.TEXT), new SortOrder(List.of(0)), List.of(run(left), run(right)));
    BytesVector merged =
        (BytesVector) Flatten.of(Concat.of(List.of(LogicalType.TEXT), batches(merge)).column(0));
    List<String> texts = new ArrayList<>();
    for (int row = 0; row < merged.size(); row++) {
      texts.add(merged.text(row));
    }
    assertThat(texts)
        .containsExactly(
            "a", "a\0", "abcdefgh", "abcdefgh", "abcdefghi", "abcdefghj", "abcdefgh\u00ff");
  }

  private static List<Batch> batches(RowMerge merge) {
    List<Batch> batches = new ArrayList<>();
    for (RowMerge.Merged next = merge.next(); next != null; next = merge.next()) {
      batches.add(next.batch());
    }
    return batches;
  }

  private static SortedRun run(Batch... batches) {
    Iterator<Batch> left = List.of(batches).iterator();
    return () -> left.hasNext() ? left.next() : null;
  }

  private static Batch longs(long... values) {
    return new Batch(List.of(new LongVector(LogicalType.INT64, values)), values.length);
  }

  private static Batch texts(String... values) {
    BytesVectorBuilder builder = new BytesVectorBuilder(LogicalType.TEXT, values.length);
    for (String value : values) {
      builder.append(value);
    }
    return new Batch(List.of(builder.build()), values.length);
  }

  /** A run as a scan yields it: in batches of any length, text with or without a dictionary. */
  private static SortedRun inPieces(Random random, Batch run) {
    List<Batch> pieces = new ArrayList<>();
    boolean coded = random.nextBoolean();
    for (int from = 0; from < run.rowCount(); ) {
      int count = Math.min(run.rowCount() - from, 1 + random.nextInt(Batch.MAX_ROWS));
      List<ColumnVector> columns = new ArrayList<>(Slice.of(run, from, count).columns());
      if (coded) {
        columns.set(3, coded((BytesVector) Flatten.of(columns.get(3))));
      }
      pieces.add(new Batch(columns, count));
      from += count;
    }
    return run(pieces.toArray(Batch[]::new));
  }

  private static ColumnVector coded(BytesVector texts) {
    Map<String, Integer> places = new HashMap<>();
    var dictionary = new BytesVectorBuilder(texts.type(), 16);
    int[] codes = new int[texts.size()];
    for (int row = 0; row < codes.length; row++) {
      if (texts.isNull(row)) {
        codes[row] = -1;
        continue;
      }
      String text = texts.text(row);
      Integer place = places.get(text);
      if (place == null) {
        place = places.size();
        places.put(text, place);
        dictionary.append(text);
      }
      codes[row] = place;
    }
    return new DictionaryVector(
        texts.size(), codes, (BytesVector) dictionary.build(), texts.nulls());
  }

  private static Batch rows(Random random, int count, int distinct, int run) {
    List<ColumnVector> columns = new ArrayList<>();
    long[] times = random.longs(count, -distinct, distinct).toArray();
    columns.add(new LongVector(LogicalType.TIMESTAMP, count, times, nulls(random, count)));
    double[] doubles =
        random.doubles(count).map(d -> DOUBLES[(int) (d * DOUBLES.length)]).toArray();
    columns.add(new DoubleVector(LogicalType.FLOAT64, count, doubles, nulls(random, count)));
    long[] high = random.longs(count, -2, 2).toArray();
    long[] low = random.longs(count, -distinct, distinct).toArray();
    columns.add(new Int128Vector(TYPES.get(2), count, high, low, nulls(random, count)));
    columns.add(texts(random, count, distinct, "k"));
    columns.add(texts(random, count, distinct, "a long beginning "));
    float[] floats = new float[3 * count];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = random.nextFloat();
    }
    columns.add(new FloatsVector(TYPES.get(5), count, floats, nulls(random, count)));
    long[] marks = new long[count];
    Arrays.fill(marks, run);
    columns.add(new LongVector(LogicalType.INT64, marks));
    return new Batch(columns, count);
  }

  private static ColumnVector texts(Random random, int count, int distinct, String start) {
    var builder = new BytesVectorBuilder(LogicalType.TEXT, count);
    for (int row = 0; row < count; row++) {
      if (random.nextInt(20) == 0) {
        builder.appendNull();
      } else {
        builder.append(start + random.nextInt(distinct));
      }
    }
    return builder.build();
  }

  private static long[] nulls(Random random, int count) {
    if (random.nextBoolean()) {
      return null;
    }
    long[] words = new long[(count + 63) / 64];
    for (int row = 0; row < count; row++) {
      if (random.nextInt(10) == 0) {
        words[row >>> 6] |= 1L << row;
      }
    }
    return words;
  }

  private static void assertSame(String what, ColumnVector expected, ColumnVector actual) {
    for (int row = 0; row < expected.size(); row++) {
      if (!value(actual, row).equals(value(expected, row))) {
        assertThat(value(actual, row)).as("%s row %d", what, row).isEqualTo(value(expected, row));
      }
    }
  }

  private static String value(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      return "NULL";
    }
    return switch (vector) {
      case LongVector longs -> Long.toString(longs.values()[row]);
      case DoubleVector doubles -> Double.toString(doubles.values()[row]);
      case Int128Vector wide -> wide.value(row).toString();
      case BytesVector texts -> new String(texts.bytes(row), StandardCharsets.UTF_8);
      case DictionaryVector coded -> coded.dictionary().text(coded.codes()[row]);
      case FloatsVector floats ->
          Arrays.toString(Arrays.copyOfRange(floats.values(), 3 * row, 3 * row + 3));
    };
  }
}
