package dev.kyma.query.calcite.plan;

import dev.kyma.format.type.LogicalType;
import dev.kyma.query.calcite.type.SqlTypes;
import dev.kyma.query.core.frontend.OutputColumn;
import dev.kyma.query.core.frontend.Schemas;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.PlanColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlNode;

/**
 * A query translated to the relational tree, constants not yet folded.
 *
 * @param plan the query
 * @param columns its columns
 */
public record PlannedQuery(Plan plan, List<OutputColumn> columns) {
  public PlannedQuery {
    columns = List.copyOf(columns);
  }

  /**
   * Plans a parsed query.
   *
   * @param now the time the statement began; only states before it depend on it
   * @throws dev.kyma.query.core.frontend.StatementException if it cannot be answered
   */
  public static PlannedQuery of(SqlNode query, Schemas schemas, Instant now) {
    QueryPlanner.Planned planned = QueryPlanner.plan(query, schemas);
    Plan plan = PlanTranslator.translate(planned.rel(), now);
    List<RelDataTypeField> fields = planned.type().getFieldList();
    List<PlanColumn> own = plan.output();
    List<PlanColumn> output = new ArrayList<>();
    List<Expr> shown = new ArrayList<>();
    boolean same = true;
    for (int i = 0; i < fields.size(); i++) {
      RelDataType type = fields.get(i).getType();
      Expr column = new Expr.ColumnRef(i, own.get(i).type());
      Expr value = shown(column, type);
      same &= value.equals(column) && own.get(i).name().equals(planned.columns().get(i));
      shown.add(value);
      output.add(new PlanColumn(planned.columns().get(i), value.type(), own.get(i).nullable()));
    }
    List<OutputColumn> columns =
        output.stream().map(column -> new OutputColumn(column.name(), column.type())).toList();
    return new PlannedQuery(same ? plan : new Plan.Project(plan, shown, output), columns);
  }

  /** A column as the user sees it: intervals as text. */
  private static Expr shown(Expr column, RelDataType type) {
    if (SqlTypes.isNanos(type)) {
      return Expr.Call.of(Function.NANOS_TO_TEXT, LogicalType.TEXT, column);
    }
    if (SqlTypes.isMonths(type)) {
      return Expr.Call.of(Function.MONTHS_TO_TEXT, LogicalType.TEXT, column);
    }
    return column;
  }
}
