package dev.kyma.format.index;

import dev.kyma.format.encoding.Hashing;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.vector.Batch;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A split-block Bloom filter of what a column of an extent holds, as Parquet lays them out: blocks
 * of eight 32-bit words, in each of which a hash sets one bit. 32 bytes answer for a value.
 *
 * <p>Its hashes are made of the first 32 bits of the {@link ValueHash} only, so that a filter can
 * be built again from an index that keeps no more of them.
 *
 * @param column the column's id; 0 for the whole primary key, {@link #tokensOf} for the tokens of a
 *     text column
 * @param blocks the blocks one after another, words little-endian
 */
@SuppressWarnings("ArrayRecordComponent") // equality is defined on the content below
public record ExtentFilter(int column, byte[] blocks) {
  /** The length of a block in bytes. */
  public static final int BLOCK_BYTES = 32;

  /** The column that stands for the whole primary key. */
  public static final int PRIMARY_KEY = 0;

  /** Ids of columns are far below. */
  private static final int TOKENS = 1 << 30;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int[] SALTS = {
    0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
  };

  public ExtentFilter {
    if (blocks.length == 0 || blocks.length % BLOCK_BYTES != 0) {
      throw new IllegalArgumentException(blocks.length + " bytes of filter");
    }
  }

  /**
   * The filter of some values.
   *
   * @param hashes their {@link ValueHash}es
   * @param from the first of them
   * @param to the first that is none of them
   * @param bitsPerValue how large the filter is to be: with 8 bits 3 % of absent values seem to be
   *     there, with 12 bits 0.6 %, with 16 bits 0.2 %
   */
  public static ExtentFilter of(int column, long[] hashes, int from, int to, int bitsPerValue) {
    int count = Math.max(1, (int) (((long) (to - from) * bitsPerValue + 255) / 256));
    byte[] blocks = new byte[count * BLOCK_BYTES];
    for (int i = from; i < to; i++) {
      long hash = hash(hashes[i]);
      int at = blockIndex(hash, count) * BLOCK_BYTES;
      for (int word = 0; word < SALTS.length; word++) {
        int place = at + 4 * word;
        INT.set(blocks, place, (int) INT.get(blocks, place) | bit(hash, word));
      }
    }
    return new ExtentFilter(column, blocks);
  }

  /** The number under which the filter of a text column's tokens, not of its values, is known. */
  public static int tokensOf(int column) {
    return column + TOKENS;
  }

  /** The hash under which filters know a value, given its {@link ValueHash}. */
  public static long hash(long valueHash) {
    return Hashing.mix(valueHash >>> 32);
  }

  /**
   * The hash under which filters of a column of the constant's own type know it; none for a type
   * that has no filters.
   */
  public static OptionalLong hash(Constant constant) {
    if (!ValueHash.supports(constant.type())) {
      return OptionalLong.empty();
    }
    OptionalLong hash = ValueHash.of(constant.type(), constant);
    return hash.isEmpty() ? hash : OptionalLong.of(hash(hash.getAsLong()));
  }

  /** The hashes under which the filter of primary keys knows these. */
  public static long[] hash(Batch keys) {
    long[] hashes = ValueHash.ofKeys(keys);
    Arrays.setAll(hashes, i -> hash(hashes[i]));
    return hashes;
  }

  /** Which of so many blocks answers for a hash. */
  public static int blockIndex(long hash, int blocks) {
    return (int) (((hash >>> 32) * blocks) >>> 32);
  }

  /**
   * Whether the block that answers for a hash leaves it possible that the value is there.
   *
   * @param block32 that block alone
   */
  public static boolean mayContain(byte[] block32, long hash) {
    return mayContain(block32, 0, hash);
  }

  private static boolean mayContain(byte[] blocks, int at, long hash) {
    for (int word = 0; word < SALTS.length; word++) {
      int bit = bit(hash, word);
      if (((int) INT.get(blocks, at + 4 * word) & bit) == 0) {
        return false;
      }
    }
    return true;
  }

  private static int bit(long hash, int word) {
    return 1 << ((int) hash * SALTS[word] >>> 27);
  }

  /** How many blocks there are. */
  public int blockCount() {
    return blocks.length / BLOCK_BYTES;
  }

  /** Whether the extent may hold a value with this hash. */
  public boolean mayContain(long hash) {
    return mayContain(blocks, blockIndex(hash, blockCount()) * BLOCK_BYTES, hash);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExtentFilter that
        && column == that.column
        && Arrays.equals(blocks, that.blocks);
  }

  @Override
  public int hashCode() {
    return 31 * column + Arrays.hashCode(blocks);
  }

  @Override
  public String toString() {
    return "filter of column " + column + ", " + blocks.length + " bytes";
  }
}
