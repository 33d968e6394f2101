package dev.kyma.query.calcite.parse;

import dev.kyma.query.calcite.parse.TableIdentifier.AsOf;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.plan.RowVersions;
import dev.kyma.query.statement.Token;
import dev.kyma.query.statement.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Tables and joins. */
final class FromGrammar {
  private final TokenCursor cursor;
  private final QueryGrammar queries;

  FromGrammar(TokenCursor cursor, QueryGrammar queries) {
    this.cursor = cursor;
    this.queries = queries;
  }

  /** What follows FROM. */
  SqlNode tables() {
    Token first = cursor.peek();
    SqlNode left = joins();
    while (cursor.acceptSymbol(",")) {
      SqlNode right = joins();
      left = join(first, left, JoinType.COMMA, false, right, JoinConditionType.NONE, null);
    }
    return left;
  }

  private SqlNode joins() {
    Token first = cursor.peek();
    cursor.enter();
    SqlNode left = table();
    while (true) {
      boolean natural = cursor.at("natural");
      Optional<JoinType> type = joinType(natural ? 1 : 0);
      if (type.isEmpty()) {
        cursor.leave();
        return left;
      }
      while (!cursor.next().is("join")) {
        // The words before JOIN were looked at by joinType.
        continue;
      }
      SqlNode right = table();
      if (type.get() == JoinType.CROSS || natural) {
        JoinType kind = type.get();
        left = join(first, left, kind, natural, right, JoinConditionType.NONE, null);
      } else if (cursor.accept("on")) {
        SqlNode on = queries.expressions().expression();
        left = join(first, left, type.get(), false, right, JoinConditionType.ON, on);
      } else if (cursor.accept("using")) {
        SqlNode using = queries.columnList();
        left = join(first, left, type.get(), false, right, JoinConditionType.USING, using);
      } else {
        throw cursor.unexpected("ON or USING");
      }
    }
  }

  private Optional<JoinType> joinType(int ahead) {
    Token token = cursor.peek(ahead);
    Token next = cursor.peek(ahead + 1);
    boolean outer = next.is("outer");
    boolean join = next.is("join") || outer && cursor.peek(ahead + 2).is("join");
    if (token.is("join")) {
      return Optional.of(JoinType.INNER);
    }
    if (!join) {
      return Optional.empty();
    }
    return switch (token.text()) {
      case "inner" -> Optional.of(JoinType.INNER);
      case "left" -> Optional.of(JoinType.LEFT);
      case "right" -> Optional.of(JoinType.RIGHT);
      case "full" -> Optional.of(JoinType.FULL);
      case "cross" -> Optional.of(JoinType.CROSS);
      default -> Optional.empty();
    };
  }

  private SqlNode join(
      Token first,
      SqlNode left,
      JoinType type,
      boolean natural,
      SqlNode right,
      JoinConditionType conditionType,
      @Nullable SqlNode condition) {
    SqlParserPos pos = Places.since(first, cursor);
    return new SqlJoin(
        pos,
        left,
        SqlLiteral.createBoolean(natural, pos),
        type.symbol(pos),
        right,
        conditionType.symbol(pos),
        condition);
  }

  private SqlNode table() {
    Token first = cursor.peek();
    boolean lateral = cursor.accept("lateral");
    if (cursor.atSymbol("(")) {
      if (queries.atQuery()) {
        cursor.next();
        SqlNode query = queries.query();
        cursor.expectSymbol(")");
        if (lateral) {
          query = SqlStdOperatorTable.LATERAL.createCall(Places.since(first, cursor), query);
        }
        return alias(first, query);
      }
      cursor.next();
      SqlNode joined = tables();
      cursor.expectSymbol(")");
      return joined;
    }
    cursor.accept("only");
    if (!cursor.atName() && !cursor.at("default")) {
      throw cursor.unexpected("a table");
    }
    if (cursor.peek(1).isSymbol("(")) {
      return alias(first, tableFunction());
    }
    List<Token> parts = name();
    AsOf asOf = asOf();
    return alias(first, reference(parts, asOf, RowVersions.CURRENT));
  }

  /** A table's name with its qualifiers. */
  List<Token> name() {
    List<Token> parts = new ArrayList<>();
    if (cursor.at("default") && cursor.peek(1).isSymbol(".")) {
      parts.add(cursor.next());
    } else {
      parts.add(cursor.expectName("a table"));
    }
    while (cursor.acceptSymbol(".")) {
      parts.add(cursor.expectLabel("a name"));
    }
    return parts;
  }

  private SqlNode reference(List<Token> parts, AsOf asOf, RowVersions versions) {
    return new TableIdentifier(
        parts.stream().map(Token::text).toList(),
        Places.since(parts.getFirst(), cursor),
        asOf,
        versions);
  }

  private SqlNode tableFunction() {
    Token function = cursor.next();
    cursor.expectSymbol("(");
    if (!function.is("history") && !function.is("live")) {
      throw StatementException.at(
          Code.UNSUPPORTED,
          function.start(),
          "The table function \"" + function.text() + "\" is not supported.");
    }
    List<Token> parts = name();
    cursor.expectSymbol(")");
    if (function.is("live")) {
      throw StatementException.at(
          Code.UNSUPPORTED,
          function.start(),
          "live(…) reads a source database directly, and no source is connected.");
    }
    return reference(parts, asOf(), RowVersions.HISTORY);
  }

  /** {@code FOR SYSTEM_TIME AS OF time}, {@code AS OF SNAPSHOT n}, {@code AS OF time}. */
  private AsOf asOf() {
    if (cursor.at("as", "of", "snapshot")) {
      cursor.expect("as", "of", "snapshot");
      return new AsOf.Snapshot(cursor.expectInteger());
    }
    if (cursor.at("for")) {
      cursor.expect("for", "system_time", "as", "of");
    } else if (!cursor.accept("as", "of")) {
      return AsOf.NOW;
    }
    return new AsOf.At(queries.expressions().binary(ExpressionGrammar.OTHER));
  }

  private SqlNode alias(Token first, SqlNode node) {
    boolean explicit = cursor.at("as") && !cursor.at("as", "of");
    if (explicit) {
      cursor.next();
    } else if (!cursor.atName()) {
      return node;
    }
    Token name = explicit ? cursor.expectLabel("an alias") : cursor.next();
    List<SqlNode> operands = new ArrayList<>();
    operands.add(node);
    operands.add(new SqlIdentifier(name.text(), Places.of(name)));
    if (cursor.atSymbol("(")) {
      operands.addAll(queries.columnList());
    }
    SqlOperator as = SqlStdOperatorTable.AS;
    return as.createCall(Places.since(first, cursor), operands);
  }
}
