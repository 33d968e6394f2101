package dev.kyma.query.calcite.parse;

import dev.kyma.format.type.LogicalType;
import dev.kyma.query.calcite.function.Operators;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.statement.IntervalText;
import dev.kyma.query.statement.Token;
import dev.kyma.query.statement.TokenCursor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Constants, names, calls and everything else that operators join. */
final class PrimaryGrammar {
  private static final Map<String, LogicalType> LITERAL_TYPES =
      Map.of(
          "date", LogicalType.DATE,
          "time", LogicalType.TIME,
          "timestamp", LogicalType.TIMESTAMP,
          "timestamptz", LogicalType.TIMESTAMP,
          "json", LogicalType.DYNAMIC,
          "jsonb", LogicalType.DYNAMIC);

  private static final Set<String> INTERVAL_UNITS =
      Set.of(
          "year", "quarter", "month", "week", "day", "hour", "minute", "second", "years", "months",
          "weeks", "days", "hours", "minutes", "seconds");

  private final TokenCursor cursor;
  private final ExpressionGrammar expressions;
  private final QueryGrammar queries;
  private final CallGrammar calls;
  private final TypeGrammar types;

  PrimaryGrammar(TokenCursor cursor, ExpressionGrammar expressions, QueryGrammar queries) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.queries = queries;
    this.calls = new CallGrammar(cursor, expressions, queries);
    this.types = new TypeGrammar(cursor);
  }

  /** A primary expression with its casts and subscripts. */
  SqlNode primary() {
    Token first = cursor.peek();
    SqlNode node = plain();
    while (true) {
      if (cursor.acceptSymbol("::")) {
        node = cast(first, node);
      } else if (cursor.acceptSymbol("[")) {
        SqlNode key = expressions.expression();
        cursor.expectSymbol("]");
        node = Operators.GET.createCall(Places.since(first, cursor), node, key);
      } else {
        return node;
      }
    }
  }

  private SqlNode plain() {
    Token token = cursor.peek();
    return switch (token.kind()) {
      case INTEGER, DECIMAL, FLOAT -> number(cursor.next());
      case STRING -> SqlLiteral.createCharString(cursor.next().text(), Places.of(token));
      case BYTES -> SqlLiteral.createBinaryString(cursor.next().text(), Places.of(token));
      case QUOTED_NAME -> calls.nameOrCall();
      case WORD -> word(token);
      case SYMBOL -> {
        if (token.isSymbol("(")) {
          yield parenthesised();
        }
        if (token.isSymbol("?")) {
          throw StatementException.at(
              Code.UNSUPPORTED, token.start(), "Parameters are not supported in a statement.");
        }
        throw cursor.unexpected("an expression");
      }
      case END -> throw cursor.unexpected("an expression");
    };
  }

  private static SqlNode number(Token token) {
    SqlParserPos pos = Places.of(token);
    if (token.kind() == Token.Kind.FLOAT) {
      return SqlLiteral.createApproxNumeric(token.text(), pos);
    }
    String text = token.text().startsWith(".") ? "0" + token.text() : token.text();
    String exact = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (new BigDecimal(exact).precision() > LogicalType.MAX_DECIMAL_PRECISION) {
      return SqlLiteral.createApproxNumeric(exact + "E0", pos);
    }
    return SqlLiteral.createExactNumeric(exact, pos);
  }

  /** The number with its sign turned. */
  static SqlNode negative(SqlLiteral literal, SqlParserPos pos) {
    BigDecimal value = literal.bigDecimalValue();
    String text = value == null ? "0" : value.negate().toPlainString();
    return ((org.apache.calcite.sql.SqlNumericLiteral) literal).isExact()
        ? SqlLiteral.createExactNumeric(text, pos)
        : SqlLiteral.createApproxNumeric(text + "E0", pos);
  }

  private SqlNode word(Token token) {
    SqlParserPos pos = Places.of(token);
    switch (token.text()) {
      case "null" -> {
        cursor.next();
        return SqlLiteral.createNull(pos);
      }
      case "true", "false" -> {
        cursor.next();
        return SqlLiteral.createBoolean(token.is("true"), pos);
      }
      case "case" -> {
        return caseExpression();
      }
      case "cast" -> {
        return castCall();
      }
      case "exists" -> {
        cursor.next();
        cursor.expectSymbol("(");
        SqlNode query = queries.query();
        cursor.expectSymbol(")");
        return SqlStdOperatorTable.EXISTS.createCall(Places.since(token, cursor), query);
      }
      case "current_timestamp", "localtimestamp" -> {
        cursor.next();
        precision();
        return Operators.NOW.createCall(pos);
      }
      case "current_date" -> {
        cursor.next();
        return Operators.CURRENT_DATE.createCall(pos);
      }
      case "array" ->
          throw StatementException.at(
              Code.UNSUPPORTED, token.start(), "Arrays are not supported as values.");
      case "row" -> {
        if (cursor.peek(1).isSymbol("(")) {
          cursor.next();
          cursor.next();
          List<SqlNode> parts = expressions.expressions();
          cursor.expectSymbol(")");
          return SqlStdOperatorTable.ROW.createCall(Places.since(token, cursor), parts);
        }
      }
      case "interval" -> {
        if (cursor.peek(1).kind() == Token.Kind.STRING) {
          return interval();
        }
      }
      default -> {
        LogicalType type = LITERAL_TYPES.get(token.text());
        if (type != null && cursor.peek(1).kind() == Token.Kind.STRING) {
          cursor.next();
          return typed(token, type);
        }
        if (type == LogicalType.TIMESTAMP && zonedLiteral()) {
          return typed(token, type);
        }
      }
    }
    // The functions with a syntax of their own begin with words that are names otherwise.
    return calls.nameOrCall();
  }

  /** Passes {@code TIMESTAMP WITH TIME ZONE} before a string. */
  private boolean zonedLiteral() {
    int mark = cursor.mark();
    cursor.next();
    if ((cursor.accept("with", "time", "zone") || cursor.accept("without", "time", "zone"))
        && cursor.peek().kind() == Token.Kind.STRING) {
      return true;
    }
    cursor.reset(mark);
    return false;
  }

  private SqlNode typed(Token first, LogicalType type) {
    Token text = cursor.expectString();
    SqlNode literal = SqlLiteral.createCharString(text.text(), Places.of(text));
    return Operators.cast(type).createCall(Places.since(first, cursor), literal);
  }

  private void precision() {
    if (cursor.acceptSymbol("(")) {
      cursor.expectInteger();
      cursor.expectSymbol(")");
    }
  }

  /**
   * {@code INTERVAL '1 hour'}, {@code INTERVAL '90' DAY}, {@code INTERVAL '1:30' HOUR TO MINUTE}.
   */
  private SqlNode interval() {
    Token first = cursor.next();
    Token text = cursor.expectString();
    String value = text.text();
    if (cursor.peek().kind() == Token.Kind.WORD && INTERVAL_UNITS.contains(cursor.peek().text())) {
      String unit = cursor.next().text();
      precision();
      if (cursor.accept("to")) {
        cursor.expectLabel("a unit of time");
        precision();
        if (unit.equals("day")) {
          value = value.strip().replaceFirst(" +", " day ");
        } else if (unit.equals("year")) {
          value = value.strip().replaceFirst("-", " years ") + " months";
        } else if (unit.equals("minute")) {
          value = "00:" + value.strip();
        }
      } else {
        value = value.strip().matches("[+-]?[\\d.]+") ? value.strip() + " " + unit : value;
      }
    }
    return interval(value, text, Places.since(first, cursor));
  }

  private static SqlNode interval(String value, Token text, SqlParserPos pos) {
    if (IntervalText.parse(value).isEmpty()) {
      throw StatementException.at(
          Code.VALUE, text.start(), "'" + text.text() + "' is not an interval.");
    }
    return Operators.INTERVAL.createCall(pos, SqlLiteral.createCharString(value, pos));
  }

  private SqlNode castCall() {
    Token first = cursor.next();
    cursor.expectSymbol("(");
    SqlNode node = expressions.expression();
    cursor.expect("as");
    SqlNode cast = cast(first, node);
    cursor.expectSymbol(")");
    return cast;
  }

  private SqlNode cast(Token first, SqlNode node) {
    Token typeToken = cursor.peek();
    Optional<LogicalType> type = types.typeOrInterval();
    SqlParserPos pos = Places.since(first, cursor);
    if (type.isPresent()) {
      return Operators.cast(type.get()).createCall(pos, node);
    }
    if (node instanceof SqlLiteral literal
        && literal instanceof org.apache.calcite.sql.SqlCharStringLiteral) {
      return interval(literal.getValueAs(String.class), typeToken, pos);
    }
    throw StatementException.at(
        Code.UNSUPPORTED, typeToken.start(), "Only a constant text can be cast to an interval.");
  }

  private SqlNode caseExpression() {
    Token first = cursor.next();
    Optional<SqlNode> operand =
        cursor.at("when") ? Optional.empty() : Optional.of(expressions.expression());
    SqlNodeList whens = new SqlNodeList(Places.of(first));
    SqlNodeList thens = new SqlNodeList(Places.of(first));
    while (cursor.accept("when")) {
      SqlNode when = expressions.expression();
      whens.add(
          operand
              .<SqlNode>map(
                  value -> Operators.EQUAL.createCall(when.getParserPosition(), value, when))
              .orElse(when));
      cursor.expect("then");
      thens.add(expressions.expression());
    }
    if (whens.size() == 0) {
      throw cursor.unexpected("WHEN");
    }
    SqlNode otherwise =
        cursor.accept("else")
            ? expressions.expression()
            : SqlLiteral.createNull(Places.of(cursor.peek()));
    cursor.expect("end");
    return new SqlCase(Places.since(first, cursor), null, whens, thens, otherwise);
  }

  private SqlNode parenthesised() {
    Token first = cursor.next();
    if (queries.atQuery()) {
      SqlNode query = queries.query();
      cursor.expectSymbol(")");
      return SqlStdOperatorTable.SCALAR_QUERY.createCall(Places.since(first, cursor), query);
    }
    List<SqlNode> parts = new ArrayList<>(expressions.expressions());
    cursor.expectSymbol(")");
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    return SqlStdOperatorTable.ROW.createCall(Places.since(first, cursor), parts);
  }

  /** A name with its qualifiers, or a call. */
  static SqlIdentifier identifier(TokenCursor cursor, List<Token> parts) {
    List<SqlParserPos> places = parts.stream().map(Places::of).toList();
    return new SqlIdentifier(
        parts.stream().map(Token::text).toList(),
        null,
        Places.since(parts.getFirst(), cursor),
        places);
  }
}
