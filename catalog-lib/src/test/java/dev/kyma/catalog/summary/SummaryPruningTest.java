package dev.kyma.catalog.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Candidates;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.LogInterval;
import dev.kyma.format.RowOrder;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.predicate.Predicate.Comparison;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.stats.Pruning;
import dev.kyma.format.type.LogicalType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Summaries rule out nothing that whole statistics leave, and most of what those rule out. */
class SummaryPruningTest {
  private static final int ROUNDS = 16;
  private static final int EXTENTS = 600;
  private static final int PREDICATES = 60;

  private static final LogicalType[] TYPES = {
    LogicalType.TIMESTAMP,
    LogicalType.INT64,
    LogicalType.FLOAT64,
    LogicalType.TEXT,
    LogicalType.BINARY,
    LogicalType.BOOL,
    LogicalType.DATE,
    LogicalType.INT32,
    LogicalType.FLOAT32,
    LogicalType.decimal(30, 2),
    LogicalType.DYNAMIC
  };

  private final long seed = Long.getLong("kyma.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void summariesRuleOutNothingThatStatisticsLeave() {
    System.out.println("SummaryPruningTest: -Dkyma.seed=" + seed);
    long ruledOut = 0;
    long couldBe = 0;
    for (int round = 0; round < ROUNDS; round++) {
      SummarySlab slab = new SummarySlab(ExtentCache.UNBOUNDED);
      ExtentList list = ExtentList.EMPTY;
      List<ExtentRef> extents = new ArrayList<>();
      for (int i = 0; i < EXTENTS; i++) {
        ExtentRef extent = extent("e" + i);
        extents.add(extent);
        list = list.plus(slab, slab.add(extent));
      }
      LiveExtents live = new LiveExtents(slab, 7, list);
      assertThat(live.whole()).isEqualTo(extents);
      for (int i = 0; i < PREDICATES; i++) {
        Predicate predicate = predicate(3);
        List<ExtentRef> left =
            extents.stream()
                .filter(
                    extent ->
                        Pruning.mayMatch(predicate, column -> stats(extent, column))
                            != Pruning.Match.NONE)
                .toList();
        Candidates candidates = live.candidates(predicate, EnumSet.allOf(RowOrder.class));
        List<ExtentRef> lost = new ArrayList<>(left);
        lost.removeAll(candidates.extents());
        assertThat(lost.stream().limit(1).toList()).as("%s", predicate).isEmpty();
        assertThat(candidates.considered()).isEqualTo(EXTENTS);
        ruledOut += EXTENTS - candidates.extents().size();
        couldBe += EXTENTS - left.size();
      }
    }
    System.out.printf(
        "SummaryPruningTest: summaries rule out %d of %d that statistics do%n", ruledOut, couldBe);
    assertThat(ruledOut).isGreaterThan(couldBe / 2);
  }

  @Test
  void historyIsLeftOutUnlessAskedFor() {
    SummarySlab slab = new SummarySlab(ExtentCache.UNBOUNDED);
    ExtentList list = ExtentList.EMPTY;
    int table = 0;
    for (int i = 0; i < 50; i++) {
      ExtentRef extent = extent("e" + i);
      table += extent.summary().order() == RowOrder.TABLE ? 1 : 0;
      list = list.plus(slab, slab.add(extent));
    }
    LiveExtents live = new LiveExtents(slab, 7, list);
    Predicate everything = new Predicate.And(List.of());
    assertThat(live.candidates(everything, EnumSet.of(RowOrder.TABLE)).extents()).hasSize(table);
    assertThat(live.candidates(everything, EnumSet.allOf(RowOrder.class)).extents()).hasSize(50);
  }

  @Test
  void whatIsNotKeptIsFetchedAndWhatWasKeptFirstLeavesFirst() {
    List<ExtentRef> extents = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      extents.add(extent("extents/0000000" + i % 10 + "/" + i));
    }
    List<Integer> fetches = new ArrayList<>();
    ExtentCache cache =
        new ExtentCache(
            50_000,
            keys -> {
              fetches.add(keys.size());
              return keys.stream()
                  .collect(
                      Collectors.toMap(
                          key -> key, key -> extents.get(Integer.parseInt(key.substring(17)))));
            });
    SummarySlab slab = new SummarySlab(cache);
    ExtentList list = ExtentList.EMPTY;
    for (ExtentRef extent : extents) {
      list = list.plus(slab, slab.add(extent));
    }
    assertThat(cache.bytes()).isLessThanOrEqualTo(50_000);
    LiveExtents live = new LiveExtents(slab, 7, list);
    assertThat(live.extent(2_999)).isSameAs(extents.get(2_999));
    assertThat(fetches).isEmpty();
    assertThat(live.extent(3)).isSameAs(extents.get(3));
    assertThat(live.extent(3)).isSameAs(extents.get(3));
    assertThat(fetches).containsExactly(1);
    assertThat(live.whole()).isEqualTo(extents);
    assertThat(cache.bytes()).isLessThanOrEqualTo(50_000);
    for (int i = 0; i < extents.size(); i += 2) {
      list = list.minus(slab, i);
    }
    // A slab made anew holds what is live, kept or not.
    SummarySlab fresh = slab.another();
    ExtentList moved = ExtentList.EMPTY;
    for (int ordinal : list.ordinals()) {
      moved = moved.plus(fresh, fresh.add(slab, ordinal));
    }
    List<ExtentRef> odd = new ArrayList<>();
    for (int i = 1; i < extents.size(); i += 2) {
      odd.add(extents.get(i));
    }
    LiveExtents rest = new LiveExtents(fresh, 7, moved);
    assertThat(rest.whole()).isEqualTo(odd);
    Predicate predicate =
        new Predicate.Compare(
            ColumnPath.of(1, LogicalType.TIMESTAMP),
            Comparison.LESS,
            Constant.of(LogicalType.TIMESTAMP, 100));
    List<ExtentRef> before =
        new LiveExtents(slab, 7, list)
            .candidates(predicate, EnumSet.allOf(RowOrder.class))
            .extents();
    assertThat(rest.candidates(predicate, EnumSet.allOf(RowOrder.class)).extents())
        .isEqualTo(before);
    assertThat(fresh.find(odd.get(5).key(), ordinal -> true)).isPresent();
    assertThat(fresh.find("extents/00000000/none", ordinal -> true)).isEmpty();
  }

  @Test
  void oneExtentTakesAtMost256Bytes() {
    SummarySlab slab = new SummarySlab(new ExtentCache(0, keys -> Map.of()));
    int extents = 100_000;
    for (int i = 0; i < extents; i++) {
      slab.add(extent("extents/0000001a/t17-" + i));
    }
    // The list of live ones and the reference to a whole one come on top: 4 and 4 bytes.
    double each = slab.bytes() / (double) extents + 8;
    System.out.printf("SummaryPruningTest: %.1f bytes an extent%n", each);
    assertThat(each).isLessThanOrEqualTo(256);
  }

  private static @Nullable ColumnStats stats(ExtentRef extent, ColumnPath column) {
    if (column.isPath()) {
      return null;
    }
    return extent.summary().columns().stream()
        .filter(stats -> stats.column() == column.column())
        .findFirst()
        .orElse(null);
  }

  private ExtentRef extent(String key) {
    List<ColumnStats> columns = new ArrayList<>();
    for (int i = 0; i < TYPES.length; i++) {
      // Now and then a column is not there yet, or was of a narrower type.
      if (random.nextInt(12) > 0) {
        columns.add(stats(i + 1, random.nextInt(15) == 0 ? LogicalType.INT32 : TYPES[i]));
      }
    }
    return new ExtentRef(
        key,
        7,
        "tlm",
        1_000,
        1,
        new ExtentSummary(
            100,
            1,
            1,
            List.of(1, 2),
            List.of(new LogInterval(0, 0, 1)),
            0,
            1,
            1,
            columns,
            random.nextInt(4) == 0 ? RowOrder.HISTORY : RowOrder.TABLE,
            0,
            0));
  }

  private ColumnStats stats(int column, LogicalType type) {
    long nulls = random.nextInt(4) == 0 ? 100 : random.nextInt(3) == 0 ? 5 : 0;
    Constant a = constant(type);
    Constant b = constant(type);
    boolean unbounded = nulls == 100 || random.nextInt(10) == 0 || a == null || b == null;
    boolean ordered = unbounded || compare(a, b) <= 0;
    boolean exact = random.nextBoolean() || !(a instanceof Constant.OfBytes);
    return new ColumnStats(
        column,
        type,
        100,
        nulls,
        unbounded ? null : ordered ? a : b,
        unbounded ? null : ordered ? b : a,
        exact,
        random.nextInt(50) - 1,
        List.of());
  }

  private static int compare(@Nullable Constant a, @Nullable Constant b) {
    return switch (a) {
      case Constant.OfLong(var type, long value) ->
          Long.compare(value, ((Constant.OfLong) b).value());
      case Constant.OfDouble(var type, double value) ->
          Double.compare(value, ((Constant.OfDouble) b).value());
      case Constant.OfInt128(var type, BigInteger value) ->
          value.compareTo(((Constant.OfInt128) b).value());
      case Constant.OfBytes bytes ->
          Arrays.compareUnsigned(bytes.value(), ((Constant.OfBytes) b).value());
      case null -> throw new IllegalArgumentException();
    };
  }

  private @Nullable Constant constant(LogicalType type) {
    return switch (type.kind()) {
      case BOOL -> new Constant.OfLong(type, random.nextInt(2));
      case INT16, INT32, INT64, TIMESTAMP, DATE, TIME ->
          new Constant.OfLong(
              type,
              random.nextInt(30) == 0 && type.kind() == LogicalType.Kind.INT64
                  ? (random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE)
                  : random.nextInt(400) - 200);
      case FLOAT32, FLOAT64 ->
          new Constant.OfDouble(
              type,
              switch (random.nextInt(20)) {
                case 0 -> Double.NaN;
                case 1 -> Double.POSITIVE_INFINITY;
                case 2 -> Double.NEGATIVE_INFINITY;
                case 3 -> -0.0;
                default -> (float) ((random.nextInt(400) - 200) / 4.0);
              });
      case DECIMAL -> new Constant.OfInt128(type, BigInteger.valueOf(random.nextInt(1_000)));
      case TEXT, BINARY, DYNAMIC -> new Constant.OfBytes(type, bytes());
      case VECTOR -> null;
    };
  }

  private byte[] bytes() {
    String letters = "ab\u0000\u00ff";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private Predicate predicate(int depth) {
    int place = random.nextInt(TYPES.length);
    LogicalType type = TYPES[place];
    // A column that is in no extent now and then.
    ColumnPath column = ColumnPath.of(random.nextInt(30) == 0 ? 99 : place + 1, type);
    int dice = random.nextInt(depth > 0 ? 10 : 7);
    Constant constant = constant(type);
    boolean comparable = constant != null && type.kind() != LogicalType.Kind.DYNAMIC;
    return switch (dice) {
      case 0 -> new Predicate.IsNull(column);
      case 1 -> new Predicate.IsNotNull(column);
      case 2 -> {
        ColumnPath text = ColumnPath.of(4, LogicalType.TEXT);
        yield random.nextInt(4) == 0
            ? new Predicate.HasToken(text, random.nextBoolean() ? "" : "a")
            : new Predicate.Like(text, pattern(), (char) 0, random.nextInt(4) == 0);
      }
      case 3 -> {
        List<Constant> constants = new ArrayList<>();
        for (int i = random.nextInt(5); comparable && i > 0; i--) {
          constants.add(constant(type));
        }
        yield new Predicate.In(column, constants);
      }
      case 4, 5, 6 ->
          comparable
              ? new Predicate.Compare(column, Comparison.values()[random.nextInt(6)], constant)
              : new Predicate.IsNotNull(column);
      case 7 -> new Predicate.Not(predicate(depth - 1));
      case 8 -> new Predicate.And(List.of(predicate(depth - 1), predicate(depth - 1)));
      default -> new Predicate.Or(List.of(predicate(depth - 1), predicate(depth - 1)));
    };
  }

  private String pattern() {
    StringBuilder pattern = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      pattern.append("aaabbb%_".charAt(random.nextInt(8)));
    }
    return pattern.toString();
  }
}
