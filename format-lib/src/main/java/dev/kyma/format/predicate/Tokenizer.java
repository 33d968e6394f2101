package dev.kyma.format.predicate;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits text into tokens for {@code has} and for token indexes.
 *
 * <p>A token is a longest run of code points that are letters, digits, marks or {@code _} as
 * Unicode defines them ({@link Character#isLetterOrDigit(int)} and the mark categories), folded by
 * {@link Character#toLowerCase(int)} of {@link Character#toUpperCase(int)}. Everything else
 * separates. Stateless.
 */
public final class Tokenizer {
  private Tokenizer() {}

  /** Whether a code point belongs to a token. */
  public static boolean isTokenPart(int codePoint) {
    if (codePoint < 128) {
      return codePoint >= '0' && codePoint <= '9'
          || codePoint >= 'a' && codePoint <= 'z'
          || codePoint >= 'A' && codePoint <= 'Z'
          || codePoint == '_';
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default -> Character.isLetterOrDigit(codePoint);
    };
  }

  /** The case-folded form of a code point. */
  public static int fold(int codePoint) {
    if (codePoint < 128) {
      return codePoint >= 'A' && codePoint <= 'Z' ? codePoint + 32 : codePoint;
    }
    return Character.toLowerCase(Character.toUpperCase(codePoint));
  }

  /** The tokens of a text in order of appearance, repeats included. */
  public static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    StringBuilder token = new StringBuilder();
    text.codePoints()
        .forEach(
            codePoint -> {
              if (isTokenPart(codePoint)) {
                token.appendCodePoint(fold(codePoint));
              } else if (!token.isEmpty()) {
                tokens.add(token.toString());
                token.setLength(0);
              }
            });
    if (!token.isEmpty()) {
      tokens.add(token.toString());
    }
    return tokens;
  }
}
