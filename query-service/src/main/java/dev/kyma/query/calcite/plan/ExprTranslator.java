package dev.kyma.query.calcite.plan;

import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import dev.kyma.query.calcite.function.CoreFunction;
import dev.kyma.query.calcite.function.IntervalLiteral;
import dev.kyma.query.calcite.function.OpaqueCast;
import dev.kyma.query.calcite.type.SqlTypes;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** Translates expressions. Stateless but for the builder. */
final class ExprTranslator {
  private final RexBuilder builder;

  ExprTranslator(RexBuilder builder) {
    this.builder = builder;
  }

  List<Expr> translate(List<RexNode> nodes) {
    return nodes.stream().map(this::translate).toList();
  }

  Expr translate(RexNode node) {
    return switch (node) {
      case RexInputRef ref -> new Expr.ColumnRef(ref.getIndex(), type(ref.getType()));
      case RexLiteral literal -> Constants.of(literal, type(literal.getType()));
      case RexCall call -> call(call);
      default -> throw unsupported("This expression");
    };
  }

  static LogicalType type(RelDataType type) {
    try {
      return SqlTypes.logical(type);
    } catch (IllegalArgumentException none) {
      throw unsupported("The type " + type);
    }
  }

  static StatementException unsupported(String what) {
    return StatementException.of(Code.UNSUPPORTED, what + " is not supported here.");
  }

  private Expr call(RexCall call) {
    if (call.getOperator() instanceof CoreFunction function) {
      return core(function.function(), call);
    }
    if (call.getOperator() instanceof IntervalLiteral) {
      return translate(call.getOperands().getFirst());
    }
    if (call.getOperator() instanceof OpaqueCast) {
      return cast(translate(call.getOperands().getFirst()), type(call.getType()));
    }
    return switch (call.getKind()) {
      case EQUALS -> simple(Function.EQUAL, call);
      case NOT_EQUALS -> simple(Function.NOT_EQUAL, call);
      case LESS_THAN -> simple(Function.LESS, call);
      case LESS_THAN_OR_EQUAL -> simple(Function.LESS_OR_EQUAL, call);
      case GREATER_THAN -> simple(Function.GREATER, call);
      case GREATER_THAN_OR_EQUAL -> simple(Function.GREATER_OR_EQUAL, call);
      case IS_DISTINCT_FROM -> simple(Function.IS_DISTINCT_FROM, call);
      case IS_NOT_DISTINCT_FROM -> simple(Function.IS_NOT_DISTINCT_FROM, call);
      case AND -> flat(Function.AND, call);
      case OR -> or(flat(Function.OR, call));
      case NOT -> simple(Function.NOT, call);
      case IS_NULL, IS_UNKNOWN -> simple(Function.IS_NULL, call);
      case IS_NOT_NULL -> simple(Function.IS_NOT_NULL, call);
      case IS_TRUE -> simple(Function.IS_TRUE, call);
      case IS_NOT_TRUE -> simple(Function.IS_NOT_TRUE, call);
      case IS_FALSE -> simple(Function.IS_FALSE, call);
      case IS_NOT_FALSE -> simple(Function.IS_NOT_FALSE, call);
      case COALESCE -> choice(Function.COALESCE, call);
      case PLUS -> arithmetic(Function.ADD, call);
      case MINUS -> arithmetic(Function.SUBTRACT, call);
      case TIMES -> arithmetic(Function.MULTIPLY, call);
      case DIVIDE -> arithmetic(Function.DIVIDE, call);
      case CASE -> caseOf(call);
      case CAST, SAFE_CAST -> cast(translate(call.getOperands().getFirst()), type(call.getType()));
      case SEARCH -> translate(RexUtil.expandSearch(builder, null, call));
      default -> throw unsupported(call.getOperator().getName());
    };
  }

  private Expr core(Function function, RexCall call) {
    if (function == Function.OR) {
      return or(flat(Function.OR, call));
    }
    return simple(function, call);
  }

  private Expr simple(Function function, RexCall call) {
    return new Expr.Call(function, translate(call.getOperands()), type(call.getType()));
  }

  /** Calls that Calcite's rules made: their operands may be narrower than the answer. */
  private Expr arithmetic(Function function, RexCall call) {
    return choice(function, call);
  }

  private Expr choice(Function function, RexCall call) {
    LogicalType type = type(call.getType());
    List<Expr> arguments = translate(call.getOperands()).stream().map(a -> cast(a, type)).toList();
    return new Expr.Call(function, arguments, type);
  }

  /** Nested ANDs and ORs as one call. */
  private Expr.Call flat(Function function, RexCall call) {
    List<Expr> flat = new ArrayList<>();
    for (Expr argument : translate(call.getOperands())) {
      if (argument instanceof Expr.Call nested && nested.function() == function) {
        flat.addAll(nested.arguments());
      } else {
        flat.add(argument);
      }
    }
    return new Expr.Call(function, flat, LogicalType.BOOL);
  }

  /** Equalities of one value with constants become a set. */
  private static Expr or(Expr.Call or) {
    Optional<Expr> operand = Optional.empty();
    List<Constant> constants = new ArrayList<>();
    for (Expr alternative : or.arguments()) {
      if (!(alternative instanceof Expr.Call equal) || equal.function() != Function.EQUAL) {
        return or;
      }
      Optional<Constant> constant = Literals.constant(equal.arguments().get(1));
      if (constant.isEmpty()
          || operand.isPresent() && !operand.get().equals(equal.arguments().getFirst())) {
        return or;
      }
      operand = Optional.of(equal.arguments().getFirst());
      constants.add(constant.get());
    }
    return operand.<Expr>map(value -> new Expr.In(value, constants)).orElse(or);
  }

  private Expr caseOf(RexCall call) {
    LogicalType type = type(call.getType());
    List<RexNode> operands = call.getOperands();
    List<Expr.Branch> branches = new ArrayList<>();
    for (int i = 0; i + 1 < operands.size(); i += 2) {
      branches.add(
          new Expr.Branch(translate(operands.get(i)), cast(translate(operands.get(i + 1)), type)));
    }
    return new Expr.Case(branches, cast(translate(operands.getLast()), type));
  }

  /** The expression as a type; nothing where it has it, and NULL of the type for NULL. */
  static Expr cast(Expr expr, LogicalType type) {
    if (expr.type().equals(type)) {
      return expr;
    }
    if (expr instanceof Expr.Literal literal && literal.isNull()) {
      return Expr.Literal.ofNull(type);
    }
    return new Expr.Cast(expr, type);
  }
}
