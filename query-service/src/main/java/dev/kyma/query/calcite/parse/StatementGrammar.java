package dev.kyma.query.calcite.parse;

import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.statement.Token;
import dev.kyma.query.statement.TokenCursor;
import java.util.Locale;

/** Whole statements. */
public final class StatementGrammar {
  private final TokenCursor cursor;
  private final QueryGrammar queries;
  private final TableNameGrammar names;
  private final TableGrammar tables;
  private final ChangeGrammar changes;
  private final StorageGrammar storage;

  private StatementGrammar(String text) {
    this.cursor = new TokenCursor(text);
    this.queries = new QueryGrammar(cursor);
    this.names = new TableNameGrammar(cursor, queries);
    this.tables = new TableGrammar(cursor, queries, names);
    this.changes = new ChangeGrammar(cursor, queries, names);
    this.storage = new StorageGrammar(cursor, names);
  }

  /**
   * Parses one statement, with or without a semicolon at its end.
   *
   * @throws StatementException if the text is none
   */
  public static ParsedStatement parse(String text) {
    StatementGrammar grammar = new StatementGrammar(text);
    ParsedStatement statement = grammar.statement();
    while (grammar.cursor.acceptSymbol(";")) {
      continue;
    }
    if (grammar.cursor.peek().kind() != Token.Kind.END) {
      throw grammar.cursor.unexpected("the end of the statement");
    }
    return statement;
  }

  private ParsedStatement statement() {
    Token first = cursor.peek();
    if (queries.atQuery()) {
      return new ParsedStatement.Query(queries.query());
    }
    if (first.kind() == Token.Kind.END) {
      throw TokenCursor.error(first.start(), "The statement is empty.");
    }
    return switch (first.text()) {
      case "explain" -> explain();
      case "create" -> tables.create();
      case "alter" -> tables.alter();
      case "drop" -> tables.drop();
      case "insert" -> changes.insert();
      case "update" -> changes.update();
      case "delete" -> changes.delete();
      case "describe", "desc" -> {
        cursor.next();
        cursor.accept("table");
        yield new ParsedStatement.Describe(names.table());
      }
      case "show" -> storage.show();
      case "storage" -> storage.work();
      case "kill" -> storage.kill();
      case "truncate",
          "merge",
          "copy",
          "grant",
          "revoke",
          "begin",
          "commit",
          "rollback",
          "set",
          "call",
          "analyze",
          "vacuum" ->
          throw StatementException.at(
              Code.UNSUPPORTED,
              first.start(),
              first.text().toUpperCase(Locale.ROOT) + " is not supported.");
      default -> throw cursor.unexpected("a statement such as SELECT, INSERT or CREATE TABLE");
    };
  }

  private ParsedStatement explain() {
    cursor.next();
    Statement.Explain.Mode mode =
        cursor.accept("analyze") ? Statement.Explain.Mode.ANALYZE : Statement.Explain.Mode.PLAN;
    if (!queries.atQuery()) {
      throw cursor.unexpected("a query");
    }
    return new ParsedStatement.Explain(queries.query(), mode);
  }
}
