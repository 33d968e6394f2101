package dev.kyma.format.vector;

/** Bitmaps in {@code long} words, bit 0 of word 0 first. */
public final class Bits {
  private Bits() {}

  /** How many words hold {@code bits} bits. */
  public static int words(int bits) {
    return (bits + 63) >>> 6;
  }

  public static boolean get(long[] words, int bit) {
    return (words[bit >>> 6] >>> bit & 1L) != 0;
  }

  public static void set(long[] words, int bit) {
    words[bit >>> 6] |= 1L << bit;
  }

  public static void clear(long[] words, int bit) {
    words[bit >>> 6] &= ~(1L << bit);
  }

  /** Sets the first {@code bits} bits and clears the rest of their last word. */
  public static void fill(long[] words, int bits) {
    int full = bits >>> 6;
    for (int i = 0; i < full; i++) {
      words[i] = -1L;
    }
    if ((bits & 63) != 0) {
      words[full] = (1L << bits) - 1;
    }
  }

  /** Sets the bits {@code [from, to)}. */
  public static void setRange(long[] words, int from, int to) {
    if (from >= to) {
      return;
    }
    int first = from >>> 6;
    int last = (to - 1) >>> 6;
    long head = -1L << from;
    long tail = -1L >>> -to;
    if (first == last) {
      words[first] |= head & tail;
      return;
    }
    words[first] |= head;
    for (int i = first + 1; i < last; i++) {
      words[i] = -1L;
    }
    words[last] |= tail;
  }

  /** How many of the first {@code bits} bits are set. */
  public static int count(long[] words, int bits) {
    int count = 0;
    int full = bits >>> 6;
    for (int i = 0; i < full; i++) {
      count += Long.bitCount(words[i]);
    }
    if ((bits & 63) != 0) {
      count += Long.bitCount(words[full] & ((1L << bits) - 1));
    }
    return count;
  }
}
