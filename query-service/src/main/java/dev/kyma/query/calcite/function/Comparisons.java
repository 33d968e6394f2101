package dev.kyma.query.calcite.function;

import static dev.kyma.query.calcite.function.Rex.mismatch;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.LogicalType.Kind;
import dev.kyma.query.calcite.type.SqlTypes;
import dev.kyma.query.core.plan.Function;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Comparisons. Both sides are cast to one type first.
 *
 * <p>A dynamic value takes the type of the other side. Beside an integer it is taken as an integer
 * for equality, so that identifiers of 64 bits compare exactly, and as FLOAT64 for order and
 * inequality, so that fractions count.
 */
final class Comparisons {
  private Comparisons() {}

  static DialectFunction.Builder of(SqlOperator operator) {
    return (rex, arguments) -> compare(rex, operator, arguments.get(0), arguments.get(1));
  }

  static RexNode compare(Rex rex, SqlOperator operator, RexNode left, RexNode right) {
    boolean equality =
        operator == SqlStdOperatorTable.EQUALS
            || operator == SqlStdOperatorTable.IS_NOT_DISTINCT_FROM;
    List<RexNode> both = align(rex, left, right, equality);
    return rex.call(operator, both.get(0), both.get(1));
  }

  private static List<RexNode> align(Rex rex, RexNode left, RexNode right, boolean equality) {
    RelDataType a = left.getType();
    RelDataType b = right.getType();
    if (Arithmetic.isInterval(a) && SqlTypes.isUnknown(b)) {
      return List.of(left, constantInterval(rex, right));
    }
    if (Arithmetic.isInterval(b) && SqlTypes.isUnknown(a)) {
      return List.of(constantInterval(rex, left), right);
    }
    boolean leftDynamic = SqlTypes.is(a, Kind.DYNAMIC);
    boolean rightDynamic = SqlTypes.is(b, Kind.DYNAMIC);
    if (leftDynamic != rightDynamic) {
      RexNode known = leftDynamic ? right : left;
      if (Arithmetic.isInterval(known.getType())) {
        throw mismatch("");
      }
      LogicalType target = dynamicAs(known.getType(), equality);
      RexNode dynamic = rex.cast(leftDynamic ? left : right, target);
      RexNode other = rex.cast(known, target);
      return leftDynamic ? List.of(dynamic, other) : List.of(other, dynamic);
    }
    if (SqlTypes.isUnknown(a) && SqlTypes.isUnknown(b)) {
      return List.of(rex.cast(left, LogicalType.TEXT), rex.cast(right, LogicalType.TEXT));
    }
    return rex.same(List.of(exactly(rex, left, b), exactly(rex, right, a)));
  }

  /**
   * A constant number beside a decimal as the narrowest decimal, so that the column needs no cast.
   */
  private static RexNode exactly(Rex rex, RexNode node, RelDataType other) {
    if (!SqlTypes.is(other, Kind.DECIMAL)) {
      return node;
    }
    return Rex.constantNumber(node)
        .filter(number -> number.scale() >= 0 && number.precision() >= number.scale())
        .<RexNode>map(
            number ->
                rex.cast(
                    node, LogicalType.decimal(Math.max(1, number.precision()), number.scale())))
        .orElse(node);
  }

  private static LogicalType dynamicAs(RelDataType other, boolean equality) {
    if (SqlTypes.isUnknown(other)) {
      return LogicalType.TEXT;
    }
    LogicalType type = SqlTypes.logical(other);
    if (type.isInteger()) {
      return equality ? LogicalType.INT64 : LogicalType.FLOAT64;
    }
    return type.isNumeric() ? LogicalType.FLOAT64 : type;
  }

  private static RexNode constantInterval(Rex rex, RexNode node) {
    return Intervals.ofText(rex, Rex.constantText(node).orElseThrow(() -> mismatch("")));
  }

  /** {@code a BETWEEN b AND c}. */
  static RexNode between(Rex rex, List<RexNode> arguments) {
    RexNode value = arguments.get(0);
    return rex.call(
        SqlStdOperatorTable.AND,
        compare(rex, SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, value, arguments.get(1)),
        compare(rex, SqlStdOperatorTable.LESS_THAN_OR_EQUAL, value, arguments.get(2)));
  }

  /** {@code a BETWEEN SYMMETRIC b AND c}. */
  static RexNode betweenSymmetric(Rex rex, List<RexNode> arguments) {
    return rex.call(
        SqlStdOperatorTable.OR,
        between(rex, arguments),
        between(rex, List.of(arguments.get(0), arguments.get(2), arguments.get(1))));
  }

  /** {@code a IN (b, c, …)}; the translation makes a set of it where all are constants. */
  static RexNode in(Rex rex, List<RexNode> arguments) {
    List<RexNode> equals = new ArrayList<>();
    for (RexNode candidate : arguments.subList(1, arguments.size())) {
      equals.add(compare(rex, SqlStdOperatorTable.EQUALS, arguments.getFirst(), candidate));
    }
    if (equals.size() == 1) {
      return equals.getFirst();
    }
    return rex.call(Function.OR, rex.type(LogicalType.BOOL, Rex.anyNullable(equals)), equals);
  }

  /** COALESCE, GREATEST and LEAST. */
  static DialectFunction.Builder choice(Function function) {
    return (rex, arguments) -> {
      if (arguments.isEmpty()) {
        throw mismatch("it takes at least one argument");
      }
      List<RexNode> same = unify(rex, arguments);
      boolean nullable = same.stream().allMatch(node -> node.getType().isNullable());
      return rex.call(function, rex.sameType(same, nullable), same);
    };
  }

  static RexNode nullIf(Rex rex, List<RexNode> arguments) {
    Expect.count(arguments, 2);
    List<RexNode> same = unify(rex, arguments);
    return rex.call(Function.NULLIF, rex.sameType(same, true), same);
  }

  /** One type for all; a dynamic value beside a known type takes that type. */
  private static List<RexNode> unify(Rex rex, List<RexNode> arguments) {
    List<RexNode> known = new ArrayList<>();
    for (RexNode argument : arguments) {
      if (!SqlTypes.isUnknown(argument.getType())
          && !SqlTypes.is(argument.getType(), Kind.DYNAMIC)) {
        known.add(argument);
      }
    }
    boolean dynamic =
        arguments.stream().anyMatch(argument -> SqlTypes.is(argument.getType(), Kind.DYNAMIC));
    if (known.isEmpty()) {
      boolean literals =
          arguments.stream()
              .anyMatch(
                  argument ->
                      SqlTypes.isUnknown(argument.getType())
                          && !SqlTypes.isNull(argument.getType()));
      LogicalType type = dynamic && !literals ? LogicalType.DYNAMIC : LogicalType.TEXT;
      return arguments.stream().map(argument -> rex.cast(argument, type)).toList();
    }
    if (!dynamic) {
      return rex.same(arguments);
    }
    RelDataType type = rex.same(known).getFirst().getType();
    if (Arithmetic.isInterval(type)) {
      throw mismatch("");
    }
    LogicalType target = SqlTypes.logical(type);
    return arguments.stream().map(argument -> rex.cast(argument, target)).toList();
  }
}
