package dev.kyma.query.core.expr;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Selection;
import dev.kyma.query.core.plan.Expr;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The first branch that applies; each value is computed only for the rows that take it. */
final class CaseEvaluator implements Evaluator {
  private final LogicalType type;
  private final List<Condition> conditions = new ArrayList<>();
  private final List<Evaluator> values = new ArrayList<>();
  private final Evaluator otherwise;

  CaseEvaluator(Expr.Case branches, Instant now) {
    type = branches.type();
    for (Expr.Branch branch : branches.branches()) {
      conditions.add(Expressions.condition(branch.condition(), now));
      values.add(Expressions.evaluator(branch.value(), now));
    }
    otherwise = Expressions.evaluator(branches.otherwise(), now);
  }

  @Override
  public ColumnVector evaluate(Batch batch, Selection selection) {
    Merge merge = new Merge(type, batch.rowCount());
    Selection open = selection;
    for (int i = 0; i < conditions.size() && !open.isEmpty(); i++) {
      Selection taken = conditions.get(i).select(batch, open);
      if (!taken.isEmpty()) {
        merge.add(values.get(i).evaluate(batch, taken), taken);
        open = without(open, taken);
      }
    }
    if (!open.isEmpty()) {
      merge.add(otherwise.evaluate(batch, open), open);
    }
    return merge.finish();
  }

  /** The rows of one selection that are not in the other. */
  static Selection without(Selection rows, Selection taken) {
    long[] words = new long[rows.words().length];
    for (int w = 0; w < words.length; w++) {
      words[w] = rows.words()[w] & ~taken.words()[w];
    }
    return Selection.of(rows.size(), words);
  }
}
