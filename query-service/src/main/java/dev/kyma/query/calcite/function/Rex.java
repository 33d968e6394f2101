package dev.kyma.query.calcite.function;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.LogicalType.Kind;
import dev.kyma.query.calcite.function.DialectFunction.MismatchException;
import dev.kyma.query.calcite.type.SqlTypes;
import dev.kyma.query.core.plan.Function;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;

/** Makes expressions with the conversions Postgres would make. */
final class Rex {
  private final RexBuilder builder;
  private final RelDataTypeFactory factory;

  Rex(RexBuilder builder) {
    this.builder = builder;
    this.factory = builder.getTypeFactory();
  }

  RexBuilder builder() {
    return builder;
  }

  static MismatchException mismatch(String message) {
    return new MismatchException(message);
  }

  RelDataType type(LogicalType type, boolean nullable) {
    return SqlTypes.of(factory, type, nullable);
  }

  RelDataType nanos(boolean nullable) {
    return SqlTypes.nanos(factory, nullable);
  }

  RelDataType months(boolean nullable) {
    return SqlTypes.months(factory, nullable);
  }

  static boolean anyNullable(List<RexNode> nodes) {
    return nodes.stream().anyMatch(node -> node.getType().isNullable());
  }

  /** A call that is NULL where an argument is. */
  RexNode call(Function function, LogicalType type, RexNode... arguments) {
    List<RexNode> list = List.of(arguments);
    return call(function, type(type, anyNullable(list)), list);
  }

  /** A call that may be NULL though no argument is. */
  RexNode nullableCall(Function function, LogicalType type, List<RexNode> arguments) {
    return call(function, type(type, true), arguments);
  }

  RexNode call(Function function, RelDataType type, List<RexNode> arguments) {
    return builder.makeCall(type, new CoreFunction(function, type), arguments);
  }

  RexNode call(SqlOperator operator, RexNode... arguments) {
    return builder.makeCall(operator, arguments);
  }

  RexNode cast(RexNode node, LogicalType type) {
    boolean nullable = node.getType().isNullable() || SqlTypes.is(node.getType(), Kind.DYNAMIC);
    RelDataType target = type(type, nullable);
    if (node.getType().equals(target)) {
      return node;
    }
    if (type.kind() == Kind.DYNAMIC || type.kind() == Kind.VECTOR) {
      return builder.makeCall(target, new OpaqueCast(target), List.of(node));
    }
    return builder.makeAbstractCast(target, node, false);
  }

  /** The argument as a type an implicit conversion leads to, or a mismatch. */
  RexNode implicit(RexNode node, LogicalType type) {
    RelDataType from = node.getType();
    if (SqlTypes.isUnknown(from) || SqlTypes.is(from, Kind.DYNAMIC)) {
      return cast(node, type);
    }
    if (SqlTypes.isNanos(from) || SqlTypes.isMonths(from)) {
      throw mismatch("");
    }
    LogicalType logical = SqlTypes.logical(from);
    boolean fits =
        logical.equals(type)
            || logical.isInteger() && (type.isInteger() || type.kind() == Kind.DECIMAL)
            || logical.isNumeric() && SqlTypes.isFloat(type)
            || logical.kind() == Kind.DECIMAL && type.kind() == Kind.DECIMAL
            || logical.kind() == Kind.DATE && type.kind() == Kind.TIMESTAMP
            || type.kind() == Kind.DYNAMIC;
    if (!fits) {
      throw mismatch("");
    }
    return cast(node, type);
  }

  RexNode text(RexNode node) {
    return implicit(node, LogicalType.TEXT);
  }

  RexNode float64(RexNode node) {
    return implicit(node, LogicalType.FLOAT64);
  }

  RexNode int64(RexNode node) {
    return implicit(node, LogicalType.INT64);
  }

  RexNode timestamp(RexNode node) {
    return implicit(node, LogicalType.TIMESTAMP);
  }

  /** An interval of a constant length. */
  RexNode interval(long value, RelDataType type) {
    RexNode number =
        builder.makeExactLiteral(BigDecimal.valueOf(value), type(LogicalType.INT64, false));
    return builder.makeCall(type, new IntervalLiteral(type), List.of(number));
  }

  RexNode textLiteral(String text) {
    return cast(builder.makeLiteral(text), LogicalType.TEXT);
  }

  RexNode intLiteral(long value) {
    return builder.makeExactLiteral(BigDecimal.valueOf(value), type(LogicalType.INT64, false));
  }

  /** All arguments as the one type they have in common. */
  List<RexNode> same(List<RexNode> nodes) {
    RelDataType common = nodes.getFirst().getType();
    for (RexNode node : nodes) {
      Optional<RelDataType> both = SqlTypes.common(factory, common, node.getType());
      common = both.orElseThrow(() -> mismatch(""));
    }
    List<RexNode> same = new ArrayList<>();
    for (RexNode node : nodes) {
      if (SqlTypes.isNanos(common) || SqlTypes.isMonths(common)) {
        same.add(
            SqlTypes.isUnknown(node.getType())
                ? builder.makeAbstractCast(common, node, false)
                : node);
      } else {
        same.add(cast(node, SqlTypes.logical(common)));
      }
    }
    return same;
  }

  /** The type of {@link #same} arguments. */
  RelDataType sameType(List<RexNode> same, boolean nullable) {
    return factory.createTypeWithNullability(same.getFirst().getType(), nullable);
  }

  /** The value of a constant text, if the node is one. */
  static Optional<String> constantText(RexNode node) {
    RexNode inner =
        node.isA(org.apache.calcite.sql.SqlKind.CAST)
            ? ((org.apache.calcite.rex.RexCall) node).getOperands().getFirst()
            : node;
    return inner instanceof RexLiteral literal
            && !literal.isNull()
            && literal.getTypeName() == org.apache.calcite.sql.type.SqlTypeName.CHAR
        ? Optional.ofNullable(literal.getValueAs(String.class))
        : Optional.empty();
  }

  /** The value of a constant number, if the node is one. */
  static Optional<BigDecimal> constantNumber(RexNode node) {
    return node instanceof RexLiteral literal
            && literal.getTypeName() == org.apache.calcite.sql.type.SqlTypeName.DECIMAL
        ? Optional.ofNullable(literal.getValueAs(BigDecimal.class))
        : Optional.empty();
  }
}
