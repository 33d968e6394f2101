package dev.kyma.query.core.plan.rewrite;

import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.JoinKey;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.rewrite.Paths.Path;
import java.util.List;
import java.util.Optional;

/** Prunes the two sides of a join. */
final class JoinPruner {
  private JoinPruner() {}

  static Supply join(Plan.Join join, Demand demand) {
    int leftWidth = join.left().output().size();
    Demand both = demand.copy();
    join.residual().ifPresent(both::add);
    Demand left = new Demand();
    Demand right = new Demand();
    both.columns().stream()
        .forEach(
            column -> {
              if (column < leftWidth) {
                left.columns().set(column);
              } else {
                right.columns().set(column - leftWidth);
              }
            });
    for (Path path : both.paths()) {
      if (path.column() < leftWidth) {
        left.paths().add(path);
      } else {
        right.paths().add(moved(path, -leftWidth));
      }
    }
    for (JoinKey key : join.keys()) {
      left.columns().set(key.left());
      right.columns().set(key.right());
    }
    Supply leftSupply = ColumnPruner.plan(join.left(), left);
    Supply rightSupply = ColumnPruner.plan(join.right(), right);
    int newLeftWidth = leftSupply.plan().output().size();
    Supply.Places places = new Supply.Places();
    left.columns().stream().forEach(c -> places.column(c, leftSupply.place(c)));
    right.columns().stream()
        .forEach(c -> places.column(leftWidth + c, newLeftWidth + rightSupply.place(c)));
    for (Path path : left.paths()) {
      places.path(path, leftSupply.places().path(path).orElseThrow());
    }
    for (Path path : right.paths()) {
      places.path(
          moved(path, leftWidth), newLeftWidth + rightSupply.places().path(path).orElseThrow());
    }
    List<JoinKey> keys =
        join.keys().stream()
            .map(key -> new JoinKey(leftSupply.place(key.left()), rightSupply.place(key.right())))
            .toList();
    // The residual sees both sides whatever the join answers.
    Supply joined = new Supply(leftSupply.plan(), places);
    Optional<Expr> residual = join.residual().map(joined::rewrite);
    return joined.over(
        new Plan.Join(
            leftSupply.plan(), rightSupply.plan(), join.kind(), keys, residual, join.build()));
  }

  private static Path moved(Path path, int by) {
    return new Path(path.column() + by, path.keys(), path.type());
  }
}
