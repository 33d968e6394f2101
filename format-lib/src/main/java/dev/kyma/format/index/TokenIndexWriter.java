package dev.kyma.format.index;

import dev.kyma.format.encoding.ChunkWriter;
import dev.kyma.format.encoding.Hashing;
import dev.kyma.format.predicate.Tokenizer;
import dev.kyma.format.vector.BytesVector;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the token index of a text column: which rows hold each token, as {@link Tokenizer} splits
 * and folds texts. Tokens of ASCII digits alone are left out. Used by one thread.
 */
public final class TokenIndexWriter {
  /** What each ASCII character is in a token, 0 for those that separate. */
  private static final byte[] FOLDED = new byte[128];

  static {
    for (int c = 0; c < FOLDED.length; c++) {
      FOLDED[c] = Tokenizer.isTokenPart(c) ? (byte) Tokenizer.fold(c) : 0;
    }
  }

  private final PostingsTable table;
  private byte[] token = new byte[64];

  /**
   * @param exactLimit up to how many rows of a token are listed each
   */
  public TokenIndexWriter(int rows, int exactLimit) {
    table = new PostingsTable(rows, exactLimit);
  }

  /** The hash of a folded token; none for one that indexes leave out. */
  public static boolean isIndexed(String token) {
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) < '0' || token.charAt(i) > '9') {
        return true;
      }
    }
    return false;
  }

  /** The hash of a folded token. */
  public static long hash(String token) {
    byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
    return Hashing.hash(bytes, 0, bytes.length);
  }

  /** Takes all rows of a column. */
  public void add(BytesVector texts) {
    byte[] data = texts.data();
    int[] offsets = texts.offsets();
    for (int row = 0; row < texts.size(); row++) {
      if (offsets[row] < offsets[row + 1] && !texts.isNull(row)) {
        add(data, offsets[row], offsets[row + 1], row);
      }
    }
  }

  private void add(byte[] data, int from, int to, int row) {
    if (to - from > token.length) {
      token = new byte[2 * (to - from)];
    }
    byte[] folded = token;
    int length = 0;
    int greatest = 0;
    for (int i = from; i < to; i++) {
      int next = data[i];
      if (next < 0) {
        addUnicode(data, from, to, row);
        return;
      }
      byte part = FOLDED[next];
      if (part != 0) {
        folded[length++] = part;
        greatest = Math.max(greatest, part);
      } else if (length > 0) {
        if (greatest > '9') {
          add(folded, length, row);
        }
        length = 0;
        greatest = 0;
      }
    }
    if (greatest > '9') {
      add(folded, length, row);
    }
  }

  /** What was added before of the same text is added again, which changes nothing. */
  private void addUnicode(byte[] data, int from, int to, int row) {
    List<String> tokens =
        Tokenizer.tokens(new String(data, from, to - from, StandardCharsets.UTF_8));
    for (String each : tokens) {
      if (isIndexed(each)) {
        table.add(HashIndex.shortened(hash(each)), row);
      }
    }
  }

  private void add(byte[] bytes, int length, int row) {
    table.add(HashIndex.shortened(Hashing.hash(bytes, 0, length)), row);
  }

  /** How many different tokens there are. */
  public int size() {
    return table.size();
  }

  /** Writes the index. */
  public void write(ChunkWriter chunk) {
    HashIndexWriter.write(table, chunk);
  }

  /** The filter of all tokens. */
  public ExtentFilter filter(int column, int bitsPerToken) {
    return ValueIndexWriter.filter(column, table, bitsPerToken);
  }
}
