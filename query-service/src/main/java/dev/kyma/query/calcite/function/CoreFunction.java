package dev.kyma.query.calcite.function;

import dev.kyma.query.core.plan.Function;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;

/** A function of the relational tree as an operator of Calcite. Calls carry their own type. */
public final class CoreFunction extends SqlFunction {
  private static final Map<Function, CoreFunction> ALL = new EnumMap<>(Function.class);

  static {
    for (Function function : Function.values()) {
      ALL.put(function, new CoreFunction(function));
    }
  }

  private final Function function;

  private CoreFunction(Function function) {
    super(
        "core_" + function.name(),
        SqlKind.OTHER_FUNCTION,
        binding -> {
          throw new IllegalStateException("the type of " + function + " is set where it is called");
        },
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.function = function;
  }

  /** The operator of a function. */
  public static CoreFunction of(Function function) {
    return Objects.requireNonNull(ALL.get(function));
  }

  /** The function this is the operator of. */
  public Function function() {
    return function;
  }

  @Override
  public boolean isDeterministic() {
    return function != Function.RANDOM;
  }

  @Override
  public boolean isDynamicFunction() {
    return function == Function.NOW || function == Function.RANDOM;
  }
}
