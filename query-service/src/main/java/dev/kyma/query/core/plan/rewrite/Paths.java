package dev.kyma.query.core.plan.rewrite;

import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.LogicalType.Kind;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recognises reads of constant paths in dynamic columns, which storage can do by itself. */
final class Paths {
  private Paths() {}

  /**
   * A path into a column.
   *
   * @param column the column's place in the input
   * @param keys the keys
   * @param type the type the value is read as
   */
  record Path(int column, List<String> keys, LogicalType type) {}

  /** The path an expression reads, a cast of the value included where storage casts alike. */
  static Optional<Path> of(Expr expr) {
    if (expr instanceof Expr.Cast cast && isRead(cast.type())) {
      return dynamic(cast.argument())
          .map(path -> new Path(path.column(), path.keys(), cast.type()));
    }
    return dynamic(expr);
  }

  private static boolean isRead(LogicalType type) {
    return type.kind() == Kind.TEXT
        || type.kind() == Kind.INT64
        || type.kind() == Kind.FLOAT64
        || type.kind() == Kind.BOOL;
  }

  private static Optional<Path> dynamic(Expr expr) {
    if (!(expr instanceof Expr.Call call)
        || call.function() != Function.DYNAMIC_GET
        || !(call.arguments().getFirst() instanceof Expr.ColumnRef column)) {
      return Optional.empty();
    }
    List<String> keys = new ArrayList<>();
    for (Expr key : call.arguments().subList(1, call.arguments().size())) {
      if (!(key instanceof Expr.Literal literal)
          || !(literal.value() instanceof Constant.OfBytes text)) {
        return Optional.empty();
      }
      keys.add(text.text());
    }
    return Optional.of(new Path(column.index(), keys, LogicalType.DYNAMIC));
  }
}
