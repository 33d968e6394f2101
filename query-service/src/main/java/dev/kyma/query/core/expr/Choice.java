package dev.kyma.query.core.expr;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.AllNull;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Selection;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import java.time.Instant;
import java.util.List;

/** Functions that answer one of their arguments. Stateless. */
final class Choice {
  private Choice() {}

  static Evaluator evaluator(Expr.Call call, Instant now) {
    return switch (call.function()) {
      case COALESCE -> coalesce(call, now);
      case NULLIF -> nullIf(call, now);
      case GREATEST -> extreme(call, now, 1);
      case LEAST -> extreme(call, now, -1);
      default -> throw new IllegalStateException(call.function() + " is no choice");
    };
  }

  /** A later argument is computed only where the earlier ones are NULL. */
  private static Evaluator coalesce(Expr.Call call, Instant now) {
    List<Evaluator> arguments = Expressions.evaluators(call.arguments(), now);
    LogicalType type = call.type();
    return (batch, selection) -> {
      ColumnVector first = arguments.getFirst().evaluate(batch, selection);
      if (!first.mayHaveNulls()) {
        return first;
      }
      Merge merge = new Merge(type, batch.rowCount());
      Selection open = selection;
      ColumnVector column = first;
      for (int i = 0; i < arguments.size() && !open.isEmpty(); i++) {
        if (i > 0) {
          column = arguments.get(i).evaluate(batch, open);
        }
        Selection present = present(column, open);
        merge.add(column, present);
        open = CaseEvaluator.without(open, present);
      }
      return merge.finish();
    };
  }

  private static Selection present(ColumnVector column, Selection among) {
    long[] nulls = column.nulls();
    if (nulls == null) {
      return among;
    }
    long[] words = new long[among.words().length];
    for (int w = 0; w < words.length; w++) {
      words[w] = among.words()[w] & ~(w < nulls.length ? nulls[w] : 0);
    }
    return Selection.of(among.size(), words);
  }

  private static Evaluator nullIf(Expr.Call call, Instant now) {
    Evaluator value = Expressions.evaluator(call.arguments().getFirst(), now);
    Condition equal =
        Expressions.condition(
            new Expr.Call(Function.EQUAL, call.arguments(), LogicalType.BOOL), now);
    return (batch, selection) -> {
      Selection same = equal.select(batch, selection);
      ColumnVector column = value.evaluate(batch, selection);
      if (same.isEmpty()) {
        return column;
      }
      Merge merge = new Merge(call.type(), batch.rowCount());
      merge.add(AllNull.of(call.type(), batch.rowCount()), same);
      merge.add(column, CaseEvaluator.without(selection, same));
      return merge.finish();
    };
  }

  private static Evaluator extreme(Expr.Call call, Instant now, int wanted) {
    return Expressions.scalar(
        call.type(),
        call.arguments(),
        now,
        (row, result) -> {
          int best = -1;
          for (int i = 0; i < row.count(); i++) {
            if (!row.isNull(i)
                && (best < 0
                    || wanted
                            * ValueOrder.compare(
                                row.column(i), row.place(), row.column(best), row.place())
                        > 0)) {
              best = i;
            }
          }
          if (best < 0) {
            result.nothing();
          } else {
            result.copy(row.column(best), row.place());
          }
        },
        ScalarEvaluator.Nulls.SEEN);
  }
}
