package dev.kyma.query.calcite.function;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;

/** A conversion to a type whose values Calcite knows nothing of: DYNAMIC or VECTOR. */
public final class OpaqueCast extends SqlFunction {
  /** The operator. */
  public static final OpaqueCast INSTANCE = new OpaqueCast();

  private OpaqueCast() {
    super(
        "core_cast",
        SqlKind.OTHER_FUNCTION,
        binding -> {
          throw new IllegalStateException("the type of a conversion is set where it is written");
        },
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }
}
