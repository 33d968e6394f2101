package dev.kyma.query.core.plan;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import java.util.List;
import java.util.stream.Collectors;

/** Predicates of scans as EXPLAIN shows them. Stateless. */
final class PredicateText {
  private PredicateText() {}

  /** A predicate; columns that the scan does not yield are shown by their id. */
  static String of(Predicate predicate, List<ScanColumn> columns) {
    return switch (predicate) {
      case Predicate.Compare compare ->
          column(compare.column(), columns)
              + switch (compare.comparison()) {
                case EQUAL -> " = ";
                case NOT_EQUAL -> " <> ";
                case LESS -> " < ";
                case LESS_OR_EQUAL -> " <= ";
                case GREATER -> " > ";
                case GREATER_OR_EQUAL -> " >= ";
              }
              + ExprText.constant(compare.constant());
      case Predicate.In in ->
          column(in.column(), columns) + " in (" + ExprText.constants(in.constants()) + ")";
      case Predicate.IsNull isNull -> column(isNull.column(), columns) + " is null";
      case Predicate.IsNotNull isNotNull -> column(isNotNull.column(), columns) + " is not null";
      case Predicate.Like like ->
          column(like.column(), columns)
              + (like.caseInsensitive() ? " ilike '" : " like '")
              + like.pattern()
              + "'";
      case Predicate.HasToken token ->
          "has(" + column(token.column(), columns) + ", '" + token.text() + "')";
      case Predicate.And and -> joined(and.operands(), " and ", columns);
      case Predicate.Or or -> joined(or.operands(), " or ", columns);
      case Predicate.Not not -> "not " + of(not.operand(), columns);
    };
  }

  private static String joined(List<Predicate> operands, String between, List<ScanColumn> columns) {
    return operands.stream()
        .map(operand -> of(operand, columns))
        .collect(Collectors.joining(between, "(", ")"));
  }

  private static String column(ColumnPath path, List<ScanColumn> columns) {
    String name =
        columns.stream()
            .filter(
                column -> column.source().column() == path.column() && !column.source().isPath())
            .map(ScanColumn::name)
            .findFirst()
            .orElse("#" + path.column());
    return path.isPath() ? name + "['" + String.join("']['", path.path()) + "']" : name;
  }
}
