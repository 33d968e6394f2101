package dev.kyma.format.vector;

/**
 * Which rows of a batch are meant.
 *
 * @param size how many rows the batch has
 * @param words a bitmap of the chosen rows; bits from {@code size} on are clear
 * @param count how many rows are chosen
 */
@SuppressWarnings("ArrayRecordComponent") // the array is the point: kernels read it in place
public record Selection(int size, long[] words, int count) {

  /** All rows of a batch. */
  public static Selection all(int size) {
    long[] words = new long[Bits.words(size)];
    Bits.fill(words, size);
    return new Selection(size, words, size);
  }

  /** The rows whose bits are set; the array is kept. */
  public static Selection of(int size, long[] words) {
    return new Selection(size, words, Bits.count(words, size));
  }

  public boolean isAll() {
    return count == size;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  public boolean contains(int row) {
    return Bits.get(words, row);
  }
}
