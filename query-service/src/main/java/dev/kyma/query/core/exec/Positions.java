package dev.kyma.query.core.exec;

import dev.kyma.format.vector.Selection;

/**
 * The places of selected rows as a list, reused from batch to batch. Used by one thread.
 *
 * <p>{@link #rows} may be longer than {@link #count} and may be a shared array: it must not be
 * written.
 */
final class Positions {
  private static final int[] ALL = iota(8_192);

  private int[] own = new int[0];
  int[] rows = ALL;
  int count;

  /** Takes the rows of a selection. */
  Positions of(Selection selection) {
    count = selection.count();
    if (selection.isAll()) {
      rows = all(selection.size());
      return this;
    }
    if (own.length < count) {
      own = new int[Math.max(count, 1_024)];
    }
    fill(selection, own);
    rows = own;
    return this;
  }

  /** The numbers from 0 to at least {@code count - 1}; not to be written. */
  static int[] all(int count) {
    return count <= ALL.length ? ALL : iota(count);
  }

  /** Writes the selected places in order. */
  static void fill(Selection selection, int[] target) {
    long[] words = selection.words();
    int at = 0;
    for (int w = 0; at < selection.count(); w++) {
      long word = words[w];
      while (word != 0) {
        target[at++] = (w << 6) + Long.numberOfTrailingZeros(word);
        word &= word - 1;
      }
    }
  }

  private static int[] iota(int count) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return numbers;
  }
}
