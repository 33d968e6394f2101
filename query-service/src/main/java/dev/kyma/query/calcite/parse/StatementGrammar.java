package dev.kyma.query.calcite.parse;

import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.TableOptions;
import dev.kyma.query.statement.TableOptionsText;
import dev.kyma.query.statement.Token;
import dev.kyma.query.statement.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** Whole statements. */
public final class StatementGrammar {
  private final TokenCursor cursor;
  private final QueryGrammar queries;
  private final FromGrammar names;

  private StatementGrammar(String text) {
    this.cursor = new TokenCursor(text);
    this.queries = new QueryGrammar(cursor);
    this.names = new FromGrammar(cursor, queries);
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
      case "create" -> createTable();
      case "drop" -> dropTable();
      case "insert" -> insert();
      case "describe", "desc" -> {
        cursor.next();
        cursor.accept("table");
        yield new ParsedStatement.Describe(tableName());
      }
      case "show" -> show();
      case "update",
          "delete",
          "alter",
          "truncate",
          "merge",
          "copy",
          "grant",
          "revoke",
          "begin",
          "commit",
          "rollback",
          "set",
          "storage",
          "kill",
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

  private ParsedStatement show() {
    cursor.next();
    if (cursor.accept("tables")) {
      Optional<String> database = Optional.empty();
      if (cursor.accept("in") || cursor.accept("from")) {
        database = Optional.of(cursor.expectLabel("a database").text());
        if (cursor.acceptSymbol(".")) {
          database = Optional.of(cursor.expectLabel("a database").text());
        }
      }
      return new ParsedStatement.ShowTables(database);
    }
    if (cursor.accept("databases") || cursor.accept("schemas")) {
      return new ParsedStatement.ShowDatabases();
    }
    if (cursor.accept("columns")) {
      if (!cursor.accept("from")) {
        cursor.expect("in");
      }
      return new ParsedStatement.Describe(tableName());
    }
    Token what = cursor.expectLabel("TABLES, DATABASES or COLUMNS");
    throw StatementException.at(
        Code.UNSUPPORTED,
        what.start(),
        "SHOW " + what.text().toUpperCase(Locale.ROOT) + " is not supported.");
  }

  private SqlIdentifier tableName() {
    if (!cursor.atName() && !cursor.at("default")) {
      throw cursor.unexpected("a table");
    }
    return PrimaryGrammar.identifier(cursor, names.name());
  }

  private ParsedStatement dropTable() {
    cursor.next();
    refuseOther("DROP");
    cursor.expect("table");
    Statement.DropTable.IfMissing ifMissing =
        cursor.accept("if", "exists")
            ? Statement.DropTable.IfMissing.IGNORE
            : Statement.DropTable.IfMissing.FAIL;
    return new ParsedStatement.DropTable(tableName(), ifMissing);
  }

  private void refuseOther(String verb) {
    Token what = cursor.peek();
    if (!what.is("table")) {
      throw StatementException.at(
          Code.UNSUPPORTED,
          what.start(),
          verb + " " + what.text().toUpperCase(Locale.ROOT) + " is not supported.");
    }
  }

  private ParsedStatement createTable() {
    cursor.next();
    refuseOther("CREATE");
    cursor.expect("table");
    Statement.CreateTable.IfExists ifExists =
        cursor.accept("if", "not", "exists")
            ? Statement.CreateTable.IfExists.KEEP
            : Statement.CreateTable.IfExists.FAIL;
    SqlIdentifier name = tableName();
    if (cursor.at("as")) {
      throw StatementException.at(
          Code.UNSUPPORTED, cursor.peek().start(), "CREATE TABLE AS is not supported.");
    }
    cursor.expectSymbol("(");
    List<ParsedStatement.Column> columns = new ArrayList<>();
    do {
      refuseTableConstraint();
      columns.add(column());
    } while (cursor.acceptSymbol(","));
    cursor.expectSymbol(")");
    TableOptions options = new TableOptionsText(cursor).parse();
    return new ParsedStatement.CreateTable(name, ifExists, columns, options);
  }

  private void refuseTableConstraint() {
    Token token = cursor.peek();
    boolean primary = cursor.at("primary", "key");
    boolean other =
        token.is("constraint")
            || cursor.at("foreign", "key")
            || (token.is("unique") || token.is("check")) && cursor.peek(1).isSymbol("(");
    if (primary) {
      throw keyRefused(token);
    }
    if (other) {
      throw constraintRefused(token);
    }
  }

  private static StatementException keyRefused(Token token) {
    return StatementException.at(
        Code.UNSUPPORTED,
        token.start(),
        "PRIMARY KEY is not supported: rows of a table have no keys, each row sent is kept.");
  }

  private static StatementException constraintRefused(Token token) {
    return StatementException.at(
        Code.UNSUPPORTED,
        token.start(),
        token.text().toUpperCase(Locale.ROOT) + " is not supported as a constraint of a table.");
  }

  private ParsedStatement.Column column() {
    Token name = cursor.expectName("a column");
    LogicalType type = new TypeGrammar(cursor).type();
    boolean nullable = true;
    Optional<SqlNode> defaultValue = Optional.empty();
    while (!cursor.atSymbol(",") && !cursor.atSymbol(")")) {
      Token token = cursor.peek();
      if (cursor.accept("not", "null")) {
        nullable = false;
      } else if (cursor.accept("default")) {
        defaultValue = Optional.of(queries.expressions().binary(5));
      } else if (cursor.at("primary")) {
        throw keyRefused(token);
      } else if (cursor.at("unique")
          || cursor.at("references")
          || cursor.at("check")
          || cursor.at("constraint")) {
        throw constraintRefused(token);
      } else if (!cursor.accept("null")) {
        throw cursor.unexpected("\",\", \")\", NOT NULL or DEFAULT");
      }
    }
    SqlIdentifier id = new SqlIdentifier(name.text(), Places.of(name));
    return new ParsedStatement.Column(id, type, nullable, defaultValue);
  }

  private ParsedStatement insert() {
    cursor.next();
    cursor.expect("into");
    SqlIdentifier table = tableName();
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
        row.add(
            cursor.accept("default")
                ? Optional.empty()
                : Optional.of(queries.expressions().expression()));
      } while (cursor.acceptSymbol(","));
      cursor.expectSymbol(")");
      rows.add(row);
    } while (cursor.acceptSymbol(","));
    if (cursor.at("returning") || cursor.at("on")) {
      throw StatementException.at(
          Code.UNSUPPORTED,
          cursor.peek().start(),
          cursor.peek().text().toUpperCase(Locale.ROOT) + " is not supported with INSERT.");
    }
    return new ParsedStatement.Insert(table, columns, rows);
  }
}
