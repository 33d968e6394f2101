package dev.kyma.query.calcite.function;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.LogicalType.Kind;
import dev.kyma.query.calcite.type.SqlTypes;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.StatementException.Position;
import dev.kyma.query.core.plan.AggregateFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;

/**
 * An aggregate as users write it. Arguments are cast to what the function asks for ({@link
 * #argumentType}) when the plan is translated.
 */
public final class AggregateOperator extends SqlAggFunction {
  private final AggregateFunction function;
  private final int least;
  private final int most;

  AggregateOperator(AggregateFunction function, SqlKind kind, int least, int most) {
    super(
        function.name().toLowerCase(Locale.ROOT),
        null,
        kind,
        binding -> {
          throw new IllegalStateException(function.name());
        },
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        false,
        false,
        function == AggregateFunction.STRING_AGG || function == AggregateFunction.ARRAY_AGG
            ? Optionality.OPTIONAL
            : Optionality.FORBIDDEN);
    this.function = function;
    this.least = least;
    this.most = most;
  }

  /** The aggregate of the relational tree. */
  public AggregateFunction function() {
    return function;
  }

  /** How many leading arguments are values; the rest are constants that steer the function. */
  public int values() {
    return 1;
  }

  /**
   * What a value argument is cast to.
   *
   * @throws DialectFunction.MismatchException if the function takes no such values
   */
  public LogicalType argumentType(LogicalType type) {
    return switch (function) {
      case SUM, AVG ->
          type.kind() == Kind.DYNAMIC ? LogicalType.FLOAT64 : require(type, type.isNumeric());
      case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP, PERCENTILE_CONT, APPROX_PERCENTILE ->
          type.isNumeric() || type.kind() == Kind.DYNAMIC
              ? LogicalType.FLOAT64
              : require(type, false);
      case BOOL_AND, BOOL_OR ->
          type.kind() == Kind.DYNAMIC ? LogicalType.BOOL : require(type, type.kind() == Kind.BOOL);
      case BIT_AND, BIT_OR, BIT_XOR -> require(type, type.isInteger());
      case STRING_AGG -> LogicalType.TEXT;
      case MIN, MAX -> type.kind() == Kind.DYNAMIC ? LogicalType.TEXT : type;
      case COUNT,
          PERCENTILE_DISC,
          APPROX_COUNT_DISTINCT,
          FIRST_VALUE,
          LAST_VALUE,
          ANY_VALUE,
          ARRAY_AGG,
          GROUPING,
          SINGLE_VALUE ->
          type;
    };
  }

  private static LogicalType require(LogicalType type, boolean fits) {
    if (!fits) {
      throw Rex.mismatch("");
    }
    return type;
  }

  /** The type of the answer for a value argument of a type. */
  private LogicalType answerType(LogicalType argument) {
    return switch (function) {
      case SUM -> sumType(argument);
      case AVG ->
          SqlTypes.isFloat(argument)
              ? LogicalType.FLOAT64
              : LogicalType.decimal(
                  LogicalType.MAX_DECIMAL_PRECISION,
                  Math.max(16, SqlTypes.asDecimal(argument).scale()));
      case COUNT, APPROX_COUNT_DISTINCT, GROUPING -> LogicalType.INT64;
      case ARRAY_AGG -> LogicalType.DYNAMIC;
      case STRING_AGG -> LogicalType.TEXT;
      case BOOL_AND,
          BOOL_OR,
          BIT_AND,
          BIT_OR,
          BIT_XOR,
          MIN,
          MAX,
          STDDEV_POP,
          STDDEV_SAMP,
          VAR_POP,
          VAR_SAMP,
          PERCENTILE_CONT,
          PERCENTILE_DISC,
          APPROX_PERCENTILE,
          FIRST_VALUE,
          LAST_VALUE,
          ANY_VALUE,
          SINGLE_VALUE ->
          argument;
    };
  }

  private static LogicalType sumType(LogicalType argument) {
    return switch (argument.kind()) {
      case INT16, INT32 -> LogicalType.INT64;
      case INT64 -> LogicalType.decimal(LogicalType.MAX_DECIMAL_PRECISION, 0);
      case DECIMAL -> LogicalType.decimal(LogicalType.MAX_DECIMAL_PRECISION, argument.scale());
      default -> LogicalType.FLOAT64;
    };
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
    List<RelDataType> types = new ArrayList<>();
    for (int i = 0; i < binding.getOperandCount(); i++) {
      types.add(binding.getOperandType(i));
    }
    SqlParserPos pos =
        binding instanceof SqlCallBinding call
            ? call.getCall().getParserPosition()
            : SqlParserPos.ZERO;
    if (types.size() < least || types.size() > most) {
      throw mismatch(pos, types);
    }
    boolean neverNull = function == AggregateFunction.APPROX_COUNT_DISTINCT;
    boolean nullable =
        !neverNull
            && (binding.getGroupCount() == 0
                || binding.hasFilter()
                || types.getFirst().isNullable()
                || function == AggregateFunction.STDDEV_SAMP
                || function == AggregateFunction.VAR_SAMP
                || SqlTypes.is(types.getFirst(), Kind.DYNAMIC));
    if (Arithmetic.isInterval(types.getFirst())) {
      boolean fits =
          switch (function) {
            case SUM, AVG, MIN, MAX, ANY_VALUE -> true;
            default -> false;
          };
      if (!fits) {
        throw mismatch(pos, types);
      }
      return binding.getTypeFactory().createTypeWithNullability(types.getFirst(), nullable);
    }
    try {
      LogicalType argument = argumentType(SqlTypes.logical(types.getFirst()));
      return SqlTypes.of(binding.getTypeFactory(), answerType(argument), nullable);
    } catch (DialectFunction.MismatchException none) {
      throw mismatch(pos, types);
    }
  }

  private StatementException mismatch(SqlParserPos pos, List<RelDataType> types) {
    return StatementException.at(
        Code.UNKNOWN_FUNCTION,
        new Position(pos.getLineNum(), pos.getColumnNum()),
        "There is no aggregate "
            + getName()
            + "("
            + String.join(", ", types.stream().map(SqlTypes::shown).toList())
            + ").");
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    return SqlOperandCountRanges.any();
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding callBinding, boolean throwOnFailure) {
    return true;
  }
}
