package dev.kyma.query.calcite.parse;

import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.statement.Token;
import dev.kyma.query.statement.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Queries: WITH, SELECT, VALUES, set operations, ORDER BY and LIMIT. */
final class QueryGrammar {
  private final TokenCursor cursor;
  private final ExpressionGrammar expressions;
  private final FromGrammar from;
  private final WindowGrammar windows;

  QueryGrammar(TokenCursor cursor) {
    this.cursor = cursor;
    this.expressions = new ExpressionGrammar(cursor, this);
    this.from = new FromGrammar(cursor, this);
    this.windows = new WindowGrammar(cursor, this);
  }

  ExpressionGrammar expressions() {
    return expressions;
  }

  WindowGrammar windows() {
    return windows;
  }

  /** Whether a query begins here, in parentheses or not. */
  boolean atQuery() {
    int ahead = 0;
    while (cursor.peek(ahead).isSymbol("(")) {
      ahead++;
    }
    Token token = cursor.peek(ahead);
    return token.is("select") || token.is("with") || token.is("values");
  }

  /** A whole query. */
  SqlNode query() {
    cursor.enter();
    Token first = cursor.peek();
    if (!cursor.accept("with")) {
      SqlNode plain = ordered(first);
      cursor.leave();
      return plain;
    }
    if (cursor.at("recursive")) {
      throw StatementException.at(
          Code.UNSUPPORTED, cursor.peek().start(), "WITH RECURSIVE is not supported.");
    }
    SqlNodeList items = new SqlNodeList(Places.of(first));
    do {
      items.add(withItem());
    } while (cursor.acceptSymbol(","));
    SqlNode body = ordered(cursor.peek());
    cursor.leave();
    SqlParserPos pos = Places.since(first, cursor);
    // ORDER BY stands outside of WITH in Calcite's tree.
    if (body instanceof SqlOrderBy order) {
      return new SqlOrderBy(
          pos, new SqlWith(pos, items, order.query), order.orderList, order.offset, order.fetch);
    }
    return new SqlWith(pos, items, body);
  }

  private SqlNode withItem() {
    Token name = cursor.expectName("a name");
    SqlNodeList columns = cursor.atSymbol("(") ? columnList() : null;
    cursor.expect("as");
    if (cursor.accept("not")) {
      cursor.expect("materialized");
    } else {
      cursor.accept("materialized");
    }
    cursor.expectSymbol("(");
    SqlNode query = query();
    cursor.expectSymbol(")");
    return new SqlWithItem(
        Places.since(name, cursor),
        new SqlIdentifier(name.text(), Places.of(name)),
        columns,
        query,
        SqlLiteral.createBoolean(false, SqlParserPos.ZERO));
  }

  /** {@code (a, b)}. */
  SqlNodeList columnList() {
    Token first = cursor.peek();
    cursor.expectSymbol("(");
    SqlNodeList list = new SqlNodeList(Places.of(first));
    do {
      Token column = cursor.expectName("a column");
      list.add(new SqlIdentifier(column.text(), Places.of(column)));
    } while (cursor.acceptSymbol(","));
    cursor.expectSymbol(")");
    return list;
  }

  private SqlNode ordered(Token first) {
    SqlNode query = union();
    SqlNodeList order = orderBy();
    SqlNode offset = null;
    SqlNode fetch = null;
    while (true) {
      if (cursor.accept("limit")) {
        fetch = cursor.accept("all") ? null : count();
      } else if (cursor.accept("offset")) {
        offset = count();
        if (!cursor.accept("rows")) {
          cursor.accept("row");
        }
      } else if (cursor.accept("fetch")) {
        if (!cursor.accept("first")) {
          cursor.expect("next");
        }
        fetch = cursor.at("row") || cursor.at("rows") ? one() : count();
        if (!cursor.accept("rows")) {
          cursor.expect("row");
        }
        cursor.expect("only");
      } else {
        break;
      }
    }
    if (order.size() == 0 && offset == null && fetch == null) {
      return query;
    }
    return new SqlOrderBy(Places.since(first, cursor), query, order, offset, fetch);
  }

  private SqlNode one() {
    return SqlLiteral.createExactNumeric("1", Places.of(cursor.peek()));
  }

  private SqlNode count() {
    Token token = cursor.peek();
    return SqlLiteral.createExactNumeric(Long.toString(cursor.expectInteger()), Places.of(token));
  }

  /** ORDER BY with its keys, or nothing. */
  SqlNodeList orderBy() {
    Token first = cursor.peek();
    if (!cursor.accept("order")) {
      return SqlNodeList.EMPTY;
    }
    cursor.expect("by");
    List<SqlNode> keys = new ArrayList<>();
    do {
      keys.add(orderKey());
    } while (cursor.acceptSymbol(","));
    return new SqlNodeList(keys, Places.since(first, cursor));
  }

  private SqlNode orderKey() {
    Token first = cursor.peek();
    SqlNode key = expressions.expression();
    if (cursor.accept("desc")) {
      key = SqlStdOperatorTable.DESC.createCall(Places.since(first, cursor), key);
    } else {
      cursor.accept("asc");
    }
    if (cursor.accept("nulls", "first")) {
      key = SqlStdOperatorTable.NULLS_FIRST.createCall(Places.since(first, cursor), key);
    } else if (cursor.accept("nulls", "last")) {
      key = SqlStdOperatorTable.NULLS_LAST.createCall(Places.since(first, cursor), key);
    }
    return key;
  }

  private SqlNode union() {
    Token first = cursor.peek();
    SqlNode left = intersect();
    while (cursor.at("union") || cursor.at("except")) {
      boolean union = cursor.next().is("union");
      boolean all = cursor.accept("all");
      if (!all) {
        cursor.accept("distinct");
      }
      SqlOperator operator =
          union
              ? all ? SqlStdOperatorTable.UNION_ALL : SqlStdOperatorTable.UNION
              : all ? SqlStdOperatorTable.EXCEPT_ALL : SqlStdOperatorTable.EXCEPT;
      SqlNode right = intersect();
      left = operator.createCall(Places.since(first, cursor), left, right);
    }
    return left;
  }

  private SqlNode intersect() {
    Token first = cursor.peek();
    SqlNode left = simple();
    while (cursor.accept("intersect")) {
      boolean all = cursor.accept("all");
      if (!all) {
        cursor.accept("distinct");
      }
      SqlOperator operator =
          all ? SqlStdOperatorTable.INTERSECT_ALL : SqlStdOperatorTable.INTERSECT;
      SqlNode right = simple();
      left = operator.createCall(Places.since(first, cursor), left, right);
    }
    return left;
  }

  private SqlNode simple() {
    if (cursor.acceptSymbol("(")) {
      SqlNode query = query();
      cursor.expectSymbol(")");
      return query;
    }
    if (cursor.at("values")) {
      return values();
    }
    return select();
  }

  private SqlNode values() {
    Token first = cursor.next();
    List<SqlNode> rows = new ArrayList<>();
    do {
      Token row = cursor.peek();
      cursor.expectSymbol("(");
      List<SqlNode> cells = expressions.expressions();
      cursor.expectSymbol(")");
      rows.add(SqlStdOperatorTable.ROW.createCall(Places.since(row, cursor), cells));
    } while (cursor.acceptSymbol(","));
    return SqlStdOperatorTable.VALUES.createCall(Places.since(first, cursor), rows);
  }

  private SqlNode select() {
    Token first = cursor.peek();
    cursor.expect("select");
    SqlNodeList keywords = new SqlNodeList(Places.of(first));
    if (cursor.accept("distinct")) {
      if (cursor.at("on")) {
        throw StatementException.at(
            Code.UNSUPPORTED, cursor.peek().start(), "DISTINCT ON is not supported.");
      }
      keywords.add(SqlSelectKeyword.DISTINCT.symbol(Places.of(cursor.previous())));
    } else {
      cursor.accept("all");
    }
    SqlNodeList items = new SqlNodeList(Places.of(first));
    do {
      items.add(item());
    } while (cursor.acceptSymbol(","));
    if (cursor.at("into")) {
      throw StatementException.at(
          Code.UNSUPPORTED, cursor.peek().start(), "SELECT INTO is not supported.");
    }
    SqlNode source = cursor.accept("from") ? from.tables() : null;
    SqlNode where = cursor.accept("where") ? expressions.expression() : null;
    SqlNodeList groups = groupBy();
    SqlNode having = cursor.accept("having") ? expressions.expression() : null;
    SqlNodeList named = windows.clause();
    return new SqlSelect(
        Places.since(first, cursor),
        keywords,
        items,
        source,
        where,
        groups,
        having,
        named,
        null,
        null,
        null,
        null,
        SqlNodeList.EMPTY);
  }

  private SqlNode item() {
    Token first = cursor.peek();
    if (cursor.acceptSymbol("*")) {
      return SqlIdentifier.star(Places.of(first));
    }
    int names = 0;
    while (cursor.peek(names).kind() == Token.Kind.WORD
        || cursor.peek(names).kind() == Token.Kind.QUOTED_NAME) {
      if (!cursor.peek(names + 1).isSymbol(".")) {
        break;
      }
      names += 2;
      if (cursor.peek(names).isSymbol("*")) {
        return qualifiedStar(names / 2);
      }
    }
    SqlNode node = expressions.expression();
    if (cursor.accept("as")) {
      return as(first, node, cursor.expectLabel("a name"));
    }
    if (cursor.atName()) {
      return as(first, node, cursor.next());
    }
    return node;
  }

  private SqlNode qualifiedStar(int names) {
    List<String> parts = new ArrayList<>();
    List<SqlParserPos> places = new ArrayList<>();
    Token first = cursor.peek();
    for (int i = 0; i < names; i++) {
      Token name = cursor.next();
      parts.add(name.text());
      places.add(Places.of(name));
      cursor.next();
    }
    places.add(Places.of(cursor.next()));
    parts.add("");
    return new SqlIdentifier(parts, null, Places.since(first, cursor), places);
  }

  private SqlNode as(Token first, SqlNode node, Token name) {
    return SqlStdOperatorTable.AS.createCall(
        Places.since(first, cursor), node, new SqlIdentifier(name.text(), Places.of(name)));
  }

  private @Nullable SqlNodeList groupBy() {
    Token first = cursor.peek();
    if (!cursor.accept("group")) {
      return null;
    }
    cursor.expect("by");
    cursor.accept("all");
    List<SqlNode> elements = new ArrayList<>();
    do {
      elements.add(grouping());
    } while (cursor.acceptSymbol(","));
    return new SqlNodeList(elements, Places.since(first, cursor));
  }

  private SqlNode grouping() {
    Token first = cursor.peek();
    if (cursor.at("grouping", "sets")) {
      cursor.expect("grouping", "sets");
      return groupingList(first, SqlStdOperatorTable.GROUPING_SETS);
    }
    if (cursor.peek(1).isSymbol("(") && cursor.accept("rollup")) {
      return groupingList(first, SqlStdOperatorTable.ROLLUP);
    }
    if (cursor.peek(1).isSymbol("(") && cursor.accept("cube")) {
      return groupingList(first, SqlStdOperatorTable.CUBE);
    }
    if (cursor.atSymbol("(") && cursor.peek(1).isSymbol(")")) {
      cursor.next();
      cursor.next();
      return new SqlNodeList(Places.since(first, cursor));
    }
    SqlNode node = expressions.expression();
    if (node instanceof org.apache.calcite.sql.SqlCall row
        && row.getOperator() == SqlStdOperatorTable.ROW) {
      return new SqlNodeList(row.getOperandList(), row.getParserPosition());
    }
    return node;
  }

  private SqlNode groupingList(Token first, SqlOperator operator) {
    cursor.expectSymbol("(");
    List<SqlNode> sets = new ArrayList<>();
    do {
      sets.add(grouping());
    } while (cursor.acceptSymbol(","));
    cursor.expectSymbol(")");
    return operator.createCall(Places.since(first, cursor), sets);
  }
}
