package dev.kyma.format.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.ColumnPoint;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.predicate.PredicateEvaluator;
import dev.kyma.format.predicate.RandomPredicates;
import dev.kyma.format.testing.RandomVectors;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PruningTest {
  private static final ColumnPath TEXT = ColumnPath.of(1, LogicalType.TEXT);

  @Test
  void neverContradictsEvaluation() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    RandomPredicates predicates = new RandomPredicates(random);
    RandomVectors vectors = new RandomVectors(random);
    int[] answers = new int[3];
    for (int round = 0; round < 4_000; round++) {
      int size = 1 + random.nextInt(4);
      Map<ColumnPath, ColumnVector> columns = new HashMap<>();
      Map<ColumnPath, ColumnStats> stats = new HashMap<>();
      for (ColumnPath column : RandomPredicates.COLUMNS) {
        ColumnVector vector = vectors.vector(column.type(), size);
        columns.put(column, vector);
        if (random.nextInt(8) > 0) {
          stats.put(column, stats(column, vector, random));
        }
      }
      Predicate predicate = predicates.predicate(3);
      Pruning.Match match = Pruning.mayMatch(predicate, stats::get);
      answers[match.ordinal()]++;
      int matching = new PredicateEvaluator(predicate).select(columns::get, size).count();
      switch (match) {
        case NONE -> assertThat(matching).as("seed %d, %s", seed, predicate).isZero();
        case ALL -> assertThat(matching).as("seed %d, %s", seed, predicate).isEqualTo(size);
        case SOME -> {}
      }
    }
    assertThat(Arrays.stream(answers)).as("every answer is given often").allMatch(n -> n > 200);
  }

  @Test
  void truncatedBoundsMayBePrefixesOfValues() {
    ColumnStats stats = text("ab", "ad", false);
    assertThat(equal("adx", stats)).isEqualTo(Pruning.Match.SOME);
    assertThat(equal("ae", stats)).isEqualTo(Pruning.Match.NONE);
    assertThat(equal("aa", stats)).isEqualTo(Pruning.Match.NONE);
    assertThat(like("ad%", stats)).isEqualTo(Pruning.Match.SOME);
    assertThat(like("a%", stats)).isEqualTo(Pruning.Match.ALL);
    assertThat(like("b%x", stats)).isEqualTo(Pruning.Match.NONE);
    assertThat(like("aa_", stats)).isEqualTo(Pruning.Match.NONE);
  }

  @Test
  void pathsAreJudgedOnlyByStatisticsOfTheirOwnType() {
    ColumnPath path = new ColumnPath(1, List.of("a"), LogicalType.INT64);
    ColumnStats stats =
        new ColumnStats(
            1, LogicalType.FLOAT64, 5, 0, Constant.of(1.0), Constant.of(2.0), true, 2, List.of());
    assertThat(Pruning.mayMatch(new Predicate.IsNull(path), _ -> stats))
        .isEqualTo(Pruning.Match.SOME);
  }

  @Test
  void statisticsOfANarrowerColumnStillBoundIt() {
    ColumnPath wide = ColumnPath.of(1, LogicalType.decimal(30, 2));
    ColumnStats stats =
        new ColumnStats(
            1,
            LogicalType.INT32,
            5,
            0,
            Constant.of(LogicalType.INT32, 3),
            Constant.of(LogicalType.INT32, 9),
            true,
            -1,
            List.of());
    Predicate above =
        new Predicate.Compare(
            wide, Predicate.Comparison.GREATER, Constant.of(LogicalType.decimal(5, 2), 901));
    assertThat(Pruning.mayMatch(above, _ -> stats)).isEqualTo(Pruning.Match.NONE);
    assertThat(Pruning.mayMatch(new Predicate.Not(above), _ -> stats)).isEqualTo(Pruning.Match.ALL);
  }

  private static Pruning.Match equal(String value, ColumnStats stats) {
    return Pruning.mayMatch(
        new Predicate.Compare(TEXT, Predicate.Comparison.EQUAL, Constant.of(value)), _ -> stats);
  }

  private static Pruning.Match like(String pattern, ColumnStats stats) {
    return Pruning.mayMatch(new Predicate.Like(TEXT, pattern, (char) 0, false), _ -> stats);
  }

  private static ColumnStats text(String min, String max, boolean exact) {
    return new ColumnStats(
        1, LogicalType.TEXT, 9, 0, Constant.of(min), Constant.of(max), exact, -1, List.of());
  }

  /** True statistics of a vector: sometimes exact, sometimes with prefixes, sometimes without. */
  private static ColumnStats stats(ColumnPath column, ColumnVector vector, Random random) {
    Constant min = null;
    Constant max = null;
    long nulls = 0;
    Map<Constant, Long> counts = new LinkedHashMap<>();
    for (int row = 0; row < vector.size(); row++) {
      if (vector.isNull(row)) {
        nulls++;
        continue;
      }
      Constant value = RandomPredicates.constant(vector, row);
      counts.merge(value, 1L, Long::sum);
      min = min == null || order(value, min) < 0 ? value : min;
      max = max == null || order(value, max) > 0 ? value : max;
    }
    boolean exact = random.nextBoolean();
    if (!exact) {
      int length = random.nextInt(3);
      min = truncated(min, length);
      max = truncated(max, length);
    }
    return new ColumnStats(
        column.column(),
        column.type(),
        vector.size(),
        nulls,
        random.nextInt(5) == 0 ? null : min,
        random.nextInt(5) == 0 ? null : max,
        exact,
        -1,
        random.nextBoolean()
            ? List.of()
            : counts.entrySet().stream()
                .map(e -> new ColumnStats.ValueCount(e.getKey(), e.getValue()))
                .toList());
  }

  private static @Nullable Constant truncated(@Nullable Constant value, int length) {
    return value instanceof Constant.OfBytes(LogicalType type, byte[] bytes)
            && bytes.length > length
        ? new Constant.OfBytes(type, Arrays.copyOf(bytes, length))
        : value;
  }

  private static int order(Constant left, Constant right) {
    if (left instanceof Constant.OfBytes a && right instanceof Constant.OfBytes b) {
      return Arrays.compareUnsigned(a.value(), b.value());
    }
    return ColumnPoint.of(left.type(), left)
        .floor()
        .compareTo(ColumnPoint.of(left.type(), right).floor());
  }
}
