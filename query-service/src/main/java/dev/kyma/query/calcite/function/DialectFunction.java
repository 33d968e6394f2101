package dev.kyma.query.calcite.function;

import dev.kyma.query.calcite.type.SqlTypes;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.StatementException.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql2rel.SqlRexContext;

/** A scalar function or operator as users write it. */
public final class DialectFunction extends SqlFunction {

  /** Builds the expression a call stands for. */
  @FunctionalInterface
  public interface Builder {
    /**
     * The expression for a call.
     *
     * @param rex makes expressions
     * @param arguments the arguments; while validating, literals and placeholders
     * @throws MismatchException if the function takes no such arguments
     */
    RexNode build(Rex rex, List<RexNode> arguments);
  }

  /** The arguments are none a function takes. */
  static final class MismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MismatchException(String message) {
      super(message, null, false, false);
    }
  }

  private final transient Builder builder;
  private final boolean operator;

  private DialectFunction(String name, boolean operator, Builder builder) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        null,
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.builder = builder;
    this.operator = operator;
  }

  static DialectFunction function(String name, Builder builder) {
    return new DialectFunction(name, false, builder);
  }

  static DialectFunction operator(String name, Builder builder) {
    return new DialectFunction(name, true, builder);
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    return SqlOperandCountRanges.any();
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding callBinding, boolean throwOnFailure) {
    return true;
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    // The operator of a call is settled while parsing: there is nothing to look up.
    for (SqlNode operand : call.getOperandList()) {
      validator.deriveType(scope, operand);
    }
    return validateOperands(validator, scope, call);
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding binding) {
    RelDataTypeFactory factory = binding.getTypeFactory();
    RexBuilder builderOfRex = new RexBuilder(factory);
    List<RexNode> arguments = new ArrayList<>();
    for (int i = 0; i < binding.getOperandCount(); i++) {
      RexNode literal =
          binding instanceof SqlCallBinding call ? literal(builderOfRex, call.operand(i)) : null;
      arguments.add(
          literal != null ? literal : builderOfRex.makeInputRef(binding.getOperandType(i), i));
    }
    SqlParserPos pos =
        binding instanceof SqlCallBinding call
            ? call.getCall().getParserPosition()
            : SqlParserPos.ZERO;
    return build(new Rex(builderOfRex), arguments, pos).getType();
  }

  /** The expression a validated call stands for. */
  public RexNode convert(SqlRexContext context, SqlCall call) {
    List<RexNode> arguments = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      arguments.add(context.convertExpression(operand));
    }
    return build(new Rex(context.getRexBuilder()), arguments, call.getParserPosition());
  }

  private RexNode build(Rex rex, List<RexNode> arguments, SqlParserPos pos) {
    try {
      return builder.build(rex, arguments);
    } catch (MismatchException mismatch) {
      Position position = new Position(pos.getLineNum(), pos.getColumnNum());
      throw StatementException.at(
          operator ? Code.INVALID : Code.UNKNOWN_FUNCTION, position, message(mismatch, arguments));
    }
  }

  private String message(MismatchException mismatch, List<RexNode> arguments) {
    List<String> types =
        arguments.stream().map(argument -> SqlTypes.shown(argument.getType())).toList();
    String shown =
        operator
            ? types.size() == 1
                ? getName() + " " + types.getFirst()
                : types.stream().collect(Collectors.joining(" " + getName() + " "))
            : getName() + "(" + String.join(", ", types) + ")";
    String reason = mismatch.getMessage();
    return (operator ? "There is no operator " : "There is no function ")
        + shown
        + (reason == null || reason.isEmpty() ? "" : ": " + reason)
        + ".";
  }

  private static org.apache.calcite.rex.@org.jspecify.annotations.Nullable RexNode literal(
      RexBuilder builder, SqlNode node) {
    if (!(node instanceof SqlLiteral literal)) {
      return null;
    }
    SqlTypeName type = literal.getTypeName();
    return switch (type) {
      case CHAR -> builder.makeLiteral(literal.getValueAs(String.class));
      case DECIMAL -> builder.makeExactLiteral(literal.bigDecimalValue());
      default -> null;
    };
  }
}
