package dev.kyma.query.calcite.function;

import org.apache.calcite.rel.type.RelDataType;

/** Makes an integer count as an interval; the integer is the interval's value. */
public final class IntervalLiteral extends TypedOperator {
  IntervalLiteral(RelDataType type) {
    super("core_interval", type);
  }
}
