package dev.kyma.query.core;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.read.TableReader;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Predicates for people to read. Stateless. */
final class PredicateText {
  private PredicateText() {}

  static String of(Predicate predicate, Plan.Scan scan, TableReader reader) {
    return of(predicate, path -> name(path, scan, reader));
  }

  private static String name(ColumnPath path, Plan.Scan scan, TableReader reader) {
    String column = reader.columnName(scan.table(), path.column());
    return path.isPath() ? column + path.path() : column;
  }

  private static String of(Predicate predicate, Function<ColumnPath, String> names) {
    return switch (predicate) {
      case Predicate.Compare compare ->
          names.apply(compare.column())
              + switch (compare.comparison()) {
                case EQUAL -> " = ";
                case NOT_EQUAL -> " <> ";
                case LESS -> " < ";
                case LESS_OR_EQUAL -> " <= ";
                case GREATER -> " > ";
                case GREATER_OR_EQUAL -> " >= ";
              }
              + ExprText.of(compare.constant());
      case Predicate.In in ->
          names.apply(in.column())
              + " IN ("
              + in.constants().stream()
                  .limit(20)
                  .map(ExprText::of)
                  .collect(Collectors.joining(", "))
              + (in.constants().size() > 20 ? ", …)" : ")");
      case Predicate.IsNull isNull -> names.apply(isNull.column()) + " IS NULL";
      case Predicate.IsNotNull isNotNull -> names.apply(isNotNull.column()) + " IS NOT NULL";
      case Predicate.Like like ->
          names.apply(like.column())
              + (like.caseInsensitive() ? " ILIKE '" : " LIKE '")
              + like.pattern()
              + "'";
      case Predicate.HasToken token ->
          "has(" + names.apply(token.column()) + ", '" + token.text() + "')";
      case Predicate.And and -> and.operands().isEmpty() ? "true" : joined(and.operands(), " AND ", names);
      case Predicate.Or or -> or.operands().isEmpty() ? "false" : joined(or.operands(), " OR ", names);
      case Predicate.Not not -> "NOT " + of(not.operand(), names);
    };
  }

  private static String joined(
      List<Predicate> operands, String by, Function<ColumnPath, String> names) {
    return operands.stream()
        .map(operand -> of(operand, names))
        .collect(Collectors.joining(by, "(", ")"));
  }
}
