package dev.kyma.format.predicate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether a text holds all of some tokens, as {@link Tokenizer} splits and folds it. */
final class TokenMatcher implements BytesMatcher {
  private final Set<String> wanted;
  private final byte[][] tokens;
  private final boolean[] seen;
  private final boolean ascii;

  TokenMatcher(String text) {
    wanted = new HashSet<>(Tokenizer.tokens(text));
    tokens = new byte[wanted.size()][];
    int count = 0;
    boolean allAscii = true;
    for (String token : wanted) {
      byte[] utf8 = token.getBytes(StandardCharsets.UTF_8);
      allAscii &= utf8.length == token.length();
      tokens[count++] = utf8;
    }
    ascii = allAscii;
    seen = new boolean[count];
  }

  @Override
  public boolean matches(byte[] data, int from, int to) {
    for (int i = from; i < to; i++) {
      if (data[i] < 0) {
        List<String> all =
            Tokenizer.tokens(new String(data, from, to - from, StandardCharsets.UTF_8));
        return new HashSet<>(all).containsAll(wanted);
      }
    }
    return tokens.length == 0 || ascii && asciiMatches(data, from, to);
  }

  private boolean asciiMatches(byte[] data, int from, int to) {
    Arrays.fill(seen, false);
    int missing = tokens.length;
    int at = from;
    while (at < to) {
      while (at < to && !Tokenizer.isTokenPart(data[at])) {
        at++;
      }
      int begin = at;
      while (at < to && Tokenizer.isTokenPart(data[at])) {
        at++;
      }
      for (int i = 0; i < tokens.length; i++) {
        if (!seen[i] && isToken(data, begin, at, tokens[i])) {
          seen[i] = true;
          if (--missing == 0) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean isToken(byte[] data, int from, int to, byte[] token) {
    if (to - from != token.length) {
      return false;
    }
    for (int i = 0; i < token.length; i++) {
      if (Tokenizer.fold(data[from + i]) != token[i]) {
        return false;
      }
    }
    return true;
  }
}
