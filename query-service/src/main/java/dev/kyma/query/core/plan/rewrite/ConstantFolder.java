package dev.kyma.query.core.plan.rewrite;

import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.expr.Expressions;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Computes what does not depend on rows, with the engine's own evaluation.
 *
 * <p>What fails to compute stays as it is: whether the error counts is decided by the rows.
 */
public final class ConstantFolder {
  private final Optional<Instant> now;

  private ConstantFolder(Optional<Instant> now) {
    this.now = now;
  }

  /** Folds for a statement that began at a time. */
  public static ConstantFolder at(Instant now) {
    return new ConstantFolder(Optional.of(now));
  }

  /** Folds only what is the same at all times. */
  public static ConstantFolder timeless() {
    return new ConstantFolder(Optional.empty());
  }

  /** The expression with constant parts computed. */
  public Expr fold(Expr expr) {
    return switch (expr) {
      case Expr.ColumnRef ref -> ref;
      case Expr.Literal literal -> literal;
      case Expr.Cast cast -> computed(new Expr.Cast(fold(cast.argument()), cast.type()));
      case Expr.In in -> computed(new Expr.In(fold(in.operand()), in.constants()));
      case Expr.Call call -> call(call);
      case Expr.Case choice -> caseOf(choice);
    };
  }

  List<Expr> fold(List<Expr> list) {
    return list.stream().map(this::fold).toList();
  }

  private Expr call(Expr.Call call) {
    List<Expr> arguments = fold(call.arguments());
    return switch (call.function()) {
      case AND -> junction(call, arguments, false);
      case OR -> junction(call, arguments, true);
      case RANDOM -> call;
      case NOW -> now.isPresent() ? computed(call) : call;
      default -> computed(new Expr.Call(call.function(), arguments, call.type()));
    };
  }

  /** AND and OR without the constants that do not matter, decided by the one that does. */
  private static Expr junction(Expr.Call call, List<Expr> arguments, boolean deciding) {
    List<Expr> rest = new ArrayList<>();
    for (Expr argument : arguments) {
      Optional<Boolean> truth = truth(argument);
      if (truth.isEmpty()) {
        rest.add(argument);
      } else if (truth.get() == deciding) {
        return Expr.Literal.of(deciding);
      }
    }
    return switch (rest.size()) {
      case 0 -> Expr.Literal.of(!deciding);
      case 1 -> rest.getFirst();
      default -> new Expr.Call(call.function(), rest, call.type());
    };
  }

  /** The truth of a constant condition; empty for NULL and what is not constant. */
  static Optional<Boolean> truth(Expr expr) {
    return expr instanceof Expr.Literal literal
            && literal.value() instanceof dev.kyma.format.predicate.Constant.OfLong value
        ? Optional.of(value.value() != 0)
        : Optional.empty();
  }

  private Expr caseOf(Expr.Case choice) {
    List<Expr.Branch> branches = new ArrayList<>();
    for (Expr.Branch branch : choice.branches()) {
      Expr condition = fold(branch.condition());
      boolean never =
          condition instanceof Expr.Literal literal
              && (literal.isNull() || truth(literal).equals(Optional.of(false)));
      if (never) {
        continue;
      }
      if (truth(condition).equals(Optional.of(true))) {
        Expr value = fold(branch.value());
        return branches.isEmpty() ? value : new Expr.Case(branches, value);
      }
      branches.add(new Expr.Branch(condition, fold(branch.value())));
    }
    Expr otherwise = fold(choice.otherwise());
    return branches.isEmpty() ? otherwise : new Expr.Case(branches, otherwise);
  }

  private Expr computed(Expr expr) {
    if (!isConstant(expr)) {
      return expr;
    }
    try {
      return Expressions.constant(expr, now.orElse(Instant.EPOCH));
    } catch (QueryException error) {
      return expr;
    }
  }

  private static boolean isConstant(Expr expr) {
    return switch (expr) {
      case Expr.Cast cast -> cast.argument() instanceof Expr.Literal && isComputable(cast);
      case Expr.In in -> in.operand() instanceof Expr.Literal;
      case Expr.Call call ->
          call.function() != Function.RANDOM
              && call.arguments().stream().allMatch(Expr.Literal.class::isInstance);
      case Expr.ColumnRef _, Expr.Literal _, Expr.Case _ -> false;
    };
  }

  /** Vectors have no constants: they stay casts of text. */
  private static boolean isComputable(Expr.Cast cast) {
    return cast.type().physical() != dev.kyma.format.type.LogicalType.Physical.FLOATS;
  }
}
