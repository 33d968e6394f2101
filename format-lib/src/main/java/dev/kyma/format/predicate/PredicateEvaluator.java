package dev.kyma.format.predicate;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.Selection;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rows of batches for which a predicate is true.
 *
 * <p>The predicate is compiled once. Conjunctions look only at rows that are still in question, and
 * ask for no column once none is. What has been worked out for a dictionary's entries is remembered
 * from batch to batch. Used by one thread.
 *
 * <p>Three-valued logic needs no third value here: negations are moved inwards, to conditions that
 * know which rows are false apart from those that are unknown.
 */
public final class PredicateEvaluator {
  private final Step step;

  /**
   * @throws IllegalArgumentException if a column is compared with a constant of a type that its
   *     values cannot be compared with, or a LIKE pattern ends with its escape character
   */
  public PredicateEvaluator(Predicate predicate) {
    step = compile(predicate, false);
  }

  /** The rows among those given for which the predicate is true. */
  public Selection select(VectorLookup columns, Selection among) {
    long[] rows = among.words().clone();
    step.retain(columns, rows, among.size());
    return Selection.of(among.size(), rows);
  }

  /** The rows of a batch of {@code size} rows for which the predicate is true. */
  public Selection select(VectorLookup columns, int size) {
    return select(columns, Selection.all(size));
  }

  /** Clears the bits of rows for which a condition does not hold. */
  private interface Step {
    void retain(VectorLookup columns, long[] rows, int size);
  }

  /** Compiles to the rows where the predicate is true, or false when negated; never unknown. */
  private static Step compile(Predicate predicate, boolean negated) {
    return switch (predicate) {
      case Predicate.Not(Predicate operand) -> compile(operand, !negated);
      case Predicate.And(List<Predicate> operands) ->
          negated ? any(operands, true) : all(operands, false);
      case Predicate.Or(List<Predicate> operands) ->
          negated ? all(operands, true) : any(operands, false);
      case Predicate.IsNull(ColumnPath column) -> nulls(column, !negated);
      case Predicate.IsNotNull(ColumnPath column) -> nulls(column, negated);
      case Predicate.Compare compare -> {
        // Over values that are not NULL, "not equal" is the opposite of "equal".
        boolean opposite = compare.comparison() == Predicate.Comparison.NOT_EQUAL;
        yield new Condition(compare.column(), test(compare), negated != opposite);
      }
      case Predicate.In in ->
          in.constants().isEmpty()
              ? compile(new Predicate.Or(List.of()), negated)
              : new Condition(in.column(), test(in), negated);
      case Predicate.Like like ->
          text(like.column(), LikeMatcher.of(LikePattern.of(like)), negated);
      case Predicate.HasToken(ColumnPath column, String text) ->
          text(column, new TokenMatcher(text), negated);
    };
  }

  private static Step text(ColumnPath column, BytesMatcher matcher, boolean negated) {
    if (column.type().physical() != LogicalType.Physical.BYTES) {
      throw new IllegalArgumentException(column.type() + " is not text");
    }
    return new Condition(column, new BytesCondition(matcher), negated);
  }

  private static ValueCondition test(Predicate.Compare compare) {
    LogicalType type = compare.column().type();
    Predicate.Comparison comparison =
        compare.comparison() == Predicate.Comparison.NOT_EQUAL
            ? Predicate.Comparison.EQUAL
            : compare.comparison();
    return switch (type.physical()) {
      case LONG, DOUBLE ->
          LongCondition.range(ColumnRange.of(type, comparison, compare.constant()));
      case INT128 -> WideCondition.range(ColumnRange.of(type, comparison, compare.constant()));
      case BYTES ->
          new BytesCondition(BytesMatcher.compare(comparison, bytes(type, compare.constant())));
      case FLOATS -> throw new IllegalArgumentException(type + " cannot be compared");
    };
  }

  private static ValueCondition test(Predicate.In in) {
    LogicalType type = in.column().type();
    return switch (type.physical()) {
      case LONG, DOUBLE -> LongCondition.anyOf(points(type, in.constants()));
      case INT128 -> WideCondition.anyOf(points(type, in.constants()));
      case BYTES ->
          new BytesCondition(
              BytesMatcher.anyOf(in.constants().stream().map(c -> bytes(type, c)).toList()));
      case FLOATS -> throw new IllegalArgumentException(type + " cannot be compared");
    };
  }

  private static List<BigInteger> points(LogicalType type, List<Constant> constants) {
    List<BigInteger> points = new ArrayList<>();
    for (Constant constant : constants) {
      ColumnPoint point = ColumnPoint.of(type, constant);
      if (point.exact()) {
        points.add(point.floor());
      }
    }
    return points;
  }

  private static byte[] bytes(LogicalType type, Constant constant) {
    if (constant instanceof Constant.OfBytes bytes) {
      return bytes.value();
    }
    throw new IllegalArgumentException(type + " compared with " + constant);
  }

  private static Step nulls(ColumnPath column, boolean wanted) {
    return (columns, rows, size) -> {
      long[] nulls = columns.vector(column).nulls();
      for (int w = 0; w < Bits.words(size); w++) {
        long isNull = nulls == null ? 0 : nulls[w];
        rows[w] &= wanted ? isNull : ~isNull;
      }
    };
  }

  private static Step all(List<Predicate> operands, boolean negated) {
    Step[] steps = compileAll(operands, negated);
    return (columns, rows, size) -> {
      for (Step next : steps) {
        if (isEmpty(rows, size)) {
          return;
        }
        next.retain(columns, rows, size);
      }
    };
  }

  private static Step any(List<Predicate> operands, boolean negated) {
    Step[] steps = compileAll(operands, negated);
    return (columns, rows, size) -> {
      int words = Bits.words(size);
      long[] open = rows.clone();
      for (Step next : steps) {
        if (isEmpty(open, size)) {
          break;
        }
        long[] found = open.clone();
        next.retain(columns, found, size);
        for (int w = 0; w < words; w++) {
          open[w] &= ~found[w];
        }
      }
      for (int w = 0; w < words; w++) {
        rows[w] &= ~open[w];
      }
    };
  }

  private static Step[] compileAll(List<Predicate> operands, boolean negated) {
    Step[] steps = new Step[operands.size()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = compile(operands.get(i), negated);
    }
    return steps;
  }

  private static boolean isEmpty(long[] rows, int size) {
    for (int w = 0; w < Bits.words(size); w++) {
      if (rows[w] != 0) {
        return false;
      }
    }
    return true;
  }

  /** A test of one column's values, or its opposite; NULL passes neither. */
  private record Condition(ColumnPath column, ValueCondition test, boolean negated)
      implements Step {
    @Override
    public void retain(VectorLookup columns, long[] rows, int size) {
      if (isEmpty(rows, size)) {
        return;
      }
      var vector = columns.vector(column);
      long[] nulls = vector.nulls();
      int words = Bits.words(size);
      if (nulls != null) {
        for (int w = 0; w < words; w++) {
          rows[w] &= ~nulls[w];
        }
      }
      if (!negated) {
        test.retain(vector, rows);
        return;
      }
      long[] holds = rows.clone();
      test.retain(vector, holds);
      for (int w = 0; w < words; w++) {
        rows[w] &= ~holds[w];
      }
    }
  }
}
