package dev.kyma.format.predicate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Evaluates predicates one row at a time, three-valued by the book: null is unknown. */
final class NaivePredicate {
  private NaivePredicate() {}

  static @Nullable Boolean test(Predicate predicate, Function<ColumnPath, @Nullable Constant> row) {
    return switch (predicate) {
      case Predicate.And(List<Predicate> operands) -> {
        Boolean result = true;
        for (Predicate operand : operands) {
          Boolean next = test(operand, row);
          if (next != null && !next) {
            yield false;
          }
          result = next == null ? null : result;
        }
        yield result;
      }
      case Predicate.Or(List<Predicate> operands) -> {
        Boolean result = false;
        for (Predicate operand : operands) {
          Boolean next = test(operand, row);
          if (next != null && next) {
            yield true;
          }
          result = next == null ? null : result;
        }
        yield result;
      }
      case Predicate.Not(Predicate operand) -> {
        Boolean inner = test(operand, row);
        yield inner == null ? null : (Boolean) !inner;
      }
      case Predicate.IsNull(ColumnPath column) -> row.apply(column) == null;
      case Predicate.IsNotNull(ColumnPath column) -> row.apply(column) != null;
      case Predicate.In in -> {
        Boolean result = false;
        for (Constant constant : in.constants()) {
          Constant value = row.apply(in.column());
          if (value == null) {
            result = null;
          } else if (order(value, constant) == 0) {
            yield true;
          }
        }
        yield result;
      }
      case Predicate.Compare compare -> {
        Constant value = row.apply(compare.column());
        if (value == null) {
          yield null;
        }
        int order = order(value, compare.constant());
        yield switch (compare.comparison()) {
          case EQUAL -> order == 0;
          case NOT_EQUAL -> order != 0;
          case LESS -> order < 0;
          case LESS_OR_EQUAL -> order <= 0;
          case GREATER -> order > 0;
          case GREATER_OR_EQUAL -> order >= 0;
        };
      }
      case Predicate.Like like -> {
        Constant value = row.apply(like.column());
        yield value == null ? null : (Boolean) like(like, ((Constant.OfBytes) value).text());
      }
      case Predicate.HasToken(ColumnPath column, String text) -> {
        Constant value = row.apply(column);
        yield value == null
            ? null
            : (Boolean)
                new HashSet<>(Tokenizer.tokens(((Constant.OfBytes) value).text()))
                    .containsAll(Tokenizer.tokens(text));
      }
    };
  }

  private static boolean like(Predicate.Like like, String value) {
    StringBuilder regex = new StringBuilder();
    int[] points = like.pattern().codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      if (points[i] == like.escape()) {
        regex.append(literal(like, points[++i]));
      } else if (points[i] == '%') {
        regex.append(".*");
      } else if (points[i] == '_') {
        regex.append('.');
      } else {
        regex.append(literal(like, points[i]));
      }
    }
    String text = value;
    if (like.caseInsensitive()) {
      StringBuilder folded = new StringBuilder();
      value.codePoints().map(Tokenizer::fold).forEach(folded::appendCodePoint);
      text = folded.toString();
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
  }

  private static String literal(Predicate.Like like, int codePoint) {
    return Pattern.quote(
        Character.toString(like.caseInsensitive() ? Tokenizer.fold(codePoint) : codePoint));
  }

  private static int order(Constant left, Constant right) {
    if (left instanceof Constant.OfBytes a && right instanceof Constant.OfBytes b) {
      return Arrays.compareUnsigned(a.value(), b.value());
    }
    int byClass = Integer.compare(magnitude(left), magnitude(right));
    return byClass != 0 || magnitude(left) != 0 ? byClass : number(left).compareTo(number(right));
  }

  /** Below, among or above the finite numbers; NaN above infinity. */
  private static int magnitude(Constant constant) {
    if (constant instanceof Constant.OfDouble(_, double value)) {
      if (Double.isNaN(value)) {
        return 2;
      }
      if (Double.isInfinite(value)) {
        return value > 0 ? 1 : -1;
      }
    }
    return 0;
  }

  private static BigDecimal number(Constant constant) {
    return switch (constant) {
      case Constant.OfLong(var type, long value) ->
          new BigDecimal(BigInteger.valueOf(value), type.scale());
      case Constant.OfInt128(var type, BigInteger value) -> new BigDecimal(value, type.scale());
      case Constant.OfDouble(_, double value) -> new BigDecimal(value);
      case Constant.OfBytes bytes -> throw new AssertionError(bytes);
    };
  }
}
