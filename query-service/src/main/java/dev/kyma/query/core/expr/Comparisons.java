package dev.kyma.query.core.expr;

import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.Selection;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Comparisons of values. Stateless. */
final class Comparisons {
  private Comparisons() {}

  static Condition in(Expr.In in, Instant now) {
    if (in.operand().type().kind() == LogicalType.Kind.DYNAMIC) {
      List<byte[]> wanted =
          in.constants().stream()
              .map(constant -> CanonicalJson.of(((Constant.OfBytes) constant).value()))
              .toList();
      return Logic.ofColumn(
          Expressions.scalar(
              LogicalType.BOOL,
              List.of(in.operand()),
              now,
              (row, result) -> {
                byte[] value = CanonicalJson.of(row.data(0), row.from(0), row.to(0));
                result.bool(wanted.stream().anyMatch(w -> Arrays.equals(w, value)));
              },
              ScalarEvaluator.Nulls.GIVE_NULL));
    }
    return TextConditions.predicate(
        Expressions.evaluator(in.operand(), now),
        TextConditions.path(in.operand()),
        new Predicate.In(TextConditions.path(in.operand()), in.constants()));
  }

  static Condition condition(Expr.Call call, Instant now) {
    Expr left = call.arguments().get(0);
    Expr right = call.arguments().get(1);
    Function function = call.function();
    boolean distinct =
        function == Function.IS_DISTINCT_FROM || function == Function.IS_NOT_DISTINCT_FROM;
    LogicalType.Kind kind = left.type().kind();
    if (kind == LogicalType.Kind.DYNAMIC && isEquality(function)) {
      return new Pairwise(canonical(left, now), canonical(right, now), function);
    }
    if (!distinct && kind != LogicalType.Kind.VECTOR && kind != LogicalType.Kind.DYNAMIC) {
      if (right instanceof Expr.Literal literal && literal.value() instanceof Constant constant) {
        return withConstant(left, comparison(function), constant, now);
      }
      if (left instanceof Expr.Literal literal && literal.value() instanceof Constant constant) {
        return withConstant(right, flipped(comparison(function)), constant, now);
      }
    }
    return new Pairwise(
        Expressions.evaluator(left, now), Expressions.evaluator(right, now), function);
  }

  private static boolean isEquality(Function function) {
    return function == Function.EQUAL
        || function == Function.NOT_EQUAL
        || function == Function.IS_DISTINCT_FROM
        || function == Function.IS_NOT_DISTINCT_FROM;
  }

  /** A dynamic value in the one form that equal values share. */
  private static Evaluator canonical(Expr operand, Instant now) {
    return Expressions.scalar(
        LogicalType.DYNAMIC,
        List.of(operand),
        now,
        (row, result) -> result.bytes(CanonicalJson.of(row.data(0), row.from(0), row.to(0))),
        ScalarEvaluator.Nulls.GIVE_NULL);
  }

  private static Condition withConstant(
      Expr operand, Predicate.Comparison comparison, Constant constant, Instant now) {
    return TextConditions.predicate(
        Expressions.evaluator(operand, now),
        TextConditions.path(operand),
        new Predicate.Compare(TextConditions.path(operand), comparison, constant));
  }

  private static Predicate.Comparison comparison(Function function) {
    return switch (function) {
      case EQUAL -> Predicate.Comparison.EQUAL;
      case NOT_EQUAL -> Predicate.Comparison.NOT_EQUAL;
      case LESS -> Predicate.Comparison.LESS;
      case LESS_OR_EQUAL -> Predicate.Comparison.LESS_OR_EQUAL;
      case GREATER -> Predicate.Comparison.GREATER;
      case GREATER_OR_EQUAL -> Predicate.Comparison.GREATER_OR_EQUAL;
      default -> throw new IllegalStateException(function + " is no comparison");
    };
  }

  private static Predicate.Comparison flipped(Predicate.Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> Predicate.Comparison.EQUAL;
      case NOT_EQUAL -> Predicate.Comparison.NOT_EQUAL;
      case LESS -> Predicate.Comparison.GREATER;
      case LESS_OR_EQUAL -> Predicate.Comparison.GREATER_OR_EQUAL;
      case GREATER -> Predicate.Comparison.LESS;
      case GREATER_OR_EQUAL -> Predicate.Comparison.LESS_OR_EQUAL;
    };
  }

  /** Two computed columns, row against row. */
  private record Pairwise(Evaluator left, Evaluator right, Function function) implements Condition {

    @Override
    public Truth test(Batch batch, Selection selection) {
      ColumnVector a = left.evaluate(batch, selection);
      ColumnVector b = right.evaluate(batch, selection);
      int size = batch.rowCount();
      int[] orders = orders(a, b, size, selection);
      long[] trues = new long[Bits.words(size)];
      for (int row = 0; row < size; row++) {
        if (holds(function, orders[row])) {
          Bits.set(trues, row);
        }
      }
      if (!a.mayHaveNulls() && !b.mayHaveNulls()) {
        return new Truth(trues, null);
      }
      return withNulls(a, b, size, trues);
    }

    private Truth withNulls(ColumnVector a, ColumnVector b, int size, long[] trues) {
      boolean distinct = function == Function.IS_DISTINCT_FROM;
      boolean same = function == Function.IS_NOT_DISTINCT_FROM;
      long[] unknowns = new long[trues.length];
      for (int row = 0; row < size; row++) {
        boolean nullA = a.isNull(row);
        boolean nullB = b.isNull(row);
        if (nullA || nullB) {
          Bits.clear(trues, row);
          if (distinct && nullA != nullB || same && nullA == nullB) {
            Bits.set(trues, row);
          } else if (!distinct && !same) {
            Bits.set(unknowns, row);
          }
        }
      }
      return new Truth(trues, unknowns);
    }

    private static int[] orders(ColumnVector a, ColumnVector b, int size, Selection selection) {
      int[] orders = new int[size];
      if (a instanceof LongVector x && b instanceof LongVector y) {
        for (int row = 0; row < size; row++) {
          orders[row] = Long.compare(x.values()[row], y.values()[row]);
        }
      } else if (a instanceof DoubleVector x && b instanceof DoubleVector y) {
        for (int row = 0; row < size; row++) {
          orders[row] =
              Long.compare(
                  ValueOrder.ordered(x.values()[row]), ValueOrder.ordered(y.values()[row]));
        }
      } else {
        for (int row = 0; row < size; row++) {
          if (selection.contains(row) && !a.isNull(row) && !b.isNull(row)) {
            orders[row] = ValueOrder.compare(a, row, b, row);
          }
        }
      }
      return orders;
    }

    private static boolean holds(Function function, int order) {
      return switch (function) {
        case EQUAL, IS_NOT_DISTINCT_FROM -> order == 0;
        case NOT_EQUAL, IS_DISTINCT_FROM -> order != 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
        default -> throw new IllegalStateException(function + " is no comparison");
      };
    }
  }
}
