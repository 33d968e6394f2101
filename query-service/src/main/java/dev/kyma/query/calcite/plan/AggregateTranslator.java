package dev.kyma.query.calcite.plan;

import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import dev.kyma.query.calcite.function.AggregateOperator;
import dev.kyma.query.calcite.type.SqlTypes;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.plan.AggregateCall;
import dev.kyma.query.core.plan.AggregateFunction;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.PlanColumn;
import dev.kyma.query.core.plan.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Translates aggregates. Arguments that need a cast become further columns below; constants that
 * steer a function are taken out of the input; literals that Calcite hides in aggregates become
 * columns above.
 */
final class AggregateTranslator {
  private final ExprTranslator expressions;

  AggregateTranslator(ExprTranslator expressions) {
    this.expressions = expressions;
  }

  Plan translate(Aggregate aggregate, Plan input) {
    List<PlanColumn> output = PlanTranslator.columns(aggregate.getRowType());
    List<Integer> keys = aggregate.getGroupSet().asList();
    Input below = new Input(input);
    List<AggregateCall> calls = new ArrayList<>();
    List<Optional<Expr>> hidden = new ArrayList<>();
    for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
      org.apache.calcite.rel.core.AggregateCall call = aggregate.getAggCallList().get(i);
      PlanColumn column = output.get(keys.size() + i);
      if (call.getAggregation().getKind() == SqlKind.LITERAL_AGG) {
        hidden.add(Optional.of(expressions.translate(call.rexList.getFirst())));
      } else {
        hidden.add(Optional.empty());
        calls.add(call(call, column, below));
      }
    }
    List<PlanColumn> own = new ArrayList<>(output.subList(0, keys.size()));
    for (int i = 0, at = 0; i < hidden.size(); i++) {
      if (hidden.get(i).isEmpty()) {
        PlanColumn shown = output.get(keys.size() + i);
        own.add(new PlanColumn(shown.name(), calls.get(at++).type(), shown.nullable()));
      }
    }
    Plan plan = new Plan.Aggregate(below.plan(), keys, sets(aggregate, keys), calls, own);
    boolean same =
        own.stream()
            .map(PlanColumn::type)
            .toList()
            .equals(output.stream().map(PlanColumn::type).toList());
    return same ? plan : withHidden(plan, keys.size(), hidden, output);
  }

  private static Plan withHidden(
      Plan plan, int keys, List<Optional<Expr>> hidden, List<PlanColumn> output) {
    List<PlanColumn> own = plan.output();
    List<Expr> all = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      all.add(new Expr.ColumnRef(i, own.get(i).type()));
    }
    int at = keys;
    for (Optional<Expr> literal : hidden) {
      LogicalType shown = output.get(all.size()).type();
      if (literal.isPresent()) {
        all.add(ExprTranslator.cast(literal.get(), shown));
      } else {
        all.add(ExprTranslator.cast(new Expr.ColumnRef(at, own.get(at).type()), shown));
        at++;
      }
    }
    return new Plan.Project(plan, all, output);
  }

  private static List<List<Integer>> sets(Aggregate aggregate, List<Integer> keys) {
    List<List<Integer>> sets = new ArrayList<>();
    for (ImmutableBitSet set : aggregate.getGroupSets()) {
      sets.add(set.asList().stream().map(keys::indexOf).toList());
    }
    return sets;
  }

  private AggregateCall call(
      org.apache.calcite.rel.core.AggregateCall call, PlanColumn column, Input below) {
    AggregateFunction function = function(call.getAggregation());
    List<Integer> given = call.getArgList();
    int values =
        function == AggregateFunction.COUNT || function == AggregateFunction.GROUPING
            ? given.size()
            : Math.min(1, given.size());
    List<Integer> arguments = new ArrayList<>();
    for (int i = 0; i < values; i++) {
      int argument = given.get(i);
      if (call.getAggregation() instanceof AggregateOperator operator
          && !SqlTypes.isNanos(call.getType())
          && !SqlTypes.isMonths(call.getType())) {
        argument = below.cast(argument, operator.argumentType(below.type(argument)));
      }
      arguments.add(argument);
    }
    List<Expr.Literal> parameters = new ArrayList<>();
    for (int i = values; i < given.size(); i++) {
      parameters.add(parameter(function, below.constant(given.get(i))));
    }
    List<SortKey> order = PlanTranslator.keys(call.getCollation());
    if (function == AggregateFunction.PERCENTILE_CONT
        || function == AggregateFunction.PERCENTILE_DISC) {
      order =
          List.of(
              new SortKey(arguments.getFirst(), SortKey.Direction.ASCENDING, SortKey.Nulls.LAST));
    }
    return new AggregateCall(
        function,
        arguments,
        parameters,
        call.isDistinct(),
        call.filterArg < 0 ? OptionalInt.empty() : OptionalInt.of(call.filterArg),
        order,
        column.name(),
        type(call, function, column));
  }

  /** The answer's type; sums of intervals are those of integers, and cast back above. */
  private static LogicalType type(
      org.apache.calcite.rel.core.AggregateCall call,
      AggregateFunction function,
      PlanColumn column) {
    boolean interval = SqlTypes.isNanos(call.getType()) || SqlTypes.isMonths(call.getType());
    if (!interval) {
      return column.type();
    }
    return switch (function) {
      case SUM -> LogicalType.decimal(LogicalType.MAX_DECIMAL_PRECISION, 0);
      case AVG -> LogicalType.decimal(LogicalType.MAX_DECIMAL_PRECISION, 16);
      default -> column.type();
    };
  }

  /** A steering constant as the function asks for it. */
  private static Expr.Literal parameter(AggregateFunction function, Optional<Constant> constant) {
    Optional<Expr.Literal> parameter =
        switch (function) {
          case PERCENTILE_CONT, PERCENTILE_DISC, APPROX_PERCENTILE ->
              constant
                  .flatMap(
                      value ->
                          Literals.constant(
                              ExprTranslator.cast(Expr.Literal.of(value), LogicalType.FLOAT64)))
                  .filter(
                      value ->
                          value instanceof Constant.OfDouble fraction
                              && fraction.value() >= 0
                              && fraction.value() <= 1)
                  .map(Expr.Literal::of);
          default ->
              constant
                  .flatMap(
                      value ->
                          Literals.constant(
                              ExprTranslator.cast(Expr.Literal.of(value), LogicalType.TEXT)))
                  .map(Expr.Literal::of);
        };
    return parameter.orElseThrow(
        () ->
            StatementException.of(
                Code.INVALID,
                function == AggregateFunction.STRING_AGG
                    ? "The separator of string_agg must be a constant text."
                    : "The fraction of a percentile must be a constant from 0 to 1."));
  }

  static AggregateFunction function(SqlAggFunction function) {
    if (function instanceof AggregateOperator operator) {
      return operator.function();
    }
    return switch (function.getKind()) {
      case COUNT -> AggregateFunction.COUNT;
      case MIN -> AggregateFunction.MIN;
      case MAX -> AggregateFunction.MAX;
      case SINGLE_VALUE -> AggregateFunction.SINGLE_VALUE;
      case ANY_VALUE -> AggregateFunction.ANY_VALUE;
      case FIRST_VALUE -> AggregateFunction.FIRST_VALUE;
      case LAST_VALUE -> AggregateFunction.LAST_VALUE;
      case GROUPING, GROUPING_ID -> AggregateFunction.GROUPING;
      default -> throw ExprTranslator.unsupported("The aggregate " + function.getName());
    };
  }

  /** The input with the casts that were needed after its own columns. */
  private static final class Input {
    private final Plan input;
    private final List<PlanColumn> columns;
    private final List<Expr> casts = new ArrayList<>();

    Input(Plan input) {
      this.input = input;
      this.columns = new ArrayList<>(input.output());
    }

    LogicalType type(int column) {
      return columns.get(column).type();
    }

    int cast(int column, LogicalType type) {
      if (type(column).equals(type)) {
        return column;
      }
      Expr cast = new Expr.Cast(new Expr.ColumnRef(column, type(column)), type);
      int known = casts.indexOf(cast);
      if (known < 0) {
        casts.add(cast);
        columns.add(new PlanColumn(columns.get(column).name(), type, true));
        known = casts.size() - 1;
      }
      return input.output().size() + known;
    }

    Optional<Constant> constant(int column) {
      return input instanceof Plan.Project project
          ? Literals.constant(project.expressions().get(column))
          : Optional.empty();
    }

    Plan plan() {
      if (casts.isEmpty()) {
        return input;
      }
      List<Expr> all = new ArrayList<>();
      for (int i = 0; i < input.output().size(); i++) {
        all.add(new Expr.ColumnRef(i, columns.get(i).type()));
      }
      all.addAll(casts);
      return new Plan.Project(input, all, columns);
    }
  }
}
