package dev.kyma.query.core;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.frontend.OutputColumn;
import dev.kyma.query.core.frontend.QueryFrontend;
import dev.kyma.query.core.frontend.Session;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.core.frontend.TableShape;
import dev.kyma.query.core.plan.AggregateCall;
import dev.kyma.query.core.plan.AggregateFunction;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.PlanColumn;
import dev.kyma.query.core.plan.ReadPoint;
import dev.kyma.query.core.plan.RowVersions;
import dev.kyma.query.core.plan.ScanColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A language of pipes: {@code spans | above duration 5 | count service | take 3}. It shares nothing
 * with SQL but the tree it produces.
 */
final class PipeFrontend implements QueryFrontend {
  @Override
  public String language() {
    return "pipe";
  }

  @Override
  public void warmUp() {}

  @Override
  public Statement parse(String text, Session session) {
    String[] steps = text.split("\\|");
    TableShape table =
        session
            .schemas()
            .table(new TableName("default", steps[0].strip()))
            .orElseThrow(
                () -> StatementException.of(StatementException.Code.UNKNOWN_TABLE, "No table."));
    List<ScanColumn> columns = new ArrayList<>();
    for (Field field : table.schema().fields()) {
      columns.add(
          new ScanColumn(field.name(), ColumnPath.of(field.id(), field.type()), field.nullable()));
    }
    Plan plan =
        new Plan.Scan(
            table.table(),
            ReadPoint.CURRENT,
            RowVersions.CURRENT,
            columns,
            new Predicate.And(List.of()));
    for (int i = 1; i < steps.length; i++) {
      plan = step(plan, steps[i].strip().split(" "));
    }
    List<OutputColumn> output =
        plan.output().stream().map(c -> new OutputColumn(c.name(), c.type())).toList();
    return new Statement.Query(plan, output);
  }

  private static Plan step(Plan input, String[] words) {
    return switch (words[0]) {
      case "above" -> {
        int column = place(input, words[1]);
        LogicalType type = input.output().get(column).type();
        yield new Plan.Filter(
            input,
            Expr.Call.of(
                Function.GREATER,
                LogicalType.BOOL,
                new Expr.ColumnRef(column, type),
                Expr.Literal.of(Constant.of(type, Long.parseLong(words[2])))));
      }
      case "count" -> {
        int column = place(input, words[1]);
        PlanColumn key = input.output().get(column);
        yield new Plan.Aggregate(
            input,
            List.of(column),
            List.of(List.of(0)),
            List.of(
                new AggregateCall(
                    AggregateFunction.COUNT,
                    List.of(),
                    List.of(),
                    false,
                    OptionalInt.empty(),
                    List.of(),
                    "n",
                    LogicalType.INT64)),
            List.of(key, new PlanColumn("n", LogicalType.INT64, false)));
      }
      case "take" -> new Plan.Limit(input, 0, OptionalLong.of(Long.parseLong(words[1])));
      default ->
          throw StatementException.of(StatementException.Code.SYNTAX, "No step " + words[0] + ".");
    };
  }

  private static int place(Plan input, String name) {
    for (int i = 0; i < input.output().size(); i++) {
      if (input.output().get(i).name().equals(name)) {
        return i;
      }
    }
    throw StatementException.of(StatementException.Code.UNKNOWN_COLUMN, "No column " + name + ".");
  }
}
