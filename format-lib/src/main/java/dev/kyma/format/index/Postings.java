package dev.kyma.format.index;

import java.util.Arrays;

/**
 * Where the values of one hash are: in some rows, in some vectors of 1,024 rows, or perhaps in
 * every row.
 *
 * @param form what the places are
 * @param places ascending rows, or vectors; unused where every row may be meant
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Postings(Form form, int[] places) {
  /** In no row. */
  public static final Postings NONE = new Postings(Form.ROWS, new int[0]);

  /** Perhaps in every row. */
  public static final Postings ANYWHERE = new Postings(Form.ANYWHERE, new int[0]);

  /** What places are. */
  public enum Form {
    ROWS,
    VECTORS,
    ANYWHERE
  }

  /** How many rows a vector has. */
  public static final int VECTOR_ROWS = 1_024;

  /** As a bitmap of so many rows. */
  public long[] bitmap(int rows) {
    long[] words = new long[(rows + 63) >>> 6];
    switch (form) {
      case ROWS -> {
        for (int row : places) {
          words[row >>> 6] |= 1L << row;
        }
      }
      case VECTORS -> {
        for (int vector : places) {
          int from = vector * (VECTOR_ROWS / 64);
          Arrays.fill(words, from, Math.min(words.length, from + VECTOR_ROWS / 64), -1L);
        }
      }
      case ANYWHERE -> Arrays.fill(words, -1L);
    }
    if ((rows & 63) != 0) {
      words[words.length - 1] &= (1L << rows) - 1;
    }
    return words;
  }
}
