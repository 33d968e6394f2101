package dev.kyma.format.predicate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A parsed LIKE pattern: pieces of text between {@code %}, each of which may hold {@code _}.
 * Immutable.
 */
public final class LikePattern {
  /** Stands for {@code _} in a piece; no UTF-8 text has this byte. */
  static final byte ONE = (byte) 0xFF;

  private final List<byte[]> pieces;
  private final boolean caseInsensitive;

  private LikePattern(List<byte[]> pieces, boolean caseInsensitive) {
    this.pieces = pieces;
    this.caseInsensitive = caseInsensitive;
  }

  /**
   * Parses the pattern of a predicate.
   *
   * @throws IllegalArgumentException if it ends with the escape character
   */
  public static LikePattern of(Predicate.Like like) {
    List<byte[]> pieces = new ArrayList<>();
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    String pattern = like.pattern();
    int at = 0;
    while (at < pattern.length()) {
      int codePoint = pattern.codePointAt(at);
      at += Character.charCount(codePoint);
      if (codePoint == like.escape() && like.escape() != 0) {
        if (at == pattern.length()) {
          throw new IllegalArgumentException("the pattern ends with its escape character");
        }
        codePoint = pattern.codePointAt(at);
        at += Character.charCount(codePoint);
      } else if (codePoint == '%') {
        pieces.add(piece.toByteArray());
        piece.reset();
        continue;
      } else if (codePoint == '_') {
        piece.write(ONE);
        continue;
      }
      int literal = like.caseInsensitive() ? Tokenizer.fold(codePoint) : codePoint;
      piece.writeBytes(Character.toString(literal).getBytes(StandardCharsets.UTF_8));
    }
    pieces.add(piece.toByteArray());
    return new LikePattern(pieces, like.caseInsensitive());
  }

  /**
   * What every match begins with, in UTF-8; empty when nothing is known, as for a pattern that
   * ignores case.
   */
  public byte[] prefix() {
    byte[] first = pieces.get(0);
    int length = 0;
    while (!caseInsensitive && length < first.length && first[length] != ONE) {
      length++;
    }
    return Arrays.copyOf(first, length);
  }

  /**
   * The longest bytes that are known to be in every match; empty when nothing is known, as for a
   * pattern that ignores case.
   */
  public byte[] part() {
    byte[] longest = new byte[0];
    for (byte[] piece : caseInsensitive ? List.<byte[]>of() : pieces) {
      for (int from = 0, to = 0; to <= piece.length; to++) {
        if (to == piece.length || piece[to] == ONE) {
          longest = to - from > longest.length ? Arrays.copyOfRange(piece, from, to) : longest;
          from = to + 1;
        }
      }
    }
    return longest;
  }

  /** Whether the pattern has no wildcard and minds case: only {@link #prefix()} matches. */
  public boolean isLiteral() {
    return pieces.size() == 1 && prefix().length == pieces.get(0).length && !caseInsensitive;
  }

  /** Whether exactly the texts that begin with {@link #prefix()} match. */
  public boolean isPrefix() {
    if (pieces.size() == 1 || prefix().length != pieces.get(0).length) {
      return false;
    }
    for (byte[] piece : pieces.subList(1, pieces.size())) {
      if (piece.length > 0) {
        return false;
      }
    }
    return true;
  }

  /** The pieces between {@code %}, of which there are one more than of those. */
  List<byte[]> pieces() {
    return pieces;
  }

  boolean caseInsensitive() {
    return caseInsensitive;
  }
}
