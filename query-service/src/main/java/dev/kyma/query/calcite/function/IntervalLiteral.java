package dev.kyma.query.calcite.function;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;

/** Makes an integer count as an interval; the integer is the interval's value. */
public final class IntervalLiteral extends SqlFunction {
  /** The operator. */
  public static final IntervalLiteral INSTANCE = new IntervalLiteral();

  private IntervalLiteral() {
    super(
        "core_interval",
        SqlKind.OTHER_FUNCTION,
        binding -> {
          throw new IllegalStateException("the type of an interval is set where it is written");
        },
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }
}
