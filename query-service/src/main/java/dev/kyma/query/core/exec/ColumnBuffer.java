package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.QueryException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One column's values collected from many batches into one vector. Used by one thread.
 *
 * <p>Byte strings are kept as a dictionary for as long as they repeat; then the numbers of the
 * entries are kept instead of copies, and whatever reads the column profits from the codes.
 */
final class ColumnBuffer {
  private static final int MAX_DICTIONARY = 1 << 16;

  private final LogicalType type;
  private final MemoryBudget memory;
  private int size;
  private long @Nullable [] nulls;

  private long[] longs = new long[0];
  private long[] lows = new long[0];
  private double[] doubles = new double[0];
  private float[] floats = new float[0];
  private @Nullable BytesIds dictionary;
  private int[] codes = new int[0];
  private byte[] data = new byte[0];
  private int[] offsets = new int[1];

  ColumnBuffer(LogicalType type, MemoryBudget memory) {
    this.type = type;
    this.memory = memory;
    if (type.physical() == LogicalType.Physical.BYTES) {
      dictionary = BytesIds.ofBytes(type, memory);
    }
  }

  int size() {
    return size;
  }

  /** Adds rows of a column. */
  void append(ColumnVector column, int[] rows, int count) {
    appendNulls(column, rows, count);
    switch (column) {
      case LongVector vector -> {
        longs = grow(longs, count);
        long[] source = vector.values();
        for (int i = 0; i < count; i++) {
          longs[size + i] = source[rows[i]];
        }
      }
      case DoubleVector vector -> {
        if (size + count > doubles.length) {
          int capacity = capacity(doubles.length, count);
          memory.reserve(8L * (capacity - doubles.length));
          doubles = Arrays.copyOf(doubles, capacity);
        }
        double[] source = vector.values();
        for (int i = 0; i < count; i++) {
          doubles[size + i] = source[rows[i]];
        }
      }
      case Int128Vector vector -> {
        longs = grow(longs, count);
        lows = grow(lows, count);
        for (int i = 0; i < count; i++) {
          longs[size + i] = vector.high()[rows[i]];
          lows[size + i] = vector.low()[rows[i]];
        }
      }
      case FloatsVector vector -> {
        int dimension = vector.dimension();
        int needed = Math.multiplyExact(size + count, dimension);
        if (needed > floats.length) {
          int capacity = Math.max(needed, floats.length * 2);
          memory.reserve(4L * (capacity - floats.length));
          floats = Arrays.copyOf(floats, capacity);
        }
        for (int i = 0; i < count; i++) {
          System.arraycopy(
              vector.values(), rows[i] * dimension, floats, (size + i) * dimension, dimension);
        }
      }
      case DictionaryVector vector -> appendBytes(vector, rows, count);
      case BytesVector vector -> appendBytes(vector, rows, count);
    }
    size += count;
  }

  private void appendNulls(ColumnVector column, int[] rows, int count) {
    if (!column.mayHaveNulls() && nulls == null) {
      return;
    }
    int words = Bits.words(size + count);
    if (nulls == null || nulls.length < words) {
      nulls = nulls == null ? new long[words * 2] : Arrays.copyOf(nulls, words * 2);
    }
    if (column.mayHaveNulls()) {
      for (int i = 0; i < count; i++) {
        if (column.isNull(rows[i])) {
          Bits.set(nulls, size + i);
        }
      }
    }
  }

  private void appendBytes(ColumnVector column, int[] rows, int count) {
    BytesIds entries = dictionary;
    if (entries != null) {
      if (size + count > codes.length) {
        int capacity = capacity(codes.length, count);
        memory.reserve(4L * (capacity - codes.length));
        codes = Arrays.copyOf(codes, capacity);
      }
      int[] ids = new int[count];
      entries.assign(column, rows, count, ids);
      System.arraycopy(ids, 0, codes, size, count);
      if (entries.size() > MAX_DICTIONARY && entries.size() > (size + count) / 4) {
        flatten(entries, size + count);
      }
      return;
    }
    if (size + count + 1 > offsets.length) {
      int capacity = capacity(offsets.length, count + 1);
      memory.reserve(4L * (capacity - offsets.length));
      offsets = Arrays.copyOf(offsets, capacity);
    }
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      int end = offsets[size + i];
      if (!column.isNull(row)) {
        BytesVector source;
        int entry;
        if (column instanceof DictionaryVector vector) {
          source = vector.dictionary();
          entry = vector.codes()[row];
        } else {
          source = (BytesVector) column;
          entry = row;
        }
        int length = source.length(entry);
        reserveData(end, length);
        System.arraycopy(source.data(), source.offsets()[entry], data, end, length);
        end += length;
      }
      offsets[size + i + 1] = end;
    }
  }

  private void reserveData(int end, int length) {
    long needed = (long) end + length;
    if (needed > data.length) {
      long capacity = Math.min(Integer.MAX_VALUE - 8, Math.max(needed, data.length * 2L));
      if (needed > capacity) {
        throw QueryException.limit("held bytes of one column", Integer.MAX_VALUE - 8, "bytes");
      }
      memory.reserve(capacity - data.length);
      data = Arrays.copyOf(data, (int) capacity);
    }
  }

  /** Turns the codes into copies of their entries. */
  private void flatten(BytesIds entries, int count) {
    BytesVector values = entries.dictionary();
    dictionary = null;
    offsets = new int[capacity(0, count + 1)];
    memory.reserve(4L * (offsets.length - codes.length));
    for (int i = 0; i < count; i++) {
      int end = offsets[i];
      if (codes[i] != ValueIds.NULL_ID) {
        int entry = codes[i] - 1;
        int length = values.length(entry);
        reserveData(end, length);
        System.arraycopy(values.data(), values.offsets()[entry], data, end, length);
        end += length;
      }
      offsets[i + 1] = end;
    }
    codes = new int[0];
  }

  private long[] grow(long[] array, int more) {
    if (size + more <= array.length) {
      return array;
    }
    int capacity = capacity(array.length, more);
    memory.reserve(8L * (capacity - array.length));
    return Arrays.copyOf(array, capacity);
  }

  private int capacity(int now, int more) {
    return Math.max(Math.addExact(size, more), Math.max(1_024, now + (now >> 1)));
  }

  /** Everything added so far as one vector. Nothing may be added afterwards. */
  ColumnVector finish() {
    return switch (type.physical()) {
      case LONG -> new LongVector(type, size, longs, nulls);
      case DOUBLE -> new DoubleVector(type, size, doubles, nulls);
      case INT128 -> new Int128Vector(type, size, longs, lows, nulls);
      case FLOATS -> new FloatsVector(type, size, floats, nulls);
      case BYTES -> {
        BytesIds entries = dictionary;
        if (entries == null) {
          yield new BytesVector(type, size, data, offsets, nulls);
        }
        for (int i = 0; i < size; i++) {
          codes[i] = Math.max(0, codes[i] - 1);
        }
        yield new DictionaryVector(size, codes, entries.dictionary(), nulls);
      }
    };
  }
}
