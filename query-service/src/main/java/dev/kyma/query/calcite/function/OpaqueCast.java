package dev.kyma.query.calcite.function;

import org.apache.calcite.rel.type.RelDataType;

/** A conversion to a type whose values Calcite knows nothing of: DYNAMIC or VECTOR. */
public final class OpaqueCast extends TypedOperator {
  OpaqueCast(RelDataType type) {
    super("core_cast", type);
  }
}
