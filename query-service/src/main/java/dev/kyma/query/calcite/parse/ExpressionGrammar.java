package dev.kyma.query.calcite.parse;

import dev.kyma.query.calcite.function.DialectFunction;
import dev.kyma.query.calcite.function.Operators;
import dev.kyma.query.statement.IntervalText;
import dev.kyma.query.statement.Token;
import dev.kyma.query.statement.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Operators by Postgres' precedence. */
final class ExpressionGrammar {
  private static final int IS = 4;
  private static final int COMPARISON = 5;
  private static final int RANGE = 6;

  /** What binds more tightly than comparisons. */
  static final int OTHER = 7;

  private static final int ADDITIVE = 8;
  private static final int MULTIPLICATIVE = 9;
  private static final int POWER = 10;
  private static final int ZONE = 11;
  private static final int UNARY = 12;

  private record Infix(int precedence, DialectFunction operator) {}

  private static final Map<String, Infix> INFIX =
      Map.ofEntries(
          Map.entry("=", new Infix(COMPARISON, Operators.EQUAL)),
          Map.entry("<>", new Infix(COMPARISON, Operators.NOT_EQUAL)),
          Map.entry("!=", new Infix(COMPARISON, Operators.NOT_EQUAL)),
          Map.entry("<", new Infix(COMPARISON, Operators.LESS)),
          Map.entry("<=", new Infix(COMPARISON, Operators.LESS_OR_EQUAL)),
          Map.entry(">", new Infix(COMPARISON, Operators.GREATER)),
          Map.entry(">=", new Infix(COMPARISON, Operators.GREATER_OR_EQUAL)),
          Map.entry("||", new Infix(OTHER, Operators.CONCAT)),
          Map.entry("->", new Infix(OTHER, Operators.GET)),
          Map.entry("->>", new Infix(OTHER, Operators.GET_TEXT)),
          Map.entry("#>", new Infix(OTHER, Operators.GET_PATH)),
          Map.entry("#>>", new Infix(OTHER, Operators.GET_PATH_TEXT)),
          Map.entry("~", new Infix(OTHER, Operators.REGEX_MATCH)),
          Map.entry("~*", new Infix(OTHER, Operators.REGEX_MATCH_IGNORE_CASE)),
          Map.entry("~~", new Infix(OTHER, Operators.LIKE)),
          Map.entry("~~*", new Infix(OTHER, Operators.ILIKE)),
          Map.entry("&", new Infix(OTHER, Operators.BIT_AND)),
          Map.entry("|", new Infix(OTHER, Operators.BIT_OR)),
          Map.entry("#", new Infix(OTHER, Operators.BIT_XOR)),
          Map.entry("+", new Infix(ADDITIVE, Operators.PLUS)),
          Map.entry("-", new Infix(ADDITIVE, Operators.MINUS)),
          Map.entry("*", new Infix(MULTIPLICATIVE, Operators.TIMES)),
          Map.entry("/", new Infix(MULTIPLICATIVE, Operators.DIVIDE)),
          Map.entry("%", new Infix(MULTIPLICATIVE, Operators.MODULO)),
          Map.entry("^", new Infix(POWER, Operators.POWER)));

  private static final Map<String, DialectFunction> NEGATED =
      Map.of(
          "!~", Operators.REGEX_MATCH,
          "!~*", Operators.REGEX_MATCH_IGNORE_CASE,
          "!~~", Operators.LIKE,
          "!~~*", Operators.ILIKE);

  private final TokenCursor cursor;
  private final QueryGrammar queries;
  private final PrimaryGrammar primaries;

  ExpressionGrammar(TokenCursor cursor, QueryGrammar queries) {
    this.cursor = cursor;
    this.queries = queries;
    this.primaries = new PrimaryGrammar(cursor, this, queries);
  }

  /** An expression. */
  SqlNode expression() {
    cursor.enter();
    SqlNode node = disjunction();
    cursor.leave();
    return node;
  }

  /** An expression without AND and OR, as the bounds of BETWEEN need. */
  private SqlNode operand() {
    return binary(OTHER);
  }

  private SqlNode disjunction() {
    Token first = cursor.peek();
    List<SqlNode> operands = new ArrayList<>(List.of(conjunction()));
    while (cursor.accept("or")) {
      operands.add(conjunction());
    }
    return balanced(SqlStdOperatorTable.OR, operands, first);
  }

  private SqlNode conjunction() {
    Token first = cursor.peek();
    List<SqlNode> operands = new ArrayList<>(List.of(negation()));
    while (cursor.accept("and")) {
      operands.add(negation());
    }
    return balanced(SqlStdOperatorTable.AND, operands, first);
  }

  /** A tree of logarithmic depth, so that a long list of conditions does not nest deeply. */
  private SqlNode balanced(SqlOperator operator, List<SqlNode> operands, Token first) {
    if (operands.size() == 1) {
      return operands.getFirst();
    }
    int half = operands.size() / 2;
    return operator.createCall(
        Places.since(first, cursor),
        balanced(operator, operands.subList(0, half), first),
        balanced(operator, operands.subList(half, operands.size()), first));
  }

  private SqlNode negation() {
    Token first = cursor.peek();
    if (cursor.accept("not")) {
      cursor.enter();
      SqlNode operand = negation();
      cursor.leave();
      return SqlStdOperatorTable.NOT.createCall(Places.since(first, cursor), operand);
    }
    return binary(IS);
  }

  /** Operators that bind at least as tightly as a precedence. */
  SqlNode binary(int least) {
    Token first = cursor.peek();
    SqlNode left = unary();
    while (true) {
      Optional<SqlNode> longer = Optional.empty();
      Token token = cursor.peek();
      if (token.kind() == Token.Kind.SYMBOL) {
        longer = symbol(first, left, token, least);
      } else if (token.kind() == Token.Kind.WORD) {
        longer = word(first, left, least);
      }
      if (longer.isEmpty()) {
        return left;
      }
      left = longer.get();
    }
  }

  private Optional<SqlNode> symbol(Token first, SqlNode left, Token token, int least) {
    DialectFunction negated = NEGATED.get(token.text());
    if (negated != null && OTHER >= least) {
      cursor.next();
      SqlNode match = call(negated, first, left, binary(OTHER + 1));
      return Optional.of(not(match));
    }
    Infix infix = INFIX.get(token.text());
    if (infix == null || infix.precedence() < least) {
      return Optional.empty();
    }
    cursor.next();
    if (infix.precedence() == COMPARISON
        && (cursor.at("any") || cursor.at("some") || cursor.at("all"))) {
      return Optional.of(quantified(first, left, infix.operator()));
    }
    SqlNode right = binary(infix.precedence() + 1);
    if (infix.precedence() == COMPARISON && left.getKind() == SqlKind.ROW) {
      return Optional.of(rows(first, infix.operator(), left, right));
    }
    if (infix.precedence() == ADDITIVE) {
      return Optional.of(additive(first, infix.operator(), left, right));
    }
    return Optional.of(call(infix.operator(), first, left, right));
  }

  /** A sum; an interval of months and of days at once is added as two. */
  private SqlNode additive(Token first, DialectFunction operator, SqlNode left, SqlNode right) {
    if (right instanceof SqlBasicCall call
        && call.getOperator() == Operators.INTERVAL
        && call.operand(0) instanceof SqlLiteral text) {
      Optional<IntervalText> interval = IntervalText.parse(text.getValueAs(String.class));
      if (interval.isPresent() && interval.get().months() != 0 && interval.get().nanos() != 0) {
        SqlParserPos pos = right.getParserPosition();
        SqlNode moved =
            call(operator, first, left, interval(interval.get().months() + " months", pos));
        return call(operator, first, moved, interval(interval.get().nanos() + " ns", pos));
      }
    }
    return call(operator, first, left, right);
  }

  private static SqlNode interval(String text, SqlParserPos pos) {
    return Operators.INTERVAL.createCall(pos, SqlLiteral.createCharString(text, pos));
  }

  private SqlNode quantified(Token first, SqlNode left, DialectFunction operator) {
    boolean all = cursor.next().is("all");
    cursor.expectSymbol("(");
    SqlNode query = queries.query();
    cursor.expectSymbol(")");
    SqlKind kind =
        switch (operator.getName()) {
          case "=" -> SqlKind.EQUALS;
          case "<>" -> SqlKind.NOT_EQUALS;
          case "<" -> SqlKind.LESS_THAN;
          case "<=" -> SqlKind.LESS_THAN_OR_EQUAL;
          case ">" -> SqlKind.GREATER_THAN;
          default -> SqlKind.GREATER_THAN_OR_EQUAL;
        };
    SqlOperator quantifier = all ? SqlStdOperatorTable.all(kind) : SqlStdOperatorTable.some(kind);
    return quantifier.createCall(Places.since(first, cursor), left, query);
  }

  /** {@code (a, b) = (c, d)}. */
  private SqlNode rows(Token first, DialectFunction operator, SqlNode left, SqlNode right) {
    boolean equality = operator == Operators.EQUAL || operator == Operators.NOT_EQUAL;
    if (right.getKind() != SqlKind.ROW || !equality) {
      throw TokenCursor.error(
          first.start(), "Rows can only be compared for equality, with rows of equal length.");
    }
    SqlNode equal = rowsEqual(first, (SqlCall) left, (SqlCall) right);
    return operator == Operators.EQUAL ? equal : not(equal);
  }

  private SqlNode rowsEqual(Token first, SqlCall left, SqlCall right) {
    if (left.operandCount() != right.operandCount()) {
      throw TokenCursor.error(first.start(), "Rows of different lengths cannot be compared.");
    }
    List<SqlNode> equals = new ArrayList<>();
    for (int i = 0; i < left.operandCount(); i++) {
      equals.add(call(Operators.EQUAL, first, left.operand(i), right.operand(i)));
    }
    return balanced(SqlStdOperatorTable.AND, equals, first);
  }

  private Optional<SqlNode> word(Token first, SqlNode left, int least) {
    if (IS >= least && cursor.accept("is")) {
      return Optional.of(is(first, left));
    }
    if (IS >= least && cursor.accept("isnull")) {
      return Optional.of(call(SqlStdOperatorTable.IS_NULL, first, left));
    }
    if (IS >= least && cursor.accept("notnull")) {
      return Optional.of(call(SqlStdOperatorTable.IS_NOT_NULL, first, left));
    }
    if (ZONE >= least && cursor.at("at", "time", "zone")) {
      cursor.expect("at", "time", "zone");
      return Optional.of(call(Operators.AT_TIME_ZONE, first, left, binary(UNARY)));
    }
    if (RANGE < least) {
      return Optional.empty();
    }
    boolean not =
        cursor.at("not")
            && (cursor.peek(1).is("between")
                || cursor.peek(1).is("in")
                || cursor.peek(1).is("like")
                || cursor.peek(1).is("ilike")
                || cursor.peek(1).is("similar"));
    if (not) {
      cursor.next();
    }
    SqlNode result;
    if (cursor.accept("between")) {
      result = between(first, left);
    } else if (cursor.accept("in")) {
      return Optional.of(in(first, left, not));
    } else if (cursor.accept("like")) {
      result = pattern(Operators.LIKE, first, left);
    } else if (cursor.accept("ilike")) {
      result = pattern(Operators.ILIKE, first, left);
    } else if (cursor.accept("similar")) {
      cursor.expect("to");
      result = pattern(Operators.SIMILAR_TO, first, left);
    } else {
      return Optional.empty();
    }
    return Optional.of(not ? not(result) : result);
  }

  private SqlNode is(Token first, SqlNode left) {
    boolean not = cursor.accept("not");
    if (cursor.accept("null")) {
      return call(not ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL, first, left);
    }
    if (cursor.accept("true")) {
      return call(not ? SqlStdOperatorTable.IS_NOT_TRUE : SqlStdOperatorTable.IS_TRUE, first, left);
    }
    if (cursor.accept("false")) {
      return call(
          not ? SqlStdOperatorTable.IS_NOT_FALSE : SqlStdOperatorTable.IS_FALSE, first, left);
    }
    if (cursor.accept("unknown")) {
      return call(not ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL, first, left);
    }
    if (cursor.accept("distinct")) {
      cursor.expect("from");
      return call(
          not ? Operators.IS_NOT_DISTINCT_FROM : Operators.IS_DISTINCT_FROM,
          first,
          left,
          binary(RANGE));
    }
    throw cursor.unexpected("NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM");
  }

  private SqlNode between(Token first, SqlNode left) {
    boolean symmetric = cursor.accept("symmetric");
    cursor.accept("asymmetric");
    SqlNode low = operand();
    cursor.expect("and");
    SqlNode high = operand();
    return call(
        symmetric ? Operators.BETWEEN_SYMMETRIC : Operators.BETWEEN, first, left, low, high);
  }

  private SqlNode in(Token first, SqlNode left, boolean not) {
    cursor.expectSymbol("(");
    if (queries.atQuery()) {
      SqlNode query = queries.query();
      cursor.expectSymbol(")");
      SqlOperator operator = not ? SqlStdOperatorTable.NOT_IN : SqlStdOperatorTable.IN;
      return operator.createCall(Places.since(first, cursor), left, query);
    }
    List<SqlNode> candidates = expressions();
    cursor.expectSymbol(")");
    SqlNode result;
    if (left instanceof SqlCall row && left.getKind() == SqlKind.ROW) {
      List<SqlNode> equals = new ArrayList<>();
      for (SqlNode candidate : candidates) {
        if (candidate.getKind() != SqlKind.ROW) {
          throw TokenCursor.error(
              Places.start(candidate.getParserPosition()), "A row can only be IN a list of rows.");
        }
        equals.add(rowsEqual(first, row, (SqlCall) candidate));
      }
      result = balanced(SqlStdOperatorTable.OR, equals, first);
    } else {
      List<SqlNode> all = new ArrayList<>(List.of(left));
      all.addAll(candidates);
      result = Operators.IN.createCall(Places.since(first, cursor), all);
    }
    return not ? not(result) : result;
  }

  private SqlNode pattern(DialectFunction operator, Token first, SqlNode left) {
    SqlNode pattern = operand();
    if (cursor.accept("escape")) {
      return call(operator, first, left, pattern, operand());
    }
    return call(operator, first, left, pattern);
  }

  private SqlNode unary() {
    Token first = cursor.peek();
    if (cursor.atSymbol("-") || cursor.atSymbol("+")) {
      boolean minus = cursor.next().isSymbol("-");
      cursor.enter();
      // A sign before a number belongs to it: the least integer has no positive counterpart.
      SqlNode operand = binary(UNARY);
      cursor.leave();
      if (!minus) {
        return operand;
      }
      if (operand instanceof SqlLiteral literal
          && literal instanceof org.apache.calcite.sql.SqlNumericLiteral) {
        return PrimaryGrammar.negative(literal, Places.since(first, cursor));
      }
      return call(Operators.MINUS, first, operand);
    }
    return primaries.primary();
  }

  /** Expressions with commas between them, at least one. */
  List<SqlNode> expressions() {
    List<SqlNode> list = new ArrayList<>();
    do {
      list.add(expression());
    } while (cursor.acceptSymbol(","));
    return list;
  }

  private SqlNode call(SqlOperator operator, Token first, SqlNode... operands) {
    return operator.createCall(Places.since(first, cursor), operands);
  }

  static SqlNode not(SqlNode node) {
    return SqlStdOperatorTable.NOT.createCall(node.getParserPosition(), node);
  }
}
