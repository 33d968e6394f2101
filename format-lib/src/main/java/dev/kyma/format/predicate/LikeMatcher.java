package dev.kyma.format.predicate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Matches a LIKE pattern on UTF-8 bytes in one pass: the first piece at the start, the last at the
 * end, those between one after another, each at its first place, which leaves most for the rest.
 */
final class LikeMatcher implements BytesMatcher {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final byte[] first;
  private final byte[] last;
  private final List<byte[]> middle;
  private final boolean anchored;

  private LikeMatcher(List<byte[]> pieces) {
    anchored = pieces.size() == 1;
    first = pieces.get(0);
    last = pieces.get(pieces.size() - 1);
    middle =
        anchored
            ? List.of()
            : pieces.subList(1, pieces.size() - 1).stream().filter(p -> p.length > 0).toList();
  }

  static BytesMatcher of(LikePattern pattern) {
    LikeMatcher matcher = new LikeMatcher(pattern.pieces());
    return pattern.caseInsensitive() ? new Folding(matcher) : matcher;
  }

  @Override
  public boolean matches(byte[] data, int from, int to) {
    int at = matchAt(first, data, from, to);
    if (at < 0) {
      return false;
    }
    if (anchored) {
      return at == to;
    }
    for (byte[] piece : middle) {
      at = find(piece, data, at, to);
      if (at < 0) {
        return false;
      }
    }
    return endsWith(last, data, at, to);
  }

  /** Where the piece ends if it is at this place, or -1. */
  private static int matchAt(byte[] piece, byte[] data, int begin, int to) {
    int at = begin;
    for (byte wanted : piece) {
      if (at >= to) {
        return -1;
      }
      if (wanted == LikePattern.ONE) {
        at = next(data, at, to);
      } else if (data[at++] != wanted) {
        return -1;
      }
    }
    return at;
  }

  /** Where the first occurrence of the piece ends, or -1. */
  private static int find(byte[] piece, byte[] data, int begin, int to) {
    byte lead = piece[0];
    if (lead == LikePattern.ONE) {
      for (int at = begin; at < to; at = next(data, at, to)) {
        int end = matchAt(piece, data, at, to);
        if (end >= 0) {
          return end;
        }
      }
      return -1;
    }
    // A literal lead is the lead byte of a code point, so it is found at borders only.
    int at = begin;
    if (piece.length > 1 && piece[1] != LikePattern.ONE) {
      // Eight places at a time that have the first two bytes; a few that have not slip through.
      long leads = ONES * (lead & 0xFF);
      long seconds = ONES * (piece[1] & 0xFF);
      for (; at + 9 <= to; at += 8) {
        long first = (long) LONGS.get(data, at) ^ leads;
        long second = (long) LONGS.get(data, at + 1) ^ seconds;
        long both = (first - ONES & ~first) & (second - ONES & ~second) & HIGH_BITS;
        for (; both != 0; both &= both - 1) {
          int end = matchAt(piece, data, at + (Long.numberOfTrailingZeros(both) >>> 3), to);
          if (end >= 0) {
            return end;
          }
        }
      }
    }
    for (; at <= to - piece.length; at++) {
      if (data[at] == lead) {
        int end = matchAt(piece, data, at, to);
        if (end >= 0) {
          return end;
        }
      }
    }
    return -1;
  }

  private static boolean endsWith(byte[] piece, byte[] data, int begin, int to) {
    int at = to;
    for (int i = piece.length - 1; i >= 0; i--) {
      if (at <= begin) {
        return false;
      }
      at--;
      if (piece[i] == LikePattern.ONE) {
        while (at > begin && (data[at] & 0xC0) == 0x80) {
          at--;
        }
      } else if (data[at] != piece[i]) {
        return false;
      }
    }
    return true;
  }

  private static int next(byte[] data, int begin, int to) {
    int at = begin + 1;
    while (at < to && (data[at] & 0xC0) == 0x80) {
      at++;
    }
    return at;
  }

  /** Matches the case-folded form of a text. */
  private static final class Folding implements BytesMatcher {
    private final BytesMatcher folded;
    private byte[] scratch = new byte[256];

    Folding(BytesMatcher folded) {
      this.folded = folded;
    }

    @Override
    public boolean matches(byte[] data, int from, int to) {
      int length = to - from;
      if (scratch.length < length) {
        scratch = new byte[Math.max(length, scratch.length * 2)];
      }
      for (int i = 0; i < length; i++) {
        byte next = data[from + i];
        if (next < 0) {
          byte[] text = fold(new String(data, from, length, StandardCharsets.UTF_8));
          return folded.matches(text, 0, text.length);
        }
        scratch[i] = next >= 'A' && next <= 'Z' ? (byte) (next + 32) : next;
      }
      return folded.matches(scratch, 0, length);
    }

    private static byte[] fold(String text) {
      StringBuilder out = new StringBuilder(text.length());
      text.codePoints().map(Tokenizer::fold).forEach(out::appendCodePoint);
      return out.toString().getBytes(StandardCharsets.UTF_8);
    }
  }
}
