package dev.kyma.query.calcite.parse;

import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.statement.Token;
import dev.kyma.query.statement.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** INSERT, UPDATE and DELETE. */
final class ChangeGrammar {
  private final TokenCursor cursor;
  private final QueryGrammar queries;
  private final TableNameGrammar names;

  ChangeGrammar(TokenCursor cursor, QueryGrammar queries, TableNameGrammar names) {
    this.cursor = cursor;
    this.queries = queries;
    this.names = names;
  }

  ParsedStatement insert() {
    cursor.next();
    cursor.expect("into");
    SqlIdentifier table = names.table();
    List<SqlIdentifier> columns = new ArrayList<>();
    if (cursor.atSymbol("(") && !queries.atQuery()) {
      for (SqlNode column : queries.columnList()) {
        columns.add((SqlIdentifier) column);
      }
    }
    if (!cursor.at("values")) {
      if (queries.atQuery()) {
        throw StatementException.at(
            Code.UNSUPPORTED, cursor.peek().start(), "INSERT of a query's rows is not supported.");
      }
      throw cursor.unexpected("VALUES");
    }
    cursor.next();
    List<List<Optional<SqlNode>>> rows = new ArrayList<>();
    do {
      cursor.expectSymbol("(");
      List<Optional<SqlNode>> row = new ArrayList<>();
      do {
        row.add(value());
      } while (cursor.acceptSymbol(","));
      cursor.expectSymbol(")");
      rows.add(row);
    } while (cursor.acceptSymbol(","));
    refuse("INSERT", "returning", "on");
    return new ParsedStatement.Insert(table, columns, rows);
  }

  private Optional<SqlNode> value() {
    return cursor.accept("default")
        ? Optional.empty()
        : Optional.of(queries.expressions().expression());
  }

  private void refuse(String statement, String... words) {
    for (String word : words) {
      if (cursor.at(word)) {
        throw StatementException.at(
            Code.UNSUPPORTED,
            cursor.peek().start(),
            word.toUpperCase(Locale.ROOT) + " is not supported with " + statement + ".");
      }
    }
  }

  ParsedStatement update() {
    cursor.next();
    cursor.accept("only");
    ParsedStatement.Target target = target("set");
    cursor.expect("set");
    List<ParsedStatement.Assignment> assignments = new ArrayList<>();
    do {
      Token column = cursor.expectName("a column");
      cursor.expectSymbol("=");
      assignments.add(
          new ParsedStatement.Assignment(
              new SqlIdentifier(column.text(), Places.of(column)), value()));
    } while (cursor.acceptSymbol(","));
    refuse("UPDATE", "from");
    Optional<SqlNode> condition = condition();
    refuse("UPDATE", "returning");
    return new ParsedStatement.Update(target, assignments, condition);
  }

  ParsedStatement delete() {
    cursor.next();
    cursor.expect("from");
    cursor.accept("only");
    ParsedStatement.Target target = target("where");
    refuse("DELETE", "using");
    Optional<SqlNode> condition = condition();
    refuse("DELETE", "returning");
    return new ParsedStatement.Delete(target, condition);
  }

  private ParsedStatement.Target target(String next) {
    SqlIdentifier table = names.table();
    boolean explicit = cursor.accept("as");
    if (!explicit && (cursor.at(next) || !cursor.atName() || cursor.at("returning"))) {
      return new ParsedStatement.Target(table, Optional.empty());
    }
    Token alias = explicit ? cursor.expectLabel("an alias") : cursor.next();
    return new ParsedStatement.Target(
        table, Optional.of(new SqlIdentifier(alias.text(), Places.of(alias))));
  }

  private Optional<SqlNode> condition() {
    return cursor.accept("where")
        ? Optional.of(queries.expressions().expression())
        : Optional.empty();
  }
}
