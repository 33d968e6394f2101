package dev.kyma.format.stats;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.ColumnPoint;
import dev.kyma.format.predicate.ColumnRange;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.LikePattern;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.predicate.PredicateEvaluator;
import dev.kyma.format.predicate.Tokenizer;
import dev.kyma.format.type.LogicalType;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Decides from statistics how many of the rows they cover a predicate is true for.
 *
 * <p>Answers are certain: {@link Match#NONE} and {@link Match#ALL} are said only where no row, or
 * every row, matches whatever the values are that the statistics describe. Stateless.
 */
public final class Pruning {

  /** For how many rows a predicate is true. */
  public enum Match {
    NONE,
    /** Unknown, or some and not others. */
    SOME,
    ALL;

    private Match opposite() {
      return switch (this) {
        case NONE -> ALL;
        case SOME -> SOME;
        case ALL -> NONE;
      };
    }
  }

  private Pruning() {}

  /** For how many of the rows the predicate is true. */
  public static Match mayMatch(Predicate predicate, StatsLookup lookup) {
    return match(predicate, lookup, false);
  }

  /** For how many rows the predicate is true, or false when negated; unknown counts as neither. */
  private static Match match(Predicate predicate, StatsLookup lookup, boolean negated) {
    return switch (predicate) {
      case Predicate.Not(Predicate operand) -> match(operand, lookup, !negated);
      case Predicate.And(List<Predicate> operands) ->
          negated ? any(operands, lookup, true) : all(operands, lookup, false);
      case Predicate.Or(List<Predicate> operands) ->
          negated ? all(operands, lookup, true) : any(operands, lookup, false);
      case Predicate.IsNull(ColumnPath column) -> nulls(column, lookup, !negated);
      case Predicate.IsNotNull(ColumnPath column) -> nulls(column, lookup, negated);
      case Predicate.Compare compare ->
          values(
              predicate,
              compare.column(),
              lookup,
              negated,
              stats -> compare(compare.column(), compare.comparison(), compare.constant(), stats));
      case Predicate.In in ->
          in.constants().isEmpty()
              ? match(new Predicate.Or(List.of()), lookup, negated)
              : values(predicate, in.column(), lookup, negated, stats -> in(in, stats));
      case Predicate.Like like ->
          values(predicate, like.column(), lookup, negated, stats -> like(like, stats));
      case Predicate.HasToken(ColumnPath column, String text) ->
          values(
              predicate,
              column,
              lookup,
              negated,
              stats -> Tokenizer.tokens(text).isEmpty() ? Match.ALL : Match.SOME);
    };
  }

  private static Match all(List<Predicate> operands, StatsLookup lookup, boolean negated) {
    Match result = Match.ALL;
    for (Predicate operand : operands) {
      Match next = match(operand, lookup, negated);
      if (next == Match.NONE) {
        return Match.NONE;
      }
      if (next == Match.SOME) {
        result = Match.SOME;
      }
    }
    return result;
  }

  private static Match any(List<Predicate> operands, StatsLookup lookup, boolean negated) {
    Match result = Match.NONE;
    for (Predicate operand : operands) {
      Match next = match(operand, lookup, negated);
      if (next == Match.ALL) {
        return Match.ALL;
      }
      if (next == Match.SOME) {
        result = Match.SOME;
      }
    }
    return result;
  }

  private static Match nulls(ColumnPath column, StatsLookup lookup, boolean wanted) {
    ColumnStats stats = usable(column, lookup);
    if (stats == null) {
      return Match.SOME;
    }
    long matching = wanted ? stats.nulls() : stats.rows() - stats.nulls();
    return matching == 0 ? Match.NONE : matching == stats.rows() ? Match.ALL : Match.SOME;
  }

  /** What a condition on values says of them all, NULL being unknown to it. */
  private static Match values(
      Predicate predicate,
      ColumnPath column,
      StatsLookup lookup,
      boolean negated,
      Function<ColumnStats, Match> condition) {
    ColumnStats stats = usable(column, lookup);
    if (stats == null) {
      return Match.SOME;
    }
    if (stats.nulls() == stats.rows()) {
      return Match.NONE;
    }
    Match match = condition.apply(stats);
    if (match == Match.SOME
        && !stats.valueCounts().isEmpty()
        && stats.type().equals(column.type())) {
      match = counted(predicate, column, stats);
    }
    if (negated) {
      match = match.opposite();
    }
    return match == Match.ALL && stats.nulls() > 0 ? Match.SOME : match;
  }

  /** Statistics of a type whose values, and which of them are NULL, are those of the path. */
  private static @Nullable ColumnStats usable(ColumnPath column, StatsLookup lookup) {
    ColumnStats stats = lookup.stats(column);
    if (stats == null) {
      return null;
    }
    LogicalType from = stats.type();
    LogicalType to = column.type();
    boolean widened =
        !column.isPath()
            && (from.isNumeric() && to.isNumeric()
                || from.kind() == LogicalType.Kind.DATE && to.kind() == LogicalType.Kind.TIMESTAMP);
    return from.equals(to) || widened ? stats : null;
  }

  private static Match counted(Predicate predicate, ColumnPath column, ColumnStats stats) {
    int size = stats.valueCounts().size();
    var distinct = ValueCountVector.of(column.type(), stats.valueCounts());
    int matching = new PredicateEvaluator(predicate).select(any -> distinct, size).count();
    return matching == 0 ? Match.NONE : matching == size ? Match.ALL : Match.SOME;
  }

  private static Match in(Predicate.In in, ColumnStats stats) {
    Match result = Match.NONE;
    for (Constant constant : in.constants()) {
      Match next = compare(in.column(), Predicate.Comparison.EQUAL, constant, stats);
      if (next == Match.ALL) {
        return Match.ALL;
      }
      if (next == Match.SOME) {
        result = Match.SOME;
      }
    }
    return result;
  }

  private static Match compare(
      ColumnPath column, Predicate.Comparison comparison, Constant constant, ColumnStats stats) {
    if (comparison == Predicate.Comparison.NOT_EQUAL) {
      return compare(column, Predicate.Comparison.EQUAL, constant, stats).opposite();
    }
    if (!ColumnPoint.hasLine(column.type())) {
      return constant instanceof Constant.OfBytes bytes
          ? compareBytes(comparison, bytes.value(), stats)
          : Match.SOME;
    }
    ColumnRange range = ColumnRange.of(column.type(), comparison, constant);
    BigInteger least = bound(column.type(), stats.min(), UnaryOperator.identity());
    BigInteger greatest = bound(column.type(), stats.max(), floor -> floor.add(BigInteger.ONE));
    if (least == null || greatest == null) {
      return Match.SOME;
    }
    return range.isOutside(least, greatest)
        ? Match.NONE
        : range.covers(least, greatest) ? Match.ALL : Match.SOME;
  }

  private static @Nullable BigInteger bound(
      LogicalType type, @Nullable Constant value, UnaryOperator<BigInteger> ifBetween) {
    if (value == null) {
      return null;
    }
    ColumnPoint point = ColumnPoint.of(type, value);
    return point.exact() ? point.floor() : ifBetween.apply(point.floor());
  }

  private static Match compareBytes(
      Predicate.Comparison comparison, byte[] constant, ColumnStats stats) {
    if (!(stats.min() instanceof Constant.OfBytes min)
        || !(stats.max() instanceof Constant.OfBytes max)) {
      return Match.SOME;
    }
    int least = Arrays.compareUnsigned(min.value(), constant);
    boolean allBelow = allBelow(max.value(), stats.exactBounds(), constant);
    boolean allAtMost = allBelow || stats.exactBounds() && Arrays.equals(max.value(), constant);
    return switch (comparison) {
      case LESS -> least >= 0 ? Match.NONE : allBelow ? Match.ALL : Match.SOME;
      case LESS_OR_EQUAL -> least > 0 ? Match.NONE : allAtMost ? Match.ALL : Match.SOME;
      case GREATER -> allAtMost ? Match.NONE : least > 0 ? Match.ALL : Match.SOME;
      case GREATER_OR_EQUAL -> allBelow ? Match.NONE : least >= 0 ? Match.ALL : Match.SOME;
      case EQUAL, NOT_EQUAL ->
          least > 0 || allBelow ? Match.NONE : allAtMost && least == 0 ? Match.ALL : Match.SOME;
    };
  }

  /**
   * Whether every value is below a constant. An inexact upper bound may be a prefix that values go
   * on from, so a constant that goes on from it is below none of them for certain.
   */
  private static boolean allBelow(byte[] max, boolean exact, byte[] constant) {
    return Arrays.compareUnsigned(max, constant) < 0 && (exact || !startsWith(constant, max));
  }

  private static Match like(Predicate.Like like, ColumnStats stats) {
    LikePattern pattern = LikePattern.of(like);
    byte[] prefix = pattern.prefix();
    if (pattern.isLiteral()) {
      return compareBytes(Predicate.Comparison.EQUAL, prefix, stats);
    }
    if (pattern.isPrefix() && prefix.length == 0) {
      return Match.ALL;
    }
    if (!(stats.min() instanceof Constant.OfBytes min)
        || !(stats.max() instanceof Constant.OfBytes max)) {
      return Match.SOME;
    }
    boolean allAbove =
        Arrays.compareUnsigned(min.value(), prefix) > 0 && !startsWith(min.value(), prefix);
    if (allAbove || allBelow(max.value(), stats.exactBounds(), prefix)) {
      return Match.NONE;
    }
    boolean allWithin = startsWith(min.value(), prefix) && startsWith(max.value(), prefix);
    return pattern.isPrefix() && allWithin ? Match.ALL : Match.SOME;
  }

  private static boolean startsWith(byte[] value, byte[] prefix) {
    return value.length >= prefix.length
        && Arrays.equals(value, 0, prefix.length, prefix, 0, prefix.length);
  }
}
