package dev.kyma.query.calcite.resolve;

import dev.kyma.query.calcite.parse.Places;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.statement.NearNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A resolved select list: stars expanded, every item with a name.
 *
 * @param items the items
 * @param names their names
 */
record SelectList(SqlNodeList items, List<String> names) {

  static SelectList of(SqlNodeList items, Scope scope, ExpressionResolver expressions) {
    List<SqlNode> resolved = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (SqlNode item : items) {
      if (item instanceof SqlIdentifier id && id.isStar()) {
        star(id, scope, resolved, names);
        continue;
      }
      String name = OutputNames.of(item);
      SqlNode expression = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
      resolved.add(named(expressions.resolve(expression), name, item.getParserPosition()));
      names.add(name);
    }
    return new SelectList(new SqlNodeList(resolved, items.getParserPosition()), names);
  }

  private static void star(
      SqlIdentifier star, Scope scope, List<SqlNode> items, List<String> names) {
    List<Relation> relations = scope.relations();
    List<String> merged = List.of();
    if (star.names.size() > 1) {
      relations = List.of(qualifier(star, scope));
    } else {
      if (relations.isEmpty()) {
        throw StatementException.at(
            Code.INVALID, Places.start(star.getParserPosition()), "* needs a table in FROM.");
      }
      merged =
          relations.stream()
              .flatMap(relation -> relation.columns().stream())
              .filter(scope.merged()::contains)
              .distinct()
              .toList();
    }
    for (String column : merged) {
      SqlIdentifier id = new SqlIdentifier(column, star.getParserPosition());
      items.add(named(id, column, star.getParserPosition()));
      names.add(column);
    }
    for (Relation relation : relations) {
      for (String column : relation.columns()) {
        if (!merged.contains(column)) {
          SqlNode reference = ColumnResolver.reference(relation, column, star);
          items.add(named(reference, column, star.getParserPosition()));
          names.add(column);
        }
      }
    }
  }

  private static Relation qualifier(SqlIdentifier star, Scope scope) {
    String alias = star.names.get(star.names.size() - 2);
    return scope.relations().stream()
        .filter(relation -> relation.alias().equals(alias))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> near =
                  NearNames.of(alias, scope.relations().stream().map(Relation::alias).toList());
              return new StatementException(
                  Code.UNKNOWN_TABLE,
                  "There is no table \"" + alias + "\" in FROM." + NearNames.hint(near),
                  Optional.of(Places.start(star.getParserPosition())),
                  near);
            });
  }

  private static SqlNode named(SqlNode node, String name, SqlParserPos pos) {
    return SqlStdOperatorTable.AS.createCall(pos, node, new SqlIdentifier(name, pos));
  }

  /** The expression of the item with a name, if there is exactly one. */
  Optional<SqlNode> expression(String name) {
    int first = names.indexOf(name);
    if (first < 0 || first != names.lastIndexOf(name)) {
      return Optional.empty();
    }
    return Optional.of(((SqlCall) items.get(first)).operand(0));
  }
}
