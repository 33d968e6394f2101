package dev.kyma.query.calcite.plan;

import dev.kyma.format.predicate.Constant;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.rewrite.ConstantFolder;
import java.util.Optional;

/** Constants hidden under conversions. */
final class Literals {
  private Literals() {}

  /** The value of an expression that is constant whenever it is executed, if it is and not NULL. */
  static Optional<Constant> constant(Expr expr) {
    return ConstantFolder.timeless().fold(expr) instanceof Expr.Literal literal
        ? Optional.ofNullable(literal.value())
        : Optional.empty();
  }
}
