package dev.kyma.query.calcite.plan;

import dev.kyma.format.type.LogicalType;
import dev.kyma.query.calcite.function.Operators;
import dev.kyma.query.calcite.parse.Places;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.expr.Expressions;
import dev.kyma.query.core.frontend.Schemas;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import dev.kyma.query.core.plan.Plan;
import java.time.Instant;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Expressions that name no column, typed and computed. Stateless. */
public final class ConstantExpression {
  private ConstantExpression() {}

  /**
   * An expression over no columns, as a type.
   *
   * @throws StatementException if it names a column or a table, or does not fit the type
   */
  public static Expr typed(SqlNode node, LogicalType type, Schemas schemas, Instant now) {
    SqlParserPos pos = node.getParserPosition();
    SqlNodeList items = new SqlNodeList(List.of(Operators.cast(type).createCall(pos, node)), pos);
    SqlNode query =
        new SqlSelect(
            pos,
            SqlNodeList.EMPTY,
            items,
            null,
            null,
            null,
            null,
            SqlNodeList.EMPTY,
            null,
            null,
            null,
            null,
            SqlNodeList.EMPTY);
    Plan plan = PlannedQuery.of(query, schemas, now).plan();
    if (plan instanceof Plan.Project project
        && project.input() instanceof Plan.Values values
        && values.rows().size() == 1) {
      return project.expressions().getFirst();
    }
    if (plan instanceof Plan.Values values && values.rows().size() == 1) {
      return values.rows().getFirst().getFirst();
    }
    throw StatementException.at(
        Code.UNSUPPORTED, Places.start(pos), "Only constant expressions are supported here.");
  }

  /**
   * The value of an expression over no columns, as a type.
   *
   * @param what what the value is for, at the beginning of a sentence
   * @throws StatementException if it has none
   */
  public static Expr.Literal value(
      SqlNode node, LogicalType type, String what, Schemas schemas, Instant now) {
    Expr expr = typed(node, type, schemas, now);
    try {
      return Expressions.constant(expr, now);
    } catch (QueryException error) {
      throw StatementException.at(
          Code.VALUE,
          Places.start(node.getParserPosition()),
          what + " cannot be computed: " + error.getMessage() + ".");
    }
  }

  /** Whether an expression's value depends on when or how often it is computed. */
  public static boolean varies(Expr expr) {
    return switch (expr) {
      case Expr.ColumnRef _ -> true;
      case Expr.Literal _ -> false;
      case Expr.Cast cast -> varies(cast.argument());
      case Expr.Case branches ->
          branches.branches().stream()
                  .anyMatch(branch -> varies(branch.condition()) || varies(branch.value()))
              || varies(branches.otherwise());
      case Expr.In in -> varies(in.operand());
      case Expr.Call call ->
          call.function() == Function.NOW
              || call.function() == Function.RANDOM
              || call.arguments().stream().anyMatch(ConstantExpression::varies);
    };
  }
}
