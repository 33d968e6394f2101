package dev.kyma.format.vector.merge;

import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column to merge by: 64-bit numbers whose signed order is the column's as far as they differ,
 * and what tells rows with equal numbers apart. Numbers of several batches compare with each other.
 *
 * @param numbers one number a row; unspecified where the value is NULL
 * @param nulls the null bitmap, or null when no row is NULL
 * @param low the lower halves of integers of 128 bits, compared unsigned; else null
 * @param texts the byte strings the numbers are the beginnings of; else null
 * @param codes the places of the rows' values among {@code texts}; null when row is place
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeyColumn(
    long[] numbers,
    long @Nullable [] nulls,
    long @Nullable [] low,
    @Nullable BytesVector texts,
    int @Nullable [] codes) {
  private static final int PREFIX = 8;

  static KeyColumn of(ColumnVector vector) {
    long[] nulls = vector.nulls();
    return switch (vector) {
      case LongVector longs -> new KeyColumn(longs.values(), nulls, null, null, null);
      case DoubleVector doubles -> new KeyColumn(ordered(doubles), nulls, null, null, null);
      case Int128Vector wide -> new KeyColumn(wide.high(), nulls, wide.low(), null, null);
      case BytesVector texts -> new KeyColumn(prefixes(texts), nulls, null, texts, null);
      case DictionaryVector coded -> {
        long[] entries = prefixes(coded.dictionary());
        long[] numbers = new long[coded.size()];
        for (int row = 0; row < numbers.length; row++) {
          // The place of a NULL row is unspecified.
          numbers[row] = coded.isNull(row) ? 0 : entries[coded.codes()[row]];
        }
        yield new KeyColumn(numbers, nulls, null, coded.dictionary(), coded.codes());
      }
      case FloatsVector _ -> throw new IllegalArgumentException("vectors of floats have no order");
    };
  }

  /** The two zeros are equal, and NaN is the greatest. */
  private static long[] ordered(DoubleVector doubles) {
    long[] numbers = new long[doubles.size()];
    for (int row = 0; row < numbers.length; row++) {
      double value = doubles.values()[row];
      long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
      numbers[row] = bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }
    return numbers;
  }

  private static long[] prefixes(BytesVector texts) {
    long[] prefixes = new long[texts.size()];
    byte[] data = texts.data();
    for (int row = 0; row < prefixes.length; row++) {
      int from = texts.offsets()[row];
      int length = Math.min(PREFIX, texts.offsets()[row + 1] - from);
      long prefix = 0;
      for (int i = 0; i < length; i++) {
        prefix |= (data[from + i] & 0xFFL) << (56 - 8 * i);
      }
      prefixes[row] = prefix ^ Long.MIN_VALUE;
    }
    return prefixes;
  }

  private boolean isNull(int row) {
    return nulls != null && (nulls[row >>> 6] >>> row & 1) != 0;
  }

  /** Compares a row with one of a column of the same type; NULL is greatest. */
  int compare(int row, KeyColumn other, int otherRow) {
    if (nulls != null || other.nulls != null) {
      boolean isNull = isNull(row);
      boolean otherIsNull = other.isNull(otherRow);
      if (isNull || otherIsNull) {
        return Boolean.compare(isNull, otherIsNull);
      }
    }
    int order = Long.compare(numbers[row], other.numbers[otherRow]);
    if (order != 0) {
      return order;
    }
    long[] otherLow = other.low;
    if (low != null && otherLow != null) {
      return Long.compareUnsigned(low[row], otherLow[otherRow]);
    }
    BytesVector otherTexts = other.texts;
    if (texts != null && otherTexts != null) {
      return compareTexts(
          texts,
          codes == null ? row : codes[row],
          otherTexts,
          other.codes == null ? otherRow : other.codes[otherRow]);
    }
    return 0;
  }

  private static int compareTexts(BytesVector left, int row, BytesVector right, int otherRow) {
    if (left == right && row == otherRow) {
      return 0;
    }
    int from = left.offsets()[row];
    int to = left.offsets()[row + 1];
    int otherFrom = right.offsets()[otherRow];
    int otherTo = right.offsets()[otherRow + 1];
    if (to - from <= PREFIX && otherTo - otherFrom <= PREFIX) {
      // Equal beginnings of strings that end there differ at most in their length.
      return Integer.compare(to - from, otherTo - otherFrom);
    }
    return Arrays.compareUnsigned(left.data(), from, to, right.data(), otherFrom, otherTo);
  }
}
