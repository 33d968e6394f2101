package dev.kyma.query.calcite.function;

import dev.kyma.query.core.plan.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/**
 * A function of the relational tree as an operator of Calcite. Two of one function are equal
 * whatever their type, which calls carry as well.
 */
public final class CoreFunction extends TypedOperator {
  private final Function function;

  CoreFunction(Function function, RelDataType type) {
    super("core_" + function.name(), type);
    this.function = function;
  }

  /** The function this is the operator of. */
  public Function function() {
    return function;
  }

  /** Whether a node is a call of a function. */
  static boolean isCall(RexNode node, Function function) {
    return node instanceof org.apache.calcite.rex.RexCall call
        && call.getOperator() instanceof CoreFunction operator
        && operator.function == function;
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
