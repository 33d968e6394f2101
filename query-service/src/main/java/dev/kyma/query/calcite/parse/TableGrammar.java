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

/** CREATE TABLE, ALTER TABLE and DROP TABLE. */
final class TableGrammar {
  private final TokenCursor cursor;
  private final QueryGrammar queries;
  private final TableNameGrammar names;

  TableGrammar(TokenCursor cursor, QueryGrammar queries, TableNameGrammar names) {
    this.cursor = cursor;
    this.queries = queries;
    this.names = names;
  }

  ParsedStatement drop() {
    cursor.next();
    expectTable("DROP");
    Statement.DropTable.IfMissing ifMissing =
        cursor.accept("if", "exists")
            ? Statement.DropTable.IfMissing.IGNORE
            : Statement.DropTable.IfMissing.FAIL;
    return new ParsedStatement.DropTable(names.table(), ifMissing);
  }

  private void expectTable(String verb) {
    Token what = cursor.peek();
    if (!what.is("table")) {
      throw StatementException.at(
          Code.UNSUPPORTED,
          what.start(),
          verb + " " + what.text().toUpperCase(Locale.ROOT) + " is not supported.");
    }
    cursor.next();
  }

  ParsedStatement create() {
    cursor.next();
    expectTable("CREATE");
    Statement.CreateTable.IfExists ifExists = ifNotExists();
    SqlIdentifier name = names.table();
    if (cursor.at("as")) {
      throw StatementException.at(
          Code.UNSUPPORTED, cursor.peek().start(), "CREATE TABLE AS is not supported.");
    }
    cursor.expectSymbol("(");
    List<ParsedStatement.Column> columns = new ArrayList<>();
    List<SqlIdentifier> key = new ArrayList<>();
    do {
      refuseConstraint();
      if (cursor.at("primary", "key")) {
        requireNoKey(key);
        cursor.expect("primary", "key");
        queries.columnList().forEach(column -> key.add((SqlIdentifier) column));
      } else {
        columns.add(column(key));
      }
    } while (cursor.acceptSymbol(","));
    cursor.expectSymbol(")");
    TableOptions options = new TableOptionsText(cursor).parse();
    return new ParsedStatement.CreateTable(name, ifExists, columns, key, options);
  }

  private Statement.CreateTable.IfExists ifNotExists() {
    return cursor.accept("if", "not", "exists")
        ? Statement.CreateTable.IfExists.KEEP
        : Statement.CreateTable.IfExists.FAIL;
  }

  private void requireNoKey(List<SqlIdentifier> key) {
    if (!key.isEmpty()) {
      throw StatementException.at(
          Code.INVALID, cursor.peek().start(), "The table has a PRIMARY KEY already.");
    }
  }

  private void refuseConstraint() {
    Token token = cursor.peek();
    if (token.is("constraint")
        || cursor.at("foreign", "key")
        || (token.is("unique") || token.is("check")) && cursor.peek(1).isSymbol("(")) {
      throw constraintRefused(token);
    }
  }

  private static StatementException constraintRefused(Token token) {
    return StatementException.at(
        Code.UNSUPPORTED,
        token.start(),
        token.text().toUpperCase(Locale.ROOT) + " is not supported as a constraint of a table.");
  }

  /**
   * A column.
   *
   * @param key takes the column's name if it says PRIMARY KEY
   */
  private ParsedStatement.Column column(List<SqlIdentifier> key) {
    Token name = cursor.expectName("a column");
    SqlIdentifier id = new SqlIdentifier(name.text(), Places.of(name));
    LogicalType type = new TypeGrammar(cursor).type();
    boolean nullable = true;
    Optional<ParsedStatement.Default> defaultValue = Optional.empty();
    while (!cursor.atSymbol(",") && !cursor.atSymbol(")") && !atEnd()) {
      Token token = cursor.peek();
      if (cursor.accept("not", "null")) {
        nullable = false;
      } else if (cursor.accept("default")) {
        defaultValue = Optional.of(defaultValue());
      } else if (cursor.at("primary", "key")) {
        requireNoKey(key);
        cursor.expect("primary", "key");
        key.add(id);
        nullable = false;
      } else if (cursor.at("unique")
          || cursor.at("references")
          || cursor.at("check")
          || cursor.at("constraint")) {
        throw constraintRefused(token);
      } else if (!cursor.accept("null")) {
        throw cursor.unexpected("\",\", \")\", NOT NULL, DEFAULT or PRIMARY KEY");
      }
    }
    return new ParsedStatement.Column(id, type, nullable, defaultValue);
  }

  private boolean atEnd() {
    return cursor.peek().kind() == Token.Kind.END || cursor.atSymbol(";");
  }

  private ParsedStatement.Default defaultValue() {
    Token first = cursor.peek();
    int mark = cursor.mark();
    boolean clock = first.is("now") || first.is("current_timestamp") || first.is("localtimestamp");
    if (clock || first.is("snowflake_id")) {
      cursor.next();
      boolean called = cursor.acceptSymbol("(");
      if ((!called || cursor.acceptSymbol(")")) && (called || !first.is("snowflake_id"))) {
        SqlNode place = new SqlIdentifier(first.text(), Places.of(first));
        if (endsDefault()) {
          return clock
              ? new ParsedStatement.Default.Now(place)
              : new ParsedStatement.Default.SnowflakeId(place);
        }
      }
      cursor.reset(mark);
    }
    return new ParsedStatement.Default.Value(queries.expressions().binary(5));
  }

  private boolean endsDefault() {
    return cursor.atSymbol(",")
        || cursor.atSymbol(")")
        || atEnd()
        || cursor.at("not", "null")
        || cursor.at("null")
        || cursor.at("primary", "key");
  }

  ParsedStatement alter() {
    cursor.next();
    expectTable("ALTER");
    SqlIdentifier table = names.table();
    if (cursor.accept("set")) {
      return new ParsedStatement.SetOptions(table, new TableOptionsText(cursor).parseChanges());
    }
    if (!cursor.at("add")) {
      Token what = cursor.peek();
      if (what.is("drop") || what.is("rename") || what.is("alter") || what.is("owner")) {
        throw StatementException.at(
            Code.UNSUPPORTED,
            what.start(),
            "ALTER TABLE … "
                + what.text().toUpperCase(Locale.ROOT)
                + " is not supported; ADD COLUMN and SET are.");
      }
      throw cursor.unexpected("ADD COLUMN or SET");
    }
    List<ParsedStatement.AddedColumn> columns = new ArrayList<>();
    do {
      columns.add(added());
    } while (cursor.acceptSymbol(","));
    return new ParsedStatement.AddColumns(table, columns);
  }

  private ParsedStatement.AddedColumn added() {
    cursor.expect("add");
    refuseConstraint();
    if (cursor.at("primary", "key")) {
      throw laterKey();
    }
    cursor.accept("column");
    Statement.CreateTable.IfExists ifExists = ifNotExists();
    Token first = cursor.peek();
    List<SqlIdentifier> key = new ArrayList<>();
    ParsedStatement.Column column = column(key);
    if (!key.isEmpty()) {
      throw laterKey();
    }
    if (!column.nullable()) {
      throw StatementException.at(
          Code.INVALID,
          first.start(),
          "A column that is added cannot be NOT NULL: the rows stored before are NULL there.");
    }
    return new ParsedStatement.AddedColumn(column, ifExists);
  }

  private StatementException laterKey() {
    return StatementException.at(
        Code.UNSUPPORTED,
        cursor.previous().start(),
        "A table cannot be given a PRIMARY KEY once it is there.");
  }
}
