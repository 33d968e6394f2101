package dev.kyma.format.vector;

import java.util.Arrays;

/**
 * A column as something to sort by: a 64-bit number a row whose signed order is the column's order,
 * wholly or as far as it goes.
 *
 * <p>Text is represented by its first eight bytes and a dictionary place by the entry's rank, so
 * most comparisons touch one number.
 */
sealed interface SortKey {

  /** The number for a row that is not NULL. */
  long number(int row);

  /** Whether equal numbers mean equal values. */
  boolean exact();

  /** Compares two rows that are not NULL. */
  int compare(int left, int right);

  boolean isNull(int row);

  /** The key for a column. */
  static SortKey of(ColumnVector vector) {
    return switch (vector) {
      case LongVector longs -> new Longs(longs);
      case DoubleVector doubles -> new Doubles(doubles);
      case Int128Vector wide -> new Wide(wide);
      case BytesVector bytes -> new Texts(bytes);
      case DictionaryVector coded -> new Ranks(coded, ranks(coded.dictionary()));
      case FloatsVector _ -> throw new IllegalArgumentException("vectors of floats have no order");
    };
  }

  /** The rank of each entry among all, equal entries having equal ranks. */
  private static int[] ranks(BytesVector dictionary) {
    Texts texts = new Texts(dictionary);
    Integer[] order = new Integer[dictionary.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, texts::compare);
    int[] ranks = new int[order.length];
    for (int i = 1; i < order.length; i++) {
      boolean same = texts.compare(order[i - 1], order[i]) == 0;
      ranks[order[i]] = same ? ranks[order[i - 1]] : i;
    }
    return ranks;
  }

  /** Whole numbers. */
  record Longs(LongVector vector) implements SortKey {
    @Override
    public long number(int row) {
      return vector.values()[row];
    }

    @Override
    public boolean exact() {
      return true;
    }

    @Override
    public int compare(int left, int right) {
      return Long.compare(number(left), number(right));
    }

    @Override
    public boolean isNull(int row) {
      return vector.isNull(row);
    }
  }

  /** Floating-point numbers; the two zeros are equal, and NaN is the greatest. */
  record Doubles(DoubleVector vector) implements SortKey {
    @Override
    public long number(int row) {
      double value = vector.values()[row];
      long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
      return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    @Override
    public boolean exact() {
      return true;
    }

    @Override
    public int compare(int left, int right) {
      return Long.compare(number(left), number(right));
    }

    @Override
    public boolean isNull(int row) {
      return vector.isNull(row);
    }
  }

  /** Integers of 128 bits. */
  record Wide(Int128Vector vector) implements SortKey {
    @Override
    public long number(int row) {
      return vector.high()[row];
    }

    @Override
    public boolean exact() {
      return false;
    }

    @Override
    public int compare(int left, int right) {
      int upper = Long.compare(vector.high()[left], vector.high()[right]);
      return upper != 0 ? upper : Long.compareUnsigned(vector.low()[left], vector.low()[right]);
    }

    @Override
    public boolean isNull(int row) {
      return vector.isNull(row);
    }
  }

  /** Byte strings. */
  record Texts(BytesVector vector) implements SortKey {
    @Override
    public long number(int row) {
      byte[] data = vector.data();
      int from = vector.offsets()[row];
      int length = Math.min(8, vector.offsets()[row + 1] - from);
      long prefix = 0;
      for (int i = 0; i < length; i++) {
        prefix |= (data[from + i] & 0xFFL) << (56 - 8 * i);
      }
      return prefix ^ Long.MIN_VALUE;
    }

    @Override
    public boolean exact() {
      return false;
    }

    @Override
    public int compare(int left, int right) {
      int[] offsets = vector.offsets();
      return Arrays.compareUnsigned(
          vector.data(),
          offsets[left],
          offsets[left + 1],
          vector.data(),
          offsets[right],
          offsets[right + 1]);
    }

    @Override
    public boolean isNull(int row) {
      return vector.isNull(row);
    }
  }

  /** Byte strings with a dictionary, by the rank of their entry. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Ranks(DictionaryVector vector, int[] ranks) implements SortKey {
    @Override
    public long number(int row) {
      return ranks[vector.codes()[row]];
    }

    @Override
    public boolean exact() {
      return true;
    }

    @Override
    public int compare(int left, int right) {
      return Long.compare(number(left), number(right));
    }

    @Override
    public boolean isNull(int row) {
      return vector.isNull(row);
    }
  }
}
