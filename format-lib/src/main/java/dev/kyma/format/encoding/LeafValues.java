package dev.kyma.format.encoding;

import java.util.Arrays;

/**
 * The values met under one path of JSON texts, taken in while the text is at hand: each by its
 * place among the distinct ones while these are few, and as a number from then on. Used by one
 * thread.
 */
final class LeafValues {
  /** Said of a value that is neither kept as one of few nor a number that comes back. */
  static final int NOT_KEPT = -1;

  private static final int MAX_DISTINCT = 1 << 16;
  private static final int MAX_BYTES = 16 << 20;
  private static final int FIRST_CHECK = 1_024;
  private static final int MANY_OF_FIRST = 700;

  private final BytesIndex index = new BytesIndex();
  private final DecimalText number = new DecimalText();
  private boolean isFew = true;
  private int seen;
  private long[] unscaled = new long[0];
  private byte[] scales = new byte[0];
  private int numbers;

  /**
   * Takes in a value.
   *
   * @return what {@link #distinct} and {@link #numbers} know it by, or {@link #NOT_KEPT}
   */
  int add(byte[] data, int start, int end) {
    seen++;
    if (isFew) {
      int length = end - start;
      int code = index.add(data, start, length, Hashing.hash(data, start, length));
      if ((seen & (FIRST_CHECK - 1)) == 0 || index.bytes() > MAX_BYTES) {
        int most = seen == FIRST_CHECK ? MANY_OF_FIRST : Math.min(seen / 2, MAX_DISTINCT);
        isFew = index.count() <= most && index.bytes() <= MAX_BYTES;
      }
      return code;
    }
    if (!number.read(data, start, end)) {
      return NOT_KEPT;
    }
    if (numbers == unscaled.length) {
      unscaled = Arrays.copyOf(unscaled, Math.max(1_024, 2 * numbers));
      scales = Arrays.copyOf(scales, unscaled.length);
    }
    unscaled[numbers] = number.unscaled();
    scales[numbers] = (byte) number.scale();
    return index.count() + numbers++;
  }

  /** Whether every value is one of the distinct ones. */
  boolean isFew() {
    return isFew;
  }

  /** The distinct values, as many as were kept. */
  BytesIndex distinct() {
    return index;
  }

  /**
   * Values as whole numbers and how many of their digits follow the point.
   *
   * @param codes what {@link #add} answered for each
   * @param wholes takes the numbers
   * @param fractions takes the counts of digits, or -1 where a value does not come back
   */
  void numbers(int[] codes, long[] wholes, long[] fractions) {
    int entries = index.count();
    long[] entryWholes = new long[entries];
    byte[] entryFractions = new byte[entries];
    for (int i = 0; i < entries; i++) {
      int from = index.offset(i);
      entryFractions[i] = -1;
      if (number.read(index.data(), from, from + index.length(i))) {
        entryWholes[i] = number.unscaled();
        entryFractions[i] = (byte) number.scale();
      }
    }
    for (int i = 0; i < codes.length; i++) {
      int code = codes[i];
      if (code == NOT_KEPT) {
        fractions[i] = -1;
      } else if (code < entries) {
        wholes[i] = entryWholes[code];
        fractions[i] = entryFractions[code];
      } else {
        wholes[i] = unscaled[code - entries];
        fractions[i] = scales[code - entries];
      }
    }
  }
}
