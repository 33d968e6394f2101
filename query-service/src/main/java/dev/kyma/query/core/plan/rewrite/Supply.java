package dev.kyma.query.core.plan.rewrite;

import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.PlanColumn;
import dev.kyma.query.core.plan.rewrite.Paths.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pruned relation.
 *
 * @param plan the relation
 * @param places where the columns and paths asked for are in its output
 */
record Supply(Plan plan, Places places) {

  /** Where columns and paths have gone. */
  static final class Places {
    private final Map<Integer, Integer> columns = new HashMap<>();
    private final Map<Path, Integer> paths = new HashMap<>();

    void column(int before, int after) {
      columns.put(before, after);
    }

    void path(Path path, int after) {
      paths.put(path, after);
    }

    Optional<Integer> column(int before) {
      return Optional.ofNullable(columns.get(before));
    }

    Optional<Integer> path(Path path) {
      return Optional.ofNullable(paths.get(path));
    }
  }

  /** Another relation whose columns are the same. */
  Supply over(Plan other) {
    return new Supply(other, places);
  }

  /** Where a column is, which must have been asked for. */
  int place(int column) {
    return places.column(column).orElseThrow();
  }

  /** An expression over the relation before it was pruned, over this one. */
  Expr rewrite(Expr expr) {
    return Exprs.replace(
        expr,
        part -> {
          Optional<Path> path = Paths.of(part);
          Optional<Integer> place = path.flatMap(places::path);
          if (place.isPresent()) {
            return Optional.of(new Expr.ColumnRef(place.get(), part.type()));
          }
          return part instanceof Expr.ColumnRef ref
              ? Optional.of(new Expr.ColumnRef(place(ref.index()), ref.type()))
              : Optional.empty();
        });
  }

  /** The value of a path in a dynamic value. */
  static Expr read(Expr value, Path path) {
    List<Expr> arguments = new ArrayList<>();
    if (value instanceof Expr.Call call && call.function() == Function.DYNAMIC_GET) {
      arguments.addAll(call.arguments());
    } else {
      arguments.add(value);
    }
    path.keys().forEach(key -> arguments.add(Expr.Literal.of(key)));
    Expr read = new Expr.Call(Function.DYNAMIC_GET, arguments, LogicalType.DYNAMIC);
    return path.type().equals(LogicalType.DYNAMIC) ? read : new Expr.Cast(read, path.type());
  }

  /** This relation with paths computed from its columns. */
  Supply with(Set<Path> paths) {
    if (paths.isEmpty()) {
      return this;
    }
    List<PlanColumn> output = new ArrayList<>(plan.output());
    List<Expr> expressions = new ArrayList<>();
    for (int i = 0; i < output.size(); i++) {
      expressions.add(new Expr.ColumnRef(i, output.get(i).type()));
    }
    for (Path path : paths) {
      places.path(path, output.size());
      expressions.add(read(new Expr.ColumnRef(place(path.column()), LogicalType.DYNAMIC), path));
      output.add(new PlanColumn(String.join(".", path.keys()), path.type(), true));
    }
    return new Supply(new Plan.Project(plan, expressions, output), places);
  }

  /** This relation with all the columns that it had before, in their order. */
  Plan select(List<PlanColumn> output) {
    BitSet all = new BitSet();
    all.set(0, output.size());
    return select(all, output);
  }

  /** This relation with exactly some columns of those before, in their order. */
  Plan select(BitSet columns, List<PlanColumn> output) {
    List<Expr> expressions = new ArrayList<>();
    boolean same = plan.output().size() == columns.cardinality();
    int at = 0;
    for (int column : columns.stream().toArray()) {
      int place = place(column);
      same &= place == at;
      expressions.add(new Expr.ColumnRef(place, output.get(at).type()));
      at++;
    }
    return same ? plan : new Plan.Project(plan, expressions, output);
  }
}
