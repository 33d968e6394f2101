package dev.kyma.query.calcite.parse;

import dev.kyma.query.calcite.function.AggregateOperator;
import dev.kyma.query.calcite.function.Functions;
import dev.kyma.query.calcite.function.Operators;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.plan.AggregateFunction;
import dev.kyma.query.statement.NearNames;
import dev.kyma.query.statement.Token;
import dev.kyma.query.statement.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Names and calls, those with a syntax of their own included. */
final class CallGrammar {
  private final TokenCursor cursor;
  private final ExpressionGrammar expressions;
  private final QueryGrammar queries;

  CallGrammar(TokenCursor cursor, ExpressionGrammar expressions, QueryGrammar queries) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.queries = queries;
  }

  SqlNode nameOrCall() {
    Token first = cursor.peek();
    boolean call = cursor.peek(1).isSymbol("(");
    // left, right and the like are reserved for joins but are functions before a parenthesis.
    if (!cursor.atName() && !(call && Functions.find(first.text()).isPresent())) {
      throw cursor.unexpected("an expression");
    }
    if (call && first.kind() == Token.Kind.WORD) {
      Optional<SqlNode> special = special(first);
      if (special.isPresent()) {
        return special.get();
      }
    }
    List<Token> parts = new ArrayList<>(List.of(cursor.next()));
    while (cursor.atSymbol(".")) {
      cursor.next();
      parts.add(cursor.expectLabel("a name"));
    }
    if (cursor.atSymbol("(")) {
      return call(first, parts.getLast());
    }
    return PrimaryGrammar.identifier(cursor, parts);
  }

  private Optional<SqlNode> special(Token first) {
    int mark = cursor.mark();
    SqlNode node =
        switch (first.text()) {
          case "extract" -> extract(first);
          case "position" -> position(first);
          case "substring" -> substring(first);
          case "trim" -> trim(first);
          case "ceil", "ceiling", "floor" -> null;
          default -> null;
        };
    if (node == null) {
      cursor.reset(mark);
    }
    return Optional.ofNullable(node);
  }

  private void open() {
    cursor.next();
    cursor.expectSymbol("(");
  }

  /** {@code EXTRACT(field FROM time)}. */
  private SqlNode extract(Token first) {
    open();
    Token field = cursor.peek();
    if (field.kind() != Token.Kind.STRING) {
      field = cursor.expectLabel("a field such as HOUR");
    } else {
      cursor.next();
    }
    cursor.expect("from");
    SqlNode time = expressions.expression();
    cursor.expectSymbol(")");
    SqlNode name = SqlLiteral.createCharString(field.text(), Places.of(field));
    return Operators.EXTRACT.createCall(Places.since(first, cursor), name, time);
  }

  /** {@code POSITION(part IN text)}. */
  private SqlNode position(Token first) {
    open();
    SqlNode part = expressions.binary(7);
    cursor.expect("in");
    SqlNode text = expressions.expression();
    cursor.expectSymbol(")");
    return Operators.POSITION.createCall(Places.since(first, cursor), text, part);
  }

  /** {@code SUBSTRING(text FROM start FOR count)}; with commas it is a plain call. */
  private org.apache.calcite.sql.@org.jspecify.annotations.Nullable SqlNode substring(Token first) {
    open();
    List<SqlNode> operands = new ArrayList<>(List.of(expressions.expression()));
    if (cursor.accept("from")) {
      operands.add(expressions.expression());
      if (cursor.accept("for")) {
        operands.add(expressions.expression());
      }
    } else if (cursor.accept("for")) {
      operands.add(SqlLiteral.createExactNumeric("1", Places.of(first)));
      operands.add(expressions.expression());
    } else {
      return null;
    }
    cursor.expectSymbol(")");
    return function("substring").createCall(Places.since(first, cursor), operands);
  }

  /** {@code TRIM(BOTH chars FROM text)}; without these words it is a plain call. */
  private org.apache.calcite.sql.@org.jspecify.annotations.Nullable SqlNode trim(Token first) {
    open();
    String name = "trim";
    boolean side = false;
    if (cursor.accept("leading")) {
      name = "ltrim";
      side = true;
    } else if (cursor.accept("trailing")) {
      name = "rtrim";
      side = true;
    } else if (cursor.accept("both")) {
      side = true;
    }
    List<SqlNode> operands = new ArrayList<>();
    if (!cursor.accept("from")) {
      operands.add(expressions.expression());
      if (cursor.accept("from")) {
        operands.addFirst(expressions.expression());
      } else if (!side || cursor.atSymbol(",")) {
        return null;
      }
    } else {
      operands.add(expressions.expression());
    }
    cursor.expectSymbol(")");
    return function(name).createCall(Places.since(first, cursor), operands);
  }

  private static SqlOperator function(String name) {
    return Functions.find(name).orElseThrow();
  }

  private SqlNode call(Token first, Token name) {
    SqlOperator operator = Functions.find(name.text()).orElseThrow(() -> unknown(name));
    cursor.expectSymbol("(");
    SqlLiteral quantifier = null;
    List<SqlNode> operands = new ArrayList<>();
    SqlNodeList order = SqlNodeList.EMPTY;
    if (cursor.atSymbol("*")) {
      Token star = cursor.next();
      operands.add(SqlIdentifier.star(Places.of(star)));
      if (operator != SqlStdOperatorTable.COUNT) {
        throw TokenCursor.error(star.start(), "Only COUNT takes *.");
      }
    } else if (!cursor.atSymbol(")")) {
      Token word = cursor.peek();
      if (cursor.accept("distinct")) {
        quantifier = SqlSelectKeyword.DISTINCT.symbol(Places.of(word));
      } else {
        cursor.accept("all");
      }
      operands.addAll(expressions.expressions());
      order = queries.orderBy();
    } else if (operator == SqlStdOperatorTable.COUNT) {
      throw cursor.unexpected("* or an expression");
    }
    cursor.expectSymbol(")");
    if (quantifier != null && !(operator instanceof SqlAggFunction)) {
      throw TokenCursor.error(name.start(), "DISTINCT is for aggregates only.");
    }
    SqlNode call;
    if (isPercentile(operator)) {
      call = percentile(first, (AggregateOperator) operator, operands);
    } else {
      call =
          operator.createCall(
              quantifier, Places.since(first, cursor), operands.toArray(SqlNode[]::new));
    }
    if (order.size() > 0) {
      if (!(operator instanceof AggregateOperator aggregate)
          || aggregate.function() != AggregateFunction.STRING_AGG
              && aggregate.function() != AggregateFunction.ARRAY_AGG) {
        throw StatementException.at(
            Code.UNSUPPORTED, name.start(), "ORDER BY inside this function has no meaning.");
      }
      call = SqlStdOperatorTable.WITHIN_GROUP.createCall(Places.since(first, cursor), call, order);
    }
    return suffixes(first, operator, call);
  }

  private SqlNode suffixes(Token first, SqlOperator operator, SqlNode plain) {
    SqlNode call = plain;
    if (cursor.at("filter") && cursor.peek(1).isSymbol("(")) {
      cursor.next();
      cursor.next();
      cursor.expect("where");
      SqlNode condition = expressions.expression();
      cursor.expectSymbol(")");
      if (!operator.isAggregator()) {
        throw TokenCursor.error(first.start(), "FILTER is for aggregates only.");
      }
      call = SqlStdOperatorTable.FILTER.createCall(Places.since(first, cursor), call, condition);
    }
    if (cursor.at("over") && (cursor.peek(1).isSymbol("(") || TokenCursor.isName(cursor.peek(1)))) {
      cursor.next();
      if (!operator.isAggregator()) {
        throw TokenCursor.error(first.start(), "OVER is for aggregates and window functions only.");
      }
      SqlNode window = queries.windows().overWindow();
      call = SqlStdOperatorTable.OVER.createCall(Places.since(first, cursor), call, window);
    }
    return call;
  }

  private static boolean isPercentile(SqlOperator operator) {
    return operator instanceof AggregateOperator aggregate
        && (aggregate.function() == AggregateFunction.PERCENTILE_CONT
            || aggregate.function() == AggregateFunction.PERCENTILE_DISC);
  }

  /** {@code percentile_cont(0.9) WITHIN GROUP (ORDER BY x)}, kept as a call with both arguments. */
  private SqlNode percentile(Token first, AggregateOperator operator, List<SqlNode> operands) {
    if (operands.size() != 1) {
      throw TokenCursor.error(first.start(), operator.getName() + " takes one fraction.");
    }
    cursor.expect("within", "group");
    cursor.expectSymbol("(");
    cursor.expect("order", "by");
    SqlNode value = expressions.expression();
    boolean descending = cursor.accept("desc");
    if (!descending) {
      cursor.accept("asc");
    }
    cursor.expectSymbol(")");
    SqlNode fraction = operands.getFirst();
    SqlParserPos pos = Places.since(first, cursor);
    if (!(fraction instanceof SqlNumericLiteral number)) {
      throw StatementException.at(
          Code.UNSUPPORTED, first.start(), "The fraction of a percentile must be a constant.");
    }
    if (descending) {
      if (operator.function() != AggregateFunction.PERCENTILE_CONT) {
        throw StatementException.at(
            Code.UNSUPPORTED,
            first.start(),
            "percentile_disc in descending order is not supported.");
      }
      fraction =
          SqlLiteral.createExactNumeric(
              java.math.BigDecimal.ONE.subtract(number.bigDecimalValue()).toPlainString(),
              fraction.getParserPosition());
    }
    return operator.createCall(null, pos, value, fraction);
  }

  private StatementException unknown(Token name) {
    List<String> near = NearNames.of(name.text(), Functions.names());
    return new StatementException(
        Code.UNKNOWN_FUNCTION,
        "There is no function \"" + name.text() + "\"." + NearNames.hint(near),
        Optional.of(name.start()),
        near);
  }
}
