package dev.kyma.catalog.visibility;

import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The primary keys of a run of rows as byte strings: two rows have the same key if and only if
 * their strings are equal.
 *
 * <p>A key is its columns' values one after another:
 *
 * <pre>
 * value := 0                            NULL
 *        | 1, int64                     whole numbers, truth values, times, decimals of 64 bits
 *        | 1, int64 high, int64 low     decimals of 128 bits
 *        | 1, bits:int64                floating point, one NaN, one zero
 *        | 1, length:int32, bytes       text and binary values
 * </pre>
 *
 * all little-endian. {@link #partition} follows from these bytes alone; it is frozen, because a key
 * that moved to another partition would lose the order of its versions. Immutable.
 */
public final class RowKeys {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int[] offsets;
  private final long[] hashes;

  private RowKeys(byte[] bytes, int[] offsets) {
    this.bytes = bytes;
    this.offsets = offsets;
    this.hashes = new long[offsets.length - 1];
    for (int row = 0; row < hashes.length; row++) {
      hashes[row] = hash(bytes, offsets[row], offsets[row + 1]);
    }
  }

  /**
   * The keys of rows.
   *
   * @param columns the primary key's columns in its order, each of {@code rows} rows
   * @throws IllegalArgumentException if a column's type can be no part of a key
   */
  public static RowKeys of(List<ColumnVector> columns, int rows) {
    int[] offsets = new int[rows + 1];
    for (ColumnVector column : columns) {
      for (int row = 0; row < rows; row++) {
        offsets[row + 1] += length(column, row);
      }
    }
    for (int row = 0; row < rows; row++) {
      offsets[row + 1] = Math.addExact(offsets[row], offsets[row + 1]);
    }
    byte[] bytes = new byte[offsets[rows]];
    int[] at = Arrays.copyOf(offsets, rows);
    for (ColumnVector column : columns) {
      for (int row = 0; row < rows; row++) {
        at[row] = put(column, row, bytes, at[row]);
      }
    }
    return new RowKeys(bytes, offsets);
  }

  private static int length(ColumnVector column, int row) {
    if (column.isNull(row)) {
      return 1;
    }
    return switch (column) {
      case LongVector _, DoubleVector _ -> 1 + Long.BYTES;
      case Int128Vector _ -> 1 + 2 * Long.BYTES;
      case BytesVector text -> 1 + Integer.BYTES + text.length(row);
      case DictionaryVector coded ->
          1 + Integer.BYTES + coded.dictionary().length(coded.codes()[row]);
      case FloatsVector _ -> throw new IllegalArgumentException(column.type() + " in a key");
    };
  }

  private static int put(ColumnVector column, int row, byte[] to, int at) {
    if (column.isNull(row)) {
      return at + 1;
    }
    to[at++] = 1;
    return switch (column) {
      case LongVector longs -> putLong(longs.values()[row], to, at);
      case DoubleVector doubles ->
          putLong(Double.doubleToLongBits(doubles.values()[row] + 0.0), to, at);
      case Int128Vector wide -> putLong(wide.low()[row], to, putLong(wide.high()[row], to, at));
      case BytesVector text -> putBytes(text, row, to, at);
      case DictionaryVector coded -> putBytes(coded.dictionary(), coded.codes()[row], to, at);
      case FloatsVector _ -> throw new IllegalArgumentException(column.type() + " in a key");
    };
  }

  private static int putLong(long value, byte[] to, int at) {
    LONGS.set(to, at, value);
    return at + Long.BYTES;
  }

  private static int putBytes(BytesVector text, int row, byte[] to, int at) {
    int length = text.length(row);
    INTS.set(to, at, length);
    System.arraycopy(text.data(), text.offsets()[row], to, at + Integer.BYTES, length);
    return at + Integer.BYTES + length;
  }

  /** How many rows there are. */
  public int size() {
    return hashes.length;
  }

  /** The partition, of so many, that takes every version of a row's key. */
  public int partition(int row, int partitions) {
    return (int) Long.remainderUnsigned(hashes[row], partitions);
  }

  long hash(int row) {
    return hashes[row];
  }

  int length(int row) {
    return offsets[row + 1] - offsets[row];
  }

  void copy(int row, byte[] to, int at) {
    System.arraycopy(bytes, offsets[row], to, at, length(row));
  }

  boolean matches(int row, byte[] other, int from, int to) {
    return Arrays.equals(bytes, offsets[row], offsets[row + 1], other, from, to);
  }

  /** Multiplies and folds eight bytes at a time. */
  private static long hash(byte[] bytes, int from, int to) {
    long hash = 0x9E3779B97F4A7C15L ^ (to - from);
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at));
    }
    long rest = 0;
    for (int shift = 0; at < to; at++, shift += 8) {
      rest |= (bytes[at] & 0xFFL) << shift;
    }
    return mix(mix(hash ^ rest));
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 32) * 0xD6E8FEB86659FD93L;
    return (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
  }
}
