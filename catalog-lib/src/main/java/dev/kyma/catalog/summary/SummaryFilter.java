package dev.kyma.catalog.summary;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.ColumnPoint;
import dev.kyma.format.predicate.ColumnRange;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.LikePattern;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.predicate.Predicate.Comparison;
import java.util.ArrayList;
import java.util.List;

/**
 * What a predicate asks of summaries: passes every extent that may hold a row it is true for, and
 * as few others as bounds in 64 bits allow. Immutable.
 */
sealed interface SummaryFilter {
  /** No more constants of an IN are looked at one by one. */
  int MAX_POINTS = 32;

  /** Passes everything. */
  record Everything() implements SummaryFilter {}

  /** Passes what all pass. */
  record All(List<SummaryFilter> filters) implements SummaryFilter {}

  /** Passes what any passes. */
  record Any(List<SummaryFilter> filters) implements SummaryFilter {}

  /**
   * Passes extents with a value between two numbers, both included; of an empty range none.
   *
   * @param family the values' {@link Bounds#family}; others are passed
   */
  record Range(int column, int family, long from, long to) implements SummaryFilter {}

  /** Passes extents with a value of the column that is NULL, or one that is not. */
  record Nulls(int column, int family, boolean wanted) implements SummaryFilter {}

  SummaryFilter EVERYTHING = new Everything();

  /** What a predicate asks. */
  static SummaryFilter of(Predicate predicate) {
    return of(predicate, false);
  }

  private static SummaryFilter of(Predicate predicate, boolean negated) {
    return switch (predicate) {
      case Predicate.Not(Predicate operand) -> of(operand, !negated);
      case Predicate.And(List<Predicate> operands) ->
          negated ? any(operands, true) : all(operands, false);
      case Predicate.Or(List<Predicate> operands) ->
          negated ? all(operands, true) : any(operands, false);
      case Predicate.IsNull(ColumnPath column) -> nulls(column, !negated);
      case Predicate.IsNotNull(ColumnPath column) -> nulls(column, negated);
      case Predicate.Compare compare ->
          compare(
              compare.column(),
              negated ? opposite(compare.comparison()) : compare.comparison(),
              compare.constant());
      // Nothing is in an empty list, not even what is NULL.
      case Predicate.In in when in.constants().isEmpty() ->
          negated ? EVERYTHING : new Any(List.of());
      case Predicate.In in -> negated ? nulls(in.column(), false) : in(in);
      case Predicate.Like like -> negated ? nulls(like.column(), false) : like(like);
      // NULL has no tokens and does not lack them either.
      case Predicate.HasToken(ColumnPath column, String text) -> nulls(column, false);
    };
  }

  private static SummaryFilter all(List<Predicate> operands, boolean negated) {
    List<SummaryFilter> filters = new ArrayList<>();
    for (Predicate operand : operands) {
      SummaryFilter filter = of(operand, negated);
      if (!(filter instanceof Everything)) {
        filters.add(filter);
      }
    }
    return switch (filters.size()) {
      case 0 -> EVERYTHING;
      case 1 -> filters.getFirst();
      default -> new All(filters);
    };
  }

  private static SummaryFilter any(List<Predicate> operands, boolean negated) {
    List<SummaryFilter> filters = new ArrayList<>();
    for (Predicate operand : operands) {
      SummaryFilter filter = of(operand, negated);
      if (filter instanceof Everything) {
        return EVERYTHING;
      }
      filters.add(filter);
    }
    return new Any(filters);
  }

  private static SummaryFilter nulls(ColumnPath column, boolean wanted) {
    int family = column.isPath() ? Bounds.NONE : Bounds.family(column.type());
    return family == Bounds.NONE ? EVERYTHING : new Nulls(column.column(), family, wanted);
  }

  private static Comparison opposite(Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> Comparison.NOT_EQUAL;
      case NOT_EQUAL -> Comparison.EQUAL;
      case LESS -> Comparison.GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> Comparison.GREATER;
      case GREATER -> Comparison.LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> Comparison.LESS;
    };
  }

  private static SummaryFilter compare(
      ColumnPath column, Comparison comparison, Constant constant) {
    int family = column.isPath() ? Bounds.NONE : Bounds.family(column.type());
    if (family == Bounds.NONE) {
      return EVERYTHING;
    }
    if (comparison == Comparison.NOT_EQUAL) {
      return new Nulls(column.column(), family, false);
    }
    if (Bounds.isBytes(family)) {
      return constant instanceof Constant.OfBytes bytes
          ? compareBytes(column, family, comparison, bytes.value())
          : EVERYTHING;
    }
    if (!ColumnPoint.hasLine(column.type())) {
      return EVERYTHING;
    }
    ColumnRange range = ColumnRange.of(column.type(), comparison, constant);
    boolean empty =
        range.from() != null && range.to() != null && range.from().compareTo(range.to()) > 0;
    return empty
        ? new Range(column.column(), family, Long.MAX_VALUE, Long.MIN_VALUE)
        : new Range(column.column(), family, Bounds.from(range.from()), Bounds.to(range.to()));
  }

  private static SummaryFilter compareBytes(
      ColumnPath column, int family, Comparison comparison, byte[] constant) {
    long prefix = Bounds.prefix(constant, (byte) 0);
    return switch (comparison) {
      case EQUAL -> new Range(column.column(), family, prefix, prefix);
      case LESS, LESS_OR_EQUAL -> new Range(column.column(), family, Long.MIN_VALUE, prefix);
      case GREATER, GREATER_OR_EQUAL -> new Range(column.column(), family, prefix, Long.MAX_VALUE);
      case NOT_EQUAL -> new Nulls(column.column(), family, false);
    };
  }

  private static SummaryFilter in(Predicate.In in) {
    if (in.constants().size() > MAX_POINTS) {
      return nulls(in.column(), false);
    }
    List<SummaryFilter> points = new ArrayList<>();
    for (Constant constant : in.constants()) {
      SummaryFilter point = compare(in.column(), Comparison.EQUAL, constant);
      if (point instanceof Everything) {
        return EVERYTHING;
      }
      points.add(point);
    }
    return new Any(points);
  }

  private static SummaryFilter like(Predicate.Like like) {
    int family = like.column().isPath() ? Bounds.NONE : Bounds.family(like.column().type());
    if (!Bounds.isBytes(family)) {
      return EVERYTHING;
    }
    LikePattern pattern = LikePattern.of(like);
    byte[] prefix = pattern.prefix();
    byte fill = pattern.isLiteral() ? 0 : (byte) 0xFF;
    return new Range(
        like.column().column(),
        family,
        Bounds.prefix(prefix, (byte) 0),
        Bounds.prefix(prefix, fill));
  }
}
