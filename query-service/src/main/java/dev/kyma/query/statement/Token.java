package dev.kyma.query.statement;

import dev.kyma.query.core.frontend.StatementException.Position;

/**
 * One token of a statement.
 *
 * @param kind what it is
 * @param text its value: a word folded to lower case, a quoted name or string without quotes and
 *     escapes, a number or operator as written
 * @param start where its first character stands
 * @param end where its last character stands
 * @param offset the offset of its first character in the text
 * @param endOffset the offset after its last character
 */
public record Token(
    Kind kind, String text, Position start, Position end, int offset, int endOffset) {
  /** What a token is. */
  public enum Kind {
    /** A name or keyword without quotes. */
    WORD,
    /** A name in double quotes. */
    QUOTED_NAME,
    /** A text in single quotes, with escapes resolved. */
    STRING,
    /** Bytes as {@code X'0A'}; the text holds the hex digits. */
    BYTES,
    /** Digits only. */
    INTEGER,
    /** A number with a point. */
    DECIMAL,
    /** A number with an exponent. */
    FLOAT,
    /** An operator or punctuation. */
    SYMBOL,
    /** The end of the text. */
    END
  }

  /** Whether this is an unquoted word, spelt in lower case. */
  public boolean is(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /** Whether this is an operator or punctuation. */
  public boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** The token as it is named in an error message. */
  String shown() {
    return switch (kind) {
      case END -> "the end of the statement";
      case STRING -> "'" + text + "'";
      case QUOTED_NAME -> "\"" + text + "\"";
      case BYTES -> "X'" + text + "'";
      case WORD, INTEGER, DECIMAL, FLOAT, SYMBOL -> "\"" + text + "\"";
    };
  }
}
