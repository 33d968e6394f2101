package dev.kyma.query.calcite.plan;

import dev.kyma.format.type.LogicalType;
import dev.kyma.query.calcite.function.AggregateOperator;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.PlanColumn;
import dev.kyma.query.core.plan.SortKey;
import dev.kyma.query.core.plan.WindowCall;
import dev.kyma.query.core.plan.WindowCall.Bound;
import dev.kyma.query.core.plan.WindowCall.Frame;
import dev.kyma.query.core.plan.WindowCall.PlaceFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlKind;

/** Translates windows. Constants and casts they use become columns of the input. */
final class WindowTranslator {

  Plan translate(Window window, Plan input) {
    List<PlanColumn> output = PlanTranslator.columns(window.getRowType());
    int width = input.output().size();
    List<Expr> below = new ArrayList<>();
    List<PlanColumn> columns = new ArrayList<>(input.output());
    for (int i = 0; i < width; i++) {
      below.add(new Expr.ColumnRef(i, columns.get(i).type()));
    }
    for (RexLiteral constant : window.constants) {
      Expr.Literal literal = Constants.of(constant, ExprTranslator.type(constant.getType()));
      below.add(literal);
      columns.add(new PlanColumn("constant", literal.type(), literal.isNull()));
    }
    List<WindowCall> calls = new ArrayList<>();
    for (Window.Group group : window.groups) {
      for (Window.RexWinAggCall call : group.aggCalls) {
        calls.add(call(group, call, output.get(width + calls.size()), below, columns, width));
      }
    }
    boolean widened = below.size() > width;
    Plan source = widened ? new Plan.Project(input, below, columns) : input;
    Plan plan = new Plan.Window(source, calls);
    if (!widened) {
      return plan;
    }
    List<Expr> kept = new ArrayList<>();
    for (int i = 0; i < output.size(); i++) {
      int at = i < width ? i : i - width + below.size();
      kept.add(new Expr.ColumnRef(at, output.get(i).type()));
    }
    return new Plan.Project(plan, kept, output);
  }

  private static WindowCall call(
      Window.Group group,
      Window.RexWinAggCall call,
      PlanColumn column,
      List<Expr> below,
      List<PlanColumn> columns,
      int width) {
    if (call.distinct) {
      throw ExprTranslator.unsupported("DISTINCT over a window");
    }
    List<Integer> arguments = new ArrayList<>();
    WindowCall.Function function = function(call);
    for (RexNode operand : call.getOperands()) {
      int argument = ((RexInputRef) operand).getIndex();
      if (call.getOperator() instanceof AggregateOperator operator) {
        LogicalType type = columns.get(argument).type();
        LogicalType asked = operator.argumentType(type);
        if (!type.equals(asked)) {
          below.add(new Expr.Cast(below.get(argument), asked));
          columns.add(new PlanColumn(columns.get(argument).name(), asked, true));
          argument = columns.size() - 1;
        }
      }
      arguments.add(argument);
    }
    List<SortKey> order = PlanTranslator.keys(group.orderKeys);
    Frame frame =
        new Frame(
            group.isRows ? Frame.Unit.ROWS : Frame.Unit.RANGE,
            bound(group.lowerBound, below, width),
            bound(group.upperBound, below, width));
    return new WindowCall(
        function, arguments, group.keys.asList(), order, frame, column.name(), column.type());
  }

  private static WindowCall.Function function(Window.RexWinAggCall call) {
    SqlKind kind = call.getOperator().getKind();
    return switch (kind) {
      case ROW_NUMBER -> place(PlaceFunction.ROW_NUMBER);
      case RANK -> place(PlaceFunction.RANK);
      case DENSE_RANK -> place(PlaceFunction.DENSE_RANK);
      case PERCENT_RANK -> place(PlaceFunction.PERCENT_RANK);
      case CUME_DIST -> place(PlaceFunction.CUME_DIST);
      case NTILE -> place(PlaceFunction.NTILE);
      case LAG -> place(PlaceFunction.LAG);
      case LEAD -> place(PlaceFunction.LEAD);
      case NTH_VALUE -> place(PlaceFunction.NTH_VALUE);
      default ->
          new WindowCall.Function.OfFrame(
              AggregateTranslator.function(
                  (org.apache.calcite.sql.SqlAggFunction) call.getOperator()));
    };
  }

  private static WindowCall.Function place(PlaceFunction function) {
    return new WindowCall.Function.OfPlace(function);
  }

  private static Bound bound(RexWindowBound bound, List<Expr> below, int width) {
    if (bound.isUnbounded()) {
      return bound.isPreceding() ? new Bound.UnboundedPreceding() : new Bound.UnboundedFollowing();
    }
    if (bound.isCurrentRow()) {
      return new Bound.CurrentRow();
    }
    RexNode offset = bound.getOffset();
    if (offset instanceof RexInputRef ref
        && ref.getIndex() >= width
        && below.get(ref.getIndex()) instanceof Expr.Literal literal) {
      return bound.isPreceding() ? new Bound.Preceding(literal) : new Bound.Following(literal);
    }
    throw ExprTranslator.unsupported("A frame whose bounds are no constants");
  }
}
