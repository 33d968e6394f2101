package dev.kyma.query.statement;

import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.StatementException.Position;
import java.util.List;

/** A place in the tokens of a statement that grammar rules move forward. Used by one thread. */
public final class TokenCursor {
  /** How deep expressions and queries may nest in each other. */
  private static final int MAX_DEPTH = 400;

  private final String text;
  private final List<Token> tokens;
  private int at;
  private int depth;

  public TokenCursor(String text) {
    this.text = text;
    this.tokens = Lexer.tokens(text);
  }

  /** The current token. */
  public Token peek() {
    return tokens.get(at);
  }

  /** The token so many places after the current one; the end token past the end. */
  public Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  /** The last token passed. */
  public Token previous() {
    return tokens.get(Math.max(0, at - 1));
  }

  /** Passes the current token. */
  public Token next() {
    Token token = tokens.get(at);
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  /** A mark to {@link #reset} to. */
  public int mark() {
    return at;
  }

  /** Goes back to a mark. */
  public void reset(int mark) {
    at = mark;
  }

  /** Whether the current tokens are these unquoted words. */
  public boolean at(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!peek(i).is(words[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether the current token is this symbol. */
  public boolean atSymbol(String symbol) {
    return peek().isSymbol(symbol);
  }

  /** Passes these words if they come next. */
  public boolean accept(String... words) {
    if (!at(words)) {
      return false;
    }
    at += words.length;
    return true;
  }

  /** Passes this symbol if it comes next. */
  public boolean acceptSymbol(String symbol) {
    if (!atSymbol(symbol)) {
      return false;
    }
    at++;
    return true;
  }

  /** Passes these words, which must come next. */
  public void expect(String... words) {
    for (String word : words) {
      if (!accept(word)) {
        throw unexpected(word.toUpperCase(java.util.Locale.ROOT));
      }
    }
  }

  /** Passes this symbol, which must come next. */
  public void expectSymbol(String symbol) {
    if (!acceptSymbol(symbol)) {
      throw unexpected("\"" + symbol + "\"");
    }
  }

  /** Passes a string, which must come next. */
  public Token expectString() {
    if (peek().kind() != Token.Kind.STRING) {
      throw unexpected("a text in single quotes");
    }
    return next();
  }

  /** Passes a whole number, which must come next. */
  public long expectInteger() {
    if (peek().kind() != Token.Kind.INTEGER) {
      throw unexpected("a whole number");
    }
    Token token = next();
    try {
      return Long.parseLong(token.text());
    } catch (NumberFormatException tooLong) {
      throw error(token.start(), "The number " + token.text() + " is too large.");
    }
  }

  /** Whether a name comes next: quoted, or a word that is not reserved. */
  public boolean atName() {
    return isName(peek());
  }

  /** Whether a token may be a name. */
  public static boolean isName(Token token) {
    return switch (token.kind()) {
      case QUOTED_NAME -> true;
      case WORD -> !ReservedWords.isReserved(token.text());
      case STRING, BYTES, INTEGER, DECIMAL, FLOAT, SYMBOL, END -> false;
    };
  }

  /** Passes a name, which must come next. */
  public Token expectName(String what) {
    if (!atName()) {
      throw unexpected(what);
    }
    return next();
  }

  /** Passes a name or any word: after a point or AS even reserved words are names. */
  public Token expectLabel(String what) {
    Token.Kind kind = peek().kind();
    if (kind != Token.Kind.WORD && kind != Token.Kind.QUOTED_NAME) {
      throw unexpected(what);
    }
    return next();
  }

  /** An error about the current token. */
  public StatementException unexpected(String expected) {
    Token token = peek();
    String reserved =
        token.kind() == Token.Kind.WORD && ReservedWords.isReserved(token.text())
            ? " (a reserved word; as a name it needs double quotes)"
            : "";
    return error(
        token.start(), "Expected " + expected + " but found " + token.shown() + reserved + ".");
  }

  /** A syntax error at a place. */
  public static StatementException error(Position position, String message) {
    return StatementException.at(Code.SYNTAX, position, message);
  }

  /** The user's text from a token up to but not including another. */
  public String text(Token from, Token to) {
    return text.substring(from.offset(), Math.max(from.offset(), to.offset())).strip();
  }

  /** Enters a nested expression or query. */
  public void enter() {
    if (++depth > MAX_DEPTH) {
      throw error(peek().start(), "The statement nests deeper than " + MAX_DEPTH + " levels.");
    }
  }

  /** Leaves what was entered last. */
  public void leave() {
    depth--;
  }
}
