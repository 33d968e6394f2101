package dev.kyma.query.calcite.parse;

import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.statement.Token;
import dev.kyma.query.statement.TokenCursor;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Windows and their frames. */
final class WindowGrammar {
  private final TokenCursor cursor;
  private final QueryGrammar queries;

  WindowGrammar(TokenCursor cursor, QueryGrammar queries) {
    this.cursor = cursor;
    this.queries = queries;
  }

  /** What follows OVER: a name or a window in parentheses. */
  SqlNode overWindow() {
    if (!cursor.atSymbol("(")) {
      Token name = cursor.expectName("a window");
      return new SqlIdentifier(name.text(), Places.of(name));
    }
    return window(null);
  }

  /** The WINDOW clause, if there is one. */
  SqlNodeList clause() {
    if (!cursor.accept("window")) {
      return SqlNodeList.EMPTY;
    }
    SqlNodeList list = new SqlNodeList(Places.of(cursor.previous()));
    do {
      Token name = cursor.expectName("a window's name");
      cursor.expect("as");
      list.add(window(new SqlIdentifier(name.text(), Places.of(name))));
    } while (cursor.acceptSymbol(","));
    return list;
  }

  private SqlWindow window(@Nullable SqlIdentifier name) {
    Token first = cursor.peek();
    cursor.expectSymbol("(");
    SqlIdentifier base = null;
    if (cursor.atName() && !cursor.at("partition") && !cursor.at("rows") && !cursor.at("range")) {
      Token token = cursor.next();
      base = new SqlIdentifier(token.text(), Places.of(token));
    }
    SqlNodeList partition = SqlNodeList.EMPTY;
    if (cursor.accept("partition")) {
      cursor.expect("by");
      partition = new SqlNodeList(queries.expressions().expressions(), Places.of(first));
    }
    SqlNodeList order = queries.orderBy();
    SqlLiteral rows = SqlLiteral.createBoolean(false, SqlParserPos.ZERO);
    SqlNode lower = null;
    SqlNode upper = null;
    if (cursor.at("rows") || cursor.at("range")) {
      rows = SqlLiteral.createBoolean(cursor.next().is("rows"), SqlParserPos.ZERO);
      if (cursor.accept("between")) {
        lower = bound();
        cursor.expect("and");
        upper = bound();
      } else {
        lower = bound();
      }
    } else if (cursor.at("groups")) {
      throw StatementException.at(
          Code.UNSUPPORTED, cursor.peek().start(), "Frames of GROUPS are not supported.");
    }
    if (cursor.at("exclude")) {
      throw StatementException.at(
          Code.UNSUPPORTED, cursor.peek().start(), "EXCLUDE in a frame is not supported.");
    }
    cursor.expectSymbol(")");
    return SqlWindow.create(
        name, base, partition, order, rows, lower, upper, null, Places.since(first, cursor));
  }

  private SqlNode bound() {
    SqlParserPos pos = Places.of(cursor.peek());
    if (cursor.accept("unbounded", "preceding")) {
      return SqlWindow.createUnboundedPreceding(pos);
    }
    if (cursor.accept("unbounded", "following")) {
      return SqlWindow.createUnboundedFollowing(pos);
    }
    if (cursor.accept("current", "row")) {
      return SqlWindow.createCurrentRow(pos);
    }
    SqlNode offset = queries.expressions().expression();
    if (cursor.accept("preceding")) {
      return SqlWindow.createPreceding(offset, pos);
    }
    cursor.expect("following");
    return SqlWindow.createFollowing(offset, pos);
  }
}
