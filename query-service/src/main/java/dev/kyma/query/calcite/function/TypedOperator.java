package dev.kyma.query.calcite.function;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;

/**
 * An operator whose type was settled where it was called. Calcite's rules ask for it again only
 * when an argument has become nullable.
 */
abstract class TypedOperator extends SqlFunction {
  private final transient RelDataType type;

  TypedOperator(String name, RelDataType type) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        null,
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.type = type;
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding binding) {
    boolean nullable = type.isNullable();
    for (int i = 0; i < binding.getOperandCount(); i++) {
      nullable |= binding.getOperandType(i).isNullable();
    }
    return binding.getTypeFactory().createTypeWithNullability(type, nullable);
  }
}
