package dev.kyma.query.core.plan.rewrite;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.predicate.Predicate.Comparison;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.LogicalType.Kind;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.ScanColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns conditions over a scan's columns into predicates that storage evaluates. */
final class Conditions {
  private static final char ESCAPE = '\\';
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  private final List<ScanColumn> columns;

  Conditions(List<ScanColumn> columns) {
    this.columns = columns;
  }

  /** The predicate that holds for exactly the rows for which a condition holds, if there is one. */
  Optional<Predicate> predicate(Expr expr) {
    return switch (expr) {
      case Expr.In in -> source(in.operand()).map(path -> new Predicate.In(path, in.constants()));
      case Expr.ColumnRef ref -> isTrue(ref);
      case Expr.Cast cast -> isTrue(cast);
      case Expr.Call call -> call(call);
      case Expr.Literal _, Expr.Case _ -> Optional.empty();
    };
  }

  private Optional<Predicate> isTrue(Expr expr) {
    return expr.type().kind() == Kind.BOOL
        ? source(expr)
            .map(
                path ->
                    new Predicate.Compare(path, Comparison.EQUAL, Constant.of(LogicalType.BOOL, 1)))
        : Optional.empty();
  }

  private Optional<Predicate> call(Expr.Call call) {
    List<Expr> arguments = call.arguments();
    return switch (call.function()) {
      case AND -> all(arguments).map(Predicate.And::new);
      case OR -> all(arguments).map(Predicate.Or::new);
      case NOT -> predicate(arguments.getFirst()).map(Predicate.Not::new);
      case IS_NULL -> source(arguments.getFirst()).map(Predicate.IsNull::new);
      case IS_NOT_NULL -> source(arguments.getFirst()).map(Predicate.IsNotNull::new);
      case EQUAL -> compare(Comparison.EQUAL, Comparison.EQUAL, arguments);
      case NOT_EQUAL -> compare(Comparison.NOT_EQUAL, Comparison.NOT_EQUAL, arguments);
      case LESS -> compare(Comparison.LESS, Comparison.GREATER, arguments);
      case LESS_OR_EQUAL ->
          compare(Comparison.LESS_OR_EQUAL, Comparison.GREATER_OR_EQUAL, arguments);
      case GREATER -> compare(Comparison.GREATER, Comparison.LESS, arguments);
      case GREATER_OR_EQUAL ->
          compare(Comparison.GREATER_OR_EQUAL, Comparison.LESS_OR_EQUAL, arguments);
      case LIKE -> like(arguments, false);
      case ILIKE -> like(arguments, true);
      case STARTS_WITH -> containing(arguments, "", "%");
      case ENDS_WITH -> containing(arguments, "%", "");
      case CONTAINS -> containing(arguments, "%", "%");
      case HAS ->
          source(arguments.get(0))
              .flatMap(
                  path -> text(arguments.get(1)).map(text -> new Predicate.HasToken(path, text)));
      default -> Optional.empty();
    };
  }

  private Optional<List<Predicate>> all(List<Expr> conditions) {
    List<Predicate> predicates = new ArrayList<>();
    for (Expr condition : conditions) {
      Optional<Predicate> predicate = predicate(condition);
      if (predicate.isEmpty()) {
        return Optional.empty();
      }
      predicates.add(predicate.get());
    }
    return Optional.of(predicates);
  }

  private Optional<Predicate> compare(
      Comparison comparison, Comparison turned, List<Expr> arguments) {
    Expr left = arguments.get(0);
    Expr right = arguments.get(1);
    return right instanceof Expr.Literal
        ? compare(comparison, left, right)
        : compare(turned, right, left);
  }

  private Optional<Predicate> compare(Comparison comparison, Expr column, Expr constant) {
    if (!(constant instanceof Expr.Literal literal)) {
      return Optional.empty();
    }
    Constant value = literal.value();
    if (value == null
        || value.type().kind() == Kind.DYNAMIC
        || value.type().kind() == Kind.VECTOR) {
      return Optional.empty();
    }
    Optional<ColumnPath> path = source(column);
    if (path.isPresent()) {
      return Optional.of(new Predicate.Compare(path.get(), comparison, value));
    }
    return narrowed(column, value)
        .<Predicate>map(narrow -> new Predicate.Compare(narrow.path(), comparison, narrow.value()))
        .or(() -> ofDays(comparison, column, value));
  }

  /** A date beside a time: the same question asked of the day. */
  private Optional<Predicate> ofDays(Comparison comparison, Expr column, Constant value) {
    if (!(column instanceof Expr.Cast cast)
        || cast.argument().type().kind() != Kind.DATE
        || !(value instanceof Constant.OfLong time)
        || value.type().kind() != Kind.TIMESTAMP) {
      return Optional.empty();
    }
    long day = Math.floorDiv(time.value(), NANOS_PER_DAY);
    boolean midnight = Math.floorMod(time.value(), NANOS_PER_DAY) == 0;
    Optional<Comparison> ofDay =
        switch (comparison) {
          case LESS -> Optional.of(midnight ? Comparison.LESS : Comparison.LESS_OR_EQUAL);
          case GREATER_OR_EQUAL ->
              Optional.of(midnight ? Comparison.GREATER_OR_EQUAL : Comparison.GREATER);
          case LESS_OR_EQUAL, GREATER -> Optional.of(comparison);
          case EQUAL, NOT_EQUAL -> midnight ? Optional.of(comparison) : Optional.empty();
        };
    return ofDay.flatMap(
        asked ->
            source(cast.argument())
                .map(
                    path ->
                        new Predicate.Compare(path, asked, Constant.of(LogicalType.DATE, day))));
  }

  private record Narrow(ColumnPath path, Constant value) {}

  /** A widened integer column beside a constant that fits the column as it is. */
  private Optional<Narrow> narrowed(Expr column, Constant value) {
    if (!(column instanceof Expr.Cast cast)
        || !cast.type().isInteger()
        || !cast.argument().type().isInteger()
        || cast.type().kind().compareTo(cast.argument().type().kind()) < 0
        || !(value instanceof Constant.OfLong number)) {
      return Optional.empty();
    }
    LogicalType own = cast.argument().type();
    boolean fits =
        switch (own.kind()) {
          case INT16 -> number.value() == (short) number.value();
          case INT32 -> number.value() == (int) number.value();
          default -> true;
        };
    return fits
        ? source(cast.argument()).map(path -> new Narrow(path, Constant.of(own, number.value())))
        : Optional.empty();
  }

  private Optional<Predicate> like(List<Expr> arguments, boolean caseInsensitive) {
    Optional<ColumnPath> path = source(arguments.get(0));
    Optional<String> pattern = text(arguments.get(1));
    Optional<String> escape =
        arguments.size() > 2 ? text(arguments.get(2)) : Optional.of(String.valueOf(ESCAPE));
    if (path.isEmpty() || pattern.isEmpty() || escape.isEmpty() || escape.get().length() > 1) {
      return Optional.empty();
    }
    char character = escape.get().isEmpty() ? 0 : escape.get().charAt(0);
    // A pattern that ends in an escape is an error that the engine reports when a row meets it.
    if (endsInEscape(pattern.get(), character)) {
      return Optional.empty();
    }
    return Optional.of(new Predicate.Like(path.get(), pattern.get(), character, caseInsensitive));
  }

  private static boolean endsInEscape(String pattern, char escape) {
    int run = 0;
    for (int i = pattern.length() - 1; escape != 0 && i >= 0 && pattern.charAt(i) == escape; i--) {
      run++;
    }
    return run % 2 == 1;
  }

  private Optional<Predicate> containing(List<Expr> arguments, String before, String after) {
    return source(arguments.get(0))
        .flatMap(
            path ->
                text(arguments.get(1))
                    .map(
                        text ->
                            new Predicate.Like(
                                path, before + escaped(text) + after, ESCAPE, false)));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private static Optional<String> text(Expr expr) {
    return expr instanceof Expr.Literal literal
            && literal.value() instanceof Constant.OfBytes bytes
            && bytes.type().kind() == Kind.TEXT
        ? Optional.of(bytes.text())
        : Optional.empty();
  }

  /** What storage reads for an expression, if it reads it alone. */
  Optional<ColumnPath> source(Expr expr) {
    if (expr instanceof Expr.ColumnRef ref) {
      return Optional.of(columns.get(ref.index()).source());
    }
    return Paths.of(expr)
        .filter(path -> !columns.get(path.column()).source().isPath())
        .map(
            path ->
                new ColumnPath(
                    columns.get(path.column()).source().column(), path.keys(), path.type()));
  }
}
