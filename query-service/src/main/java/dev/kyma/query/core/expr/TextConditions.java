package dev.kyma.query.core.expr;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.predicate.PredicateEvaluator;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.Selection;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions that storage knows too, evaluated by storage's own kernels. Stateless. */
final class TextConditions {
  private TextConditions() {}

  /** A predicate about one computed column; unknown where the column is NULL. */
  static Condition predicate(Evaluator operand, ColumnPath path, Predicate predicate) {
    PredicateEvaluator evaluator;
    try {
      evaluator = new PredicateEvaluator(predicate);
    } catch (IllegalArgumentException e) {
      throw QueryException.invalidValue(String.valueOf(e.getMessage()));
    }
    return (batch, selection) -> {
      ColumnVector column = operand.evaluate(batch, selection);
      Selection matching = evaluator.select(ignored -> column, selection);
      return Truth.masked(matching.words(), Truth.fit(column.nulls(), matching.words().length));
    };
  }

  static ColumnPath path(Expr operand) {
    return ColumnPath.of(1, operand.type());
  }

  static Condition condition(Expr.Call call, Instant now) {
    List<Expr> arguments = call.arguments();
    Expr operand = arguments.getFirst();
    String pattern = constant(arguments.get(1));
    String escape = arguments.size() < 3 ? "\\" : constant(arguments.get(2));
    if (pattern == null || escape == null) {
      // The pattern is computed: one for each row.
      return Logic.ofColumn(Expressions.scalar(call, now, perRow(call.function())));
    }
    return predicate(
        Expressions.evaluator(operand, now),
        path(operand),
        predicate(call.function(), path(operand), pattern, escape));
  }

  private static Predicate predicate(
      Function function, ColumnPath path, String pattern, String escape) {
    if (function == Function.HAS) {
      return new Predicate.HasToken(path, pattern);
    }
    return new Predicate.Like(path, pattern, escapeOf(escape), function == Function.ILIKE);
  }

  private static char escapeOf(String escape) {
    if (escape.length() > 1) {
      throw QueryException.invalidValue("the escape of LIKE must be one character");
    }
    return escape.isEmpty() ? 0 : escape.charAt(0);
  }

  private static RowFunction perRow(Function function) {
    return (row, result) -> {
      ColumnPath path = ColumnPath.of(1, row.type(0));
      String escape = row.count() < 3 ? "\\" : row.text(2);
      PredicateEvaluator evaluator;
      try {
        evaluator = new PredicateEvaluator(predicate(function, path, row.text(1), escape));
      } catch (IllegalArgumentException e) {
        throw QueryException.invalidValue(String.valueOf(e.getMessage()));
      }
      ColumnVector one = Gather.repeat(row.column(0), row.place(), 1);
      result.bool(!evaluator.select(ignored -> one, 1).isEmpty());
    };
  }

  /** The text of a constant; null where it is none or NULL. */
  static @Nullable String constant(Expr expression) {
    return expression instanceof Expr.Literal literal
            && literal.value() instanceof Constant.OfBytes bytes
        ? bytes.text()
        : null;
  }
}
