package dev.kyma.query.calcite.parse;

import dev.kyma.query.core.frontend.StatementException.Position;
import dev.kyma.query.statement.Token;
import dev.kyma.query.statement.TokenCursor;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Turns places of tokens into Calcite's positions and back. */
public final class Places {
  private Places() {}

  /** The place of one token. */
  static SqlParserPos of(Token token) {
    return new SqlParserPos(
        token.start().line(), token.start().column(), token.end().line(), token.end().column());
  }

  /** From a token to the last one passed. */
  static SqlParserPos since(Token first, TokenCursor cursor) {
    Token last = cursor.previous();
    return new SqlParserPos(
        first.start().line(), first.start().column(), last.end().line(), last.end().column());
  }

  /** Where a node of the parsed tree begins. */
  public static Position start(SqlParserPos pos) {
    return new Position(Math.max(1, pos.getLineNum()), Math.max(1, pos.getColumnNum()));
  }
}
