package dev.kyma.format.encoding;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values of a byte-string column and the code of every row; a NULL row repeats the
 * code of the row before it. Found while writing; encoding and statistics both use it.
 *
 * @param codes one code a row
 * @param entries the distinct values by code
 */
@SuppressWarnings("ArrayRecordComponent") // internal, never compared
public record BytesDictionary(int[] codes, BytesVector entries) {
  /** More entries than this are left in order of first appearance. */
  static final int SORTED_UP_TO = 1 << 16;

  private static final int MAX_ENTRIES = 1 << 18;
  private static final int MAX_BYTES = 16 << 20;
  private static final int FIRST_CHECK = 8_192;

  /**
   * Finds the dictionary of a column.
   *
   * @param hashes the {@link Hashing#hash} of every row
   * @return null when there are too many distinct values for a dictionary to pay
   */
  public static @Nullable BytesDictionary find(BytesVector column, long[] hashes) {
    int rows = column.size();
    return find(column, hashes, 2, Math.max(rows / 4, Math.min(256, rows / 2)));
  }

  /** Finds the dictionary where two values in three may be different. */
  static @Nullable BytesDictionary findMany(BytesVector column, long[] hashes) {
    return find(column, hashes, 1, column.size() * 2 / 3);
  }

  /**
   * @param everyFirst of the first rows at most one in so many may be new
   * @param most how many entries there may be
   */
  private static @Nullable BytesDictionary find(
      BytesVector column, long[] hashes, int everyFirst, int most) {
    int rows = column.size();
    long[] nulls = column.nulls();
    int[] codes = new int[rows];
    BytesIndex index = new BytesIndex();
    int code = 0;
    for (int row = 0; row < rows; row++) {
      if (nulls == null || !Bits.get(nulls, row)) {
        code = index.add(column.data(), column.offsets()[row], column.length(row), hashes[row]);
      }
      codes[row] = code;
      if ((row & (FIRST_CHECK - 1)) == FIRST_CHECK - 1
          && (index.count() > (row + 1) / everyFirst
              || index.count() > MAX_ENTRIES
              || index.bytes() > MAX_BYTES)) {
        return null;
      }
    }
    int count = index.count();
    if (count == 0 || count > most || index.bytes() > MAX_BYTES) {
      return null;
    }
    return of(column.type(), codes, index);
  }

  /** The dictionary of strings that have been numbered. */
  static BytesDictionary of(LogicalType type, int[] codes, BytesIndex index) {
    int count = index.count();
    int[] offsets = new int[count + 1];
    for (int i = 0; i < count; i++) {
      offsets[i + 1] = index.offset(i) + index.length(i);
    }
    BytesVector entries = new BytesVector(type, count, index.data(), offsets, null);
    return count <= SORTED_UP_TO && HexText.width(entries) == 0
        ? sorted(codes, entries)
        : new BytesDictionary(codes, entries);
  }

  private static BytesDictionary sorted(int[] codes, BytesVector entries) {
    int count = entries.size();
    byte[] data = entries.data();
    int[] offsets = entries.offsets();
    Integer[] order = IntStream.range(0, count).boxed().toArray(Integer[]::new);
    Comparator<Integer> bytewise =
        (a, b) ->
            Arrays.compareUnsigned(
                data, offsets[a], offsets[a + 1], data, offsets[b], offsets[b + 1]);
    Arrays.sort(order, bytewise);
    ByteSink sortedData = new ByteSink(offsets[count]);
    int[] sortedOffsets = new int[count + 1];
    int[] place = new int[count];
    for (int i = 0; i < count; i++) {
      int entry = order[i];
      place[entry] = i;
      sortedData.bytes(data, offsets[entry], offsets[entry + 1] - offsets[entry]);
      sortedOffsets[i + 1] = sortedData.size();
    }
    int[] sortedCodes = new int[codes.length];
    for (int row = 0; row < codes.length; row++) {
      sortedCodes[row] = place[codes[row]];
    }
    LogicalType type = entries.type();
    return new BytesDictionary(
        sortedCodes, new BytesVector(type, count, sortedData.array(), sortedOffsets, null));
  }
}
