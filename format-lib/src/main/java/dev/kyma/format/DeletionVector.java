package dev.kyma.format;

import dev.kyma.format.bytes.CorruptBytesException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Rows of one extent that are deleted, each by its place there. Immutable; safe for use by many
 * threads.
 *
 * <p>Outside a process it is in the portable serialised form of Roaring bitmaps, with runs where
 * they are smaller.
 */
public final class DeletionVector {
  /** No row is deleted. */
  public static final DeletionVector EMPTY = new DeletionVector(new RoaringBitmap());

  private final RoaringBitmap rows;
  private final int cardinality;

  private DeletionVector(RoaringBitmap rows) {
    this.rows = rows;
    this.cardinality = rows.getCardinality();
  }

  /**
   * These rows, in any order.
   *
   * @throws IllegalArgumentException if a row is none an extent can have
   */
  public static DeletionVector of(int... rows) {
    for (int row : rows) {
      if (row < 0 || row >= ExtentWriter.MAX_ROWS) {
        throw new IllegalArgumentException("row " + row);
      }
    }
    return rows.length == 0 ? EMPTY : new DeletionVector(RoaringBitmap.bitmapOfUnordered(rows));
  }

  /**
   * What {@link #toBytes} answered.
   *
   * @throws CorruptBytesException if the bytes are anything else
   */
  public static DeletionVector fromBytes(byte[] bytes) {
    RoaringBitmap read = new RoaringBitmap();
    try {
      read.deserialize(ByteBuffer.wrap(bytes));
    } catch (IOException | RuntimeException e) {
      throw new CorruptBytesException(0, "a deletion vector of " + bytes.length + " bytes: " + e);
    }
    DeletionVector vector = new DeletionVector(read);
    // Writing what was read finds bytes that were not used, counts that lie and rows out of order.
    if (!vector.isOrdered() || !Arrays.equals(bytes, vector.toBytes())) {
      throw new CorruptBytesException(0, "a deletion vector of " + bytes.length + " bytes");
    }
    return vector;
  }

  private boolean isOrdered() {
    int previous = -1;
    int count = 0;
    PeekableIntIterator each = rows.getIntIterator();
    while (each.hasNext()) {
      int row = each.next();
      if (row <= previous || row >= ExtentWriter.MAX_ROWS) {
        return false;
      }
      previous = row;
      count++;
    }
    return count == cardinality;
  }

  /** The portable serialised form; equal vectors have equal bytes. */
  public byte[] toBytes() {
    RoaringBitmap smallest = RoaringBitmap.bitmapOf(rows.toArray());
    smallest.runOptimize();
    byte[] bytes = new byte[smallest.serializedSizeInBytes()];
    smallest.serialize(ByteBuffer.wrap(bytes));
    return bytes;
  }

  /** How many rows are deleted. */
  public int cardinality() {
    return cardinality;
  }

  public boolean isEmpty() {
    return cardinality == 0;
  }

  public boolean contains(int row) {
    return rows.contains(row);
  }

  /** How many rows from {@code fromRow} up to, not including, {@code toRow} are deleted. */
  public int cardinality(long fromRow, long toRow) {
    return cardinality == 0 || fromRow >= toRow ? 0 : (int) rows.rangeCardinality(fromRow, toRow);
  }

  /** The deleted rows in ascending order. */
  public int[] rows() {
    return rows.toArray();
  }

  /** The rows that are deleted here or there. */
  public DeletionVector union(DeletionVector other) {
    if (other.isEmpty()) {
      return this;
    }
    return isEmpty() ? other : new DeletionVector(RoaringBitmap.or(rows, other.rows));
  }

  /** The rows that are deleted here and not there. */
  public DeletionVector minus(DeletionVector other) {
    return isEmpty() || other.isEmpty()
        ? this
        : new DeletionVector(RoaringBitmap.andNot(rows, other.rows));
  }

  /**
   * Clears the bits of deleted rows.
   *
   * @param selection bit {@code i} stands for row {@code firstRow + i}
   * @param firstRow the row of the first bit
   * @param count how many rows the words stand for
   */
  public void andNot(long[] selection, int firstRow, int count) {
    if (cardinality == 0) {
      return;
    }
    PeekableIntIterator each = rows.getIntIterator();
    each.advanceIfNeeded(firstRow);
    while (each.hasNext()) {
      int place = each.next() - firstRow;
      if (place >= count) {
        return;
      }
      selection[place >>> 6] &= ~(1L << place);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeletionVector that && rows.equals(that.rows);
  }

  @Override
  public int hashCode() {
    return rows.hashCode();
  }

  @Override
  public String toString() {
    return cardinality + " rows deleted";
  }
}
