package dev.kyma.query.statement;

import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.StatementException.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts SQL text into tokens by Postgres' rules: names fold to lower case unless quoted, {@code ''}
 * in strings and {@code ""} in names stand for one quote, {@code E'…'} has backslash escapes,
 * {@code $tag$…$tag$} has none, {@code --} and nested {@code /* … *}{@code /} are comments.
 */
public final class Lexer {
  private static final String[] SYMBOLS = {
    "!~~*", "->>", "!~~", "~~*", "!~*", "#>>", "<=>", "->", "::", "<=", ">=", "<>", "!=", "||",
    "~*", "!~", "~~", "#>", "@>", "<@", "=>", "(", ")", "[", "]", ",", ".", ";", "+", "-", "*", "/",
    "%", "^", "=", "<", ">", "~", "?", ":", "&", "|", "#", "@", "!"
  };

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;

  private Lexer(String text) {
    this.text = text;
  }

  /**
   * The tokens of a text, the last one of kind END.
   *
   * @throws StatementException if a string, name or comment does not end or a character has no
   *     meaning
   */
  public static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (true) {
      skipBlanks();
      if (at >= text.length()) {
        Position end = position();
        tokens.add(new Token(Token.Kind.END, "", end, end, at, at));
        return;
      }
      next();
    }
  }

  private void next() {
    int start = at;
    Position position = position();
    char c = text.charAt(at);
    char after = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    if (c == '\'') {
      add(Token.Kind.STRING, quoted('\'', false, position), position, start);
    } else if (c == '"') {
      String name = quoted('"', false, position);
      if (name.isEmpty()) {
        throw error(position, "A quoted name must not be empty.");
      }
      add(Token.Kind.QUOTED_NAME, name, position, start);
    } else if ((c == 'e' || c == 'E') && after == '\'') {
      at++;
      add(Token.Kind.STRING, quoted('\'', true, position), position, start);
    } else if ((c == 'n' || c == 'N') && after == '\'') {
      at++;
      add(Token.Kind.STRING, quoted('\'', false, position), position, start);
    } else if ((c == 'x' || c == 'X') && after == '\'') {
      at++;
      String digits = quoted('\'', false, position);
      if (digits.length() % 2 != 0 || !digits.chars().allMatch(d -> Character.digit(d, 16) >= 0)) {
        throw error(position, "X'" + digits + "' is not a sequence of hexadecimal bytes.");
      }
      add(Token.Kind.BYTES, digits, position, start);
    } else if (c == '$' && dollarTagEnd() > 0) {
      add(Token.Kind.STRING, dollarQuoted(position), position, start);
    } else if (isDigit(c) || c == '.' && isDigit(after)) {
      number(position, start);
    } else if (Character.isLetter(text.codePointAt(at)) || c == '_') {
      word(position, start);
    } else {
      symbol(position, start);
    }
  }

  private void symbol(Position position, int start) {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        at += symbol.length();
        add(Token.Kind.SYMBOL, symbol, position, start);
        return;
      }
    }
    throw error(
        position, "The character \"" + Character.toString(text.codePointAt(at)) + "\" is not SQL.");
  }

  private void word(Position position, int start) {
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      if (!Character.isLetterOrDigit(codePoint) && codePoint != '_' && codePoint != '$') {
        break;
      }
      at += Character.charCount(codePoint);
    }
    add(Token.Kind.WORD, text.substring(start, at).toLowerCase(Locale.ROOT), position, start);
  }

  private void number(Position position, int start) {
    Token.Kind kind = Token.Kind.INTEGER;
    digits();
    // "1..2" is no number of SQL; a point must not be followed by another one.
    if (at < text.length() && text.charAt(at) == '.' && !text.startsWith("..", at)) {
      kind = Token.Kind.DECIMAL;
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 1 : 0;
      if (at + 1 + sign < text.length() && isDigit(text.charAt(at + 1 + sign))) {
        kind = Token.Kind.FLOAT;
        at += 1 + sign;
        digits();
      }
    }
    if (at < text.length()
        && (Character.isLetter(text.codePointAt(at)) || text.charAt(at) == '_')) {
      throw error(position, "A number must not be followed by a letter directly.");
    }
    add(kind, text.substring(start, at), position, start);
  }

  private void digits() {
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private String quoted(char quote, boolean escapes, Position start) {
    StringBuilder value = new StringBuilder();
    at++;
    while (true) {
      if (at >= text.length()) {
        throw error(
            start, quote == '"' ? "A quoted name does not end." : "A quoted text does not end.");
      }
      char c = text.charAt(at);
      if (c == quote) {
        if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
          value.append(quote);
          at += 2;
          continue;
        }
        at++;
        return value.toString();
      }
      if (escapes && c == '\\') {
        escape(value, start);
        continue;
      }
      if (c == '\n') {
        newLine(at);
      }
      value.append(c);
      at++;
    }
  }

  private void escape(StringBuilder value, Position start) {
    if (at + 1 >= text.length()) {
      throw error(start, "A quoted text does not end.");
    }
    char c = text.charAt(at + 1);
    at += 2;
    switch (c) {
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'x' -> codePoint(value, 16, 1, 2, start);
      case 'u' -> codePoint(value, 16, 4, 4, start);
      case 'U' -> codePoint(value, 16, 8, 8, start);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        at--;
        codePoint(value, 8, 1, 3, start);
      }
      default -> value.append(c);
    }
  }

  private void codePoint(StringBuilder value, int radix, int least, int most, Position start) {
    int from = at;
    long number = 0;
    while (at < text.length() && at - from < most && Character.digit(text.charAt(at), radix) >= 0) {
      number = number * radix + Character.digit(text.charAt(at++), radix);
    }
    if (at - from < least || number > Character.MAX_CODE_POINT) {
      throw error(start, "A quoted text holds an escape that names no character.");
    }
    value.appendCodePoint((int) number);
  }

  /** The offset after the opening tag of a dollar-quoted text, or -1. */
  private int dollarTagEnd() {
    int end = at + 1;
    while (end < text.length()
        && (Character.isLetter(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end < text.length() && text.charAt(end) == '$' ? end + 1 : -1;
  }

  private String dollarQuoted(Position start) {
    int from = dollarTagEnd();
    String tag = text.substring(at, from);
    int end = text.indexOf(tag, from);
    if (end < 0) {
      throw error(start, "A quoted text does not end.");
    }
    for (int i = from; i < end; i++) {
      if (text.charAt(i) == '\n') {
        newLine(i);
      }
    }
    at = end + tag.length();
    return text.substring(from, end);
  }

  private void skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        newLine(at);
        at++;
      } else if (Character.isWhitespace(c) || c == '\uFEFF' || c == '\u00A0') {
        at++;
      } else if (text.startsWith("--", at)) {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else if (text.startsWith("/*", at)) {
        skipComment();
      } else {
        return;
      }
    }
  }

  private void skipComment() {
    Position start = position();
    int depth = 0;
    do {
      if (at >= text.length()) {
        throw error(start, "A comment does not end.");
      }
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        if (text.charAt(at) == '\n') {
          newLine(at);
        }
        at++;
      }
    } while (depth > 0);
  }

  private void newLine(int offset) {
    line++;
    lineStart = offset + 1;
  }

  private Position position() {
    return new Position(line, at - lineStart + 1);
  }

  private void add(Token.Kind kind, String value, Position start, int offset) {
    Position end = new Position(line, Math.max(1, at - lineStart));
    tokens.add(new Token(kind, value, start, end, offset, at));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static StatementException error(Position position, String message) {
    return StatementException.at(Code.SYNTAX, position, message);
  }
}
