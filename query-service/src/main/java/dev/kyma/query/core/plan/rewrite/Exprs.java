package dev.kyma.query.core.plan.rewrite;

import dev.kyma.query.core.plan.Expr;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/** Walks over expressions. */
final class Exprs {
  private Exprs() {}

  /** The expression with parts replaced: from the outside in, not looking into replacements. */
  static Expr replace(Expr expr, Function<Expr, Optional<Expr>> replacement) {
    Optional<Expr> replaced = replacement.apply(expr);
    if (replaced.isPresent()) {
      return replaced.get();
    }
    return switch (expr) {
      case Expr.ColumnRef ref -> ref;
      case Expr.Literal literal -> literal;
      case Expr.Call call ->
          new Expr.Call(call.function(), replace(call.arguments(), replacement), call.type());
      case Expr.Cast cast -> new Expr.Cast(replace(cast.argument(), replacement), cast.type());
      case Expr.Case choice ->
          new Expr.Case(
              choice.branches().stream()
                  .map(
                      branch ->
                          new Expr.Branch(
                              replace(branch.condition(), replacement),
                              replace(branch.value(), replacement)))
                  .toList(),
              replace(choice.otherwise(), replacement));
      case Expr.In in -> new Expr.In(replace(in.operand(), replacement), in.constants());
    };
  }

  static List<Expr> replace(List<Expr> list, Function<Expr, Optional<Expr>> replacement) {
    return list.stream().map(expr -> replace(expr, replacement)).toList();
  }

  /** The expression over columns that moved. */
  static Expr moved(Expr expr, IntUnaryOperator places) {
    return replace(
        expr,
        part ->
            part instanceof Expr.ColumnRef ref
                ? Optional.of(new Expr.ColumnRef(places.applyAsInt(ref.index()), ref.type()))
                : Optional.empty());
  }

  /** Adds the columns an expression reads. */
  static void columns(Expr expr, BitSet columns) {
    replace(
        expr,
        part -> {
          if (part instanceof Expr.ColumnRef ref) {
            columns.set(ref.index());
          }
          return Optional.empty();
        });
  }
}
