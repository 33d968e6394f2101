package dev.kyma.query.core.plan.rewrite;

import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.rewrite.Paths.Path;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of a relation.
 *
 * @param columns the columns that are needed whole
 * @param paths the paths that are needed of columns; the columns themselves may not be
 */
record Demand(BitSet columns, Set<Path> paths) {
  Demand() {
    this(new BitSet(), new LinkedHashSet<>());
  }

  Demand copy() {
    return new Demand((BitSet) columns.clone(), new LinkedHashSet<>(paths));
  }

  /** Adds what an expression reads. */
  void add(Expr expr) {
    Exprs.replace(
        expr,
        part -> {
          Optional<Path> path = Paths.of(part);
          if (path.isPresent()) {
            paths.add(path.get());
            return Optional.of(part);
          }
          if (part instanceof Expr.ColumnRef ref) {
            columns.set(ref.index());
          }
          return Optional.empty();
        });
  }

  /** The columns needed whole when paths are to be read from them above. */
  BitSet columnsWithPaths() {
    BitSet all = (BitSet) columns.clone();
    paths.forEach(path -> all.set(path.column()));
    return all;
  }
}
