package dev.kyma.format.predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.testing.RandomVectors;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.Selection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PredicateEvaluatorTest {
  private static final ColumnPath TEXT = ColumnPath.of(1, LogicalType.TEXT);
  private static final ColumnPath NUMBER = ColumnPath.of(2, LogicalType.INT64);

  @Test
  void agreesWithRowAtATimeEvaluation() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    RandomPredicates predicates = new RandomPredicates(random);
    RandomVectors vectors = new RandomVectors(random);
    for (int round = 0; round < 3_000; round++) {
      int size = random.nextInt(150);
      Map<ColumnPath, ColumnVector> columns = new HashMap<>();
      for (ColumnPath column : RandomPredicates.COLUMNS) {
        columns.put(column, vectors.vector(column.type(), size));
      }
      Predicate predicate = predicates.predicate(3);
      Selection among = Selection.all(size);
      if (random.nextBoolean()) {
        long[] words = new long[Bits.words(size)];
        for (int row = 0; row < size; row++) {
          if (random.nextBoolean()) {
            Bits.set(words, row);
          }
        }
        among = Selection.of(size, words);
      }
      long[] before = among.words().clone();
      Selection selected = new PredicateEvaluator(predicate).select(columns::get, among);
      assertThat(among.words()).isEqualTo(before);
      for (int i = 0; i < size; i++) {
        int row = i;
        Boolean expected =
            NaivePredicate.test(
                predicate,
                column -> {
                  ColumnVector vector = columns.get(column);
                  return vector.isNull(row) ? null : RandomPredicates.constant(vector, row);
                });
        assertThat(selected.contains(row))
            .as("seed %d, row %d of %s", seed, row, predicate)
            .isEqualTo(among.contains(row) && Boolean.TRUE.equals(expected));
      }
    }
  }

  @Test
  void nanEqualsItselfAndIsGreatestAndZerosAreOne() {
    DoubleVector values =
        new DoubleVector(
            LogicalType.FLOAT64, new double[] {Double.NaN, -0.0, Double.POSITIVE_INFINITY});
    ColumnPath column = ColumnPath.of(1, LogicalType.FLOAT64);
    assertThat(rows(compare(column, Predicate.Comparison.EQUAL, Constant.of(Double.NaN)), values))
        .isEqualTo(0b001);
    assertThat(
            rows(
                compare(
                    column, Predicate.Comparison.GREATER, Constant.of(Double.POSITIVE_INFINITY)),
                values))
        .isEqualTo(0b001);
    assertThat(rows(compare(column, Predicate.Comparison.EQUAL, Constant.of(0.0)), values))
        .isEqualTo(0b010);
  }

  @Test
  void fractionsCompareExactlyWithWholeNumbers() {
    LongVector values =
        new LongVector(LogicalType.INT64, new long[] {1, 2, 9_007_199_254_740_993L});
    Constant half = Constant.of(LogicalType.decimal(5, 1), 15);
    assertThat(rows(compare(NUMBER, Predicate.Comparison.LESS, half), values)).isEqualTo(0b001);
    assertThat(rows(compare(NUMBER, Predicate.Comparison.EQUAL, half), values)).isZero();
    assertThat(rows(compare(NUMBER, Predicate.Comparison.NOT_EQUAL, half), values))
        .isEqualTo(0b111);
    assertThat(
            rows(
                compare(NUMBER, Predicate.Comparison.EQUAL, Constant.of(9_007_199_254_740_992d)),
                values))
        .isZero();
  }

  @Test
  void columnsAreNotAskedForOnceNoRowIsLeft() {
    Predicate predicate =
        new Predicate.And(
            List.of(
                compare(NUMBER, Predicate.Comparison.EQUAL, Constant.of(LogicalType.INT64, 5)),
                new Predicate.HasToken(TEXT, "x")));
    LongVector values = new LongVector(LogicalType.INT64, new long[] {1, 2});
    VectorLookup lookup =
        column -> {
          assertThat(column).isEqualTo(NUMBER);
          return values;
        };
    assertThat(new PredicateEvaluator(predicate).select(lookup, 2).isEmpty()).isTrue();
  }

  @Test
  void likeMatchesLongTextsInLinearTime() {
    BytesVectorBuilder builder = new BytesVectorBuilder(LogicalType.TEXT, 1);
    builder.append("a".repeat(200_000));
    ColumnVector text = builder.build();
    Predicate like = new Predicate.Like(TEXT, "%a".repeat(500) + "%b", (char) 0, false);
    assertThat(new PredicateEvaluator(like).select(_ -> text, 1).isEmpty()).isTrue();
  }

  @Test
  void findsPiecesAnywhereInLongTexts() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    BytesVectorBuilder builder = new BytesVectorBuilder(LogicalType.TEXT, 1_000);
    for (int i = 0; i < 1_000; i++) {
      builder.append(letters(random, random.nextInt(60)));
    }
    var texts = builder.build();
    for (int round = 0; round < 200; round++) {
      String first = letters(random, 1 + random.nextInt(5));
      String second = letters(random, random.nextInt(4));
      Predicate like =
          new Predicate.Like(
              TEXT, "%" + first + "%" + second + "%", (char) 0, random.nextBoolean());
      Selection found = new PredicateEvaluator(like).select(_ -> texts, texts.size());
      for (int row = 0; row < texts.size(); row++) {
        String text = texts.text(row);
        int at = text.indexOf(first);
        boolean expected = at >= 0 && text.indexOf(second, at + first.length()) >= 0;
        assertThat(found.contains(row))
            .as("seed %d, %s in %s", seed, like, text)
            .isEqualTo(expected);
      }
    }
  }

  private static String letters(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("abcé".charAt(random.nextInt(4)));
    }
    return text.toString();
  }

  @Test
  void refusesWhatCannotBeCompared() {
    assertThatThrownBy(
            () ->
                new PredicateEvaluator(
                    compare(NUMBER, Predicate.Comparison.EQUAL, Constant.of("1"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PredicateEvaluator(new Predicate.Like(TEXT, "a!", '!', false)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Predicate compare(
      ColumnPath column, Predicate.Comparison comparison, Constant constant) {
    return new Predicate.Compare(column, comparison, constant);
  }

  private static long rows(Predicate predicate, ColumnVector vector) {
    return new PredicateEvaluator(predicate).select(_ -> vector, vector.size()).words()[0];
  }
}
