package dev.kyma.format.index;

import dev.kyma.format.encoding.ChunkWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes which rows, or vectors of rows, hold each value of a column, and which row each primary
 * key. Stateless.
 */
public final class ValueIndexWriter {
  private ValueIndexWriter() {}

  /**
   * The vectors that hold each value.
   *
   * @param hashes the {@link ValueHash} of every row
   * @param nulls the null bitmap, or null
   * @param maxEntries more different values than this are not indexed
   * @return the filter of the values, or null when nothing was written
   */
  public static @Nullable ExtentFilter writeVectors(
      int column,
      long[] hashes,
      long @Nullable [] nulls,
      int maxEntries,
      int bitsPerValue,
      ChunkWriter chunk) {
    PostingsTable table = new PostingsTable(hashes.length, 0);
    for (int row = 0; row < hashes.length; row++) {
      if (nulls == null || (nulls[row >>> 6] >>> row & 1) == 0) {
        table.add(HashIndex.shortened(hashes[row]), row);
        if (table.size() > maxEntries) {
          return null;
        }
      }
    }
    HashIndexWriter.write(table, chunk);
    return filter(column, table, bitsPerValue);
  }

  /**
   * The row of each key.
   *
   * @param hashes the hash of every row's key
   * @return the filter of the keys
   */
  public static ExtentFilter writeKeys(long[] hashes, int bitsPerKey, ChunkWriter chunk) {
    long[] sorted = new long[hashes.length];
    for (int row = 0; row < sorted.length; row++) {
      sorted[row] = hashes[row] & 0xFFFF_FFFF_0000_0000L | row;
    }
    HashIndexWriter.sortUnsigned(sorted);
    HashIndexWriter.write(sorted, chunk);
    int distinct = 0;
    for (long next : sorted) {
      if (distinct == 0 || sorted[distinct - 1] >>> 32 != next >>> 32) {
        sorted[distinct++] = next;
      }
    }
    return ExtentFilter.of(ExtentFilter.PRIMARY_KEY, sorted, 0, distinct, bitsPerKey);
  }

  static ExtentFilter filter(int column, PostingsTable table, int bitsPerValue) {
    long[] hashes = new long[table.size()];
    for (int entry = 0; entry < hashes.length; entry++) {
      hashes[entry] = (long) table.hash(entry) << 32;
    }
    return ExtentFilter.of(column, hashes, 0, hashes.length, bitsPerValue);
  }
}
