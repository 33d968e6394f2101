package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.query.core.QueryException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers byte strings, which it keeps end to end in one array. An entry of a dictionary is looked
 * up once; after that its rows only translate codes.
 */
final class BytesIds extends ValueIds {
  private final LogicalType type;
  private final MemoryBudget memory;
  private byte[] data = new byte[256];

  /** Value {@code id} ends at {@code ends[id]} and begins where the one before ends. */
  private int[] ends = new int[64];

  private int[] hashes = new int[64];
  private int size = 1;
  private int[] slots = new int[128];
  private int mask = 127;

  private @Nullable BytesVector lastDictionary;
  private int[] codeIds = new int[0];

  BytesIds(LogicalType type, MemoryBudget memory) {
    this.type = type;
    this.memory = memory;
  }

  @Override
  int size() {
    return size;
  }

  @Override
  void assign(ColumnVector column, int[] rows, int count, int[] ids) {
    if (column instanceof DictionaryVector dictionary) {
      assign(dictionary, rows, count, ids);
      return;
    }
    if (column instanceof FloatsVector floats) {
      for (int i = 0; i < count; i++) {
        byte[] value = bytes(floats, rows[i]);
        ids[i] = floats.isNull(rows[i]) ? NULL_ID : id(value, 0, value.length);
      }
      return;
    }
    BytesVector bytes = (BytesVector) column;
    byte[] source = bytes.data();
    int[] offsets = bytes.offsets();
    boolean nulls = bytes.mayHaveNulls();
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      ids[i] = nulls && bytes.isNull(row) ? NULL_ID : id(source, offsets[row], offsets[row + 1]);
    }
  }

  private void assign(DictionaryVector vector, int[] rows, int count, int[] ids) {
    BytesVector dictionary = vector.dictionary();
    if (dictionary != lastDictionary) {
      lastDictionary = dictionary;
      codeIds = new int[dictionary.size()];
    }
    int[] codes = vector.codes();
    int[] known = codeIds;
    byte[] source = dictionary.data();
    int[] offsets = dictionary.offsets();
    boolean nulls = vector.mayHaveNulls();
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      if (nulls && vector.isNull(row)) {
        ids[i] = NULL_ID;
        continue;
      }
      int code = codes[row];
      int id = known[code];
      if (id == 0) {
        id = id(source, offsets[code], offsets[code + 1]);
        known[code] = id;
      }
      ids[i] = id;
    }
  }

  private static byte[] bytes(FloatsVector vector, int row) {
    int dimension = vector.dimension();
    ByteBuffer buffer = ByteBuffer.allocate(4 * dimension);
    for (int i = 0; i < dimension; i++) {
      float value = vector.values()[row * dimension + i];
      buffer.putFloat(value == 0 ? 0 : value);
    }
    return buffer.array();
  }

  /** The number of a value, the next one if it is new. */
  int id(byte[] source, int from, int to) {
    int hash = Hashes.of(source, from, to);
    int slot = hash & mask;
    while (true) {
      int id = slots[slot];
      if (id == 0) {
        slots[slot] = size;
        int added = add(source, from, to, hash);
        if (size * 2 > slots.length) {
          rehash();
        }
        return added;
      }
      if (hashes[id] == hash && same(id, source, from, to)) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
  }

  private int find(byte[] source, int from, int to) {
    int hash = Hashes.of(source, from, to);
    int slot = hash & mask;
    while (true) {
      int id = slots[slot];
      if (id == 0) {
        return ABSENT;
      }
      if (hashes[id] == hash && same(id, source, from, to)) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
  }

  private boolean same(int id, byte[] source, int from, int to) {
    return Arrays.equals(data, ends[id - 1], ends[id], source, from, to);
  }

  private int add(byte[] source, int from, int to, int hash) {
    if (size == ends.length) {
      memory.reserve(8L * size);
      ends = Arrays.copyOf(ends, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    int start = ends[size - 1];
    long end = (long) start + to - from;
    if (end > data.length) {
      long capacity = Math.min(Integer.MAX_VALUE - 8, Math.max(end, data.length * 2L));
      if (end > capacity) {
        throw QueryException.limit("group key bytes", Integer.MAX_VALUE - 8, "bytes");
      }
      memory.reserve(capacity - data.length);
      data = Arrays.copyOf(data, (int) capacity);
    }
    System.arraycopy(source, from, data, start, to - from);
    ends[size] = (int) end;
    hashes[size] = hash;
    return size++;
  }

  private void rehash() {
    memory.reserve(4L * slots.length);
    int[] table = new int[slots.length * 2];
    int newMask = table.length - 1;
    for (int id = 1; id < size; id++) {
      int slot = hashes[id] & newMask;
      while (table[slot] != 0) {
        slot = (slot + 1) & newMask;
      }
      table[slot] = id;
    }
    slots = table;
    mask = newMask;
  }

  @Override
  Reader reader() {
    return new DictionaryReader();
  }

  /** Remembers what it found for the entries of the last dictionary. */
  private final class DictionaryReader implements Reader {
    private @Nullable BytesVector last;
    private int[] found = new int[0];

    @Override
    public void find(ColumnVector column, int[] rows, int count, int[] ids) {
      switch (column) {
        case DictionaryVector vector -> find(vector, rows, count, ids);
        case FloatsVector floats -> {
          for (int i = 0; i < count; i++) {
            byte[] value = bytes(floats, rows[i]);
            ids[i] =
                floats.isNull(rows[i]) ? NULL_ID : BytesIds.this.find(value, 0, value.length);
          }
        }
        case ColumnVector other -> {
          BytesVector bytes = (BytesVector) other;
          for (int i = 0; i < count; i++) {
            int row = rows[i];
            ids[i] =
                bytes.isNull(row)
                    ? NULL_ID
                    : BytesIds.this.find(
                        bytes.data(), bytes.offsets()[row], bytes.offsets()[row + 1]);
          }
        }
      }
    }

    /** Cached answers are shifted by two, so that 0 means not looked up yet. */
    private void find(DictionaryVector vector, int[] rows, int count, int[] ids) {
      BytesVector dictionary = vector.dictionary();
      if (dictionary != last) {
        last = dictionary;
        found = new int[dictionary.size()];
      }
      for (int i = 0; i < count; i++) {
        int row = rows[i];
        if (vector.isNull(row)) {
          ids[i] = NULL_ID;
          continue;
        }
        int code = vector.codes()[row];
        if (found[code] == 0) {
          found[code] =
              2
                  + BytesIds.this.find(
                      dictionary.data(), dictionary.offsets()[code], dictionary.offsets()[code + 1]);
        }
        ids[i] = found[code] - 2;
      }
    }
  }

  /** The distinct values as a dictionary; value {@code id} is entry {@code id - 1}. */
  BytesVector dictionary() {
    return new BytesVector(type, size - 1, data, ends, null);
  }

  @Override
  ColumnVector values(int[] ids, int count) {
    long[] nulls = nullsWhereZero(ids, count);
    if (type.physical() == LogicalType.Physical.FLOATS) {
      int dimension = type.precision();
      float[] target = new float[dimension * count];
      ByteBuffer source = ByteBuffer.wrap(data);
      for (int i = 0; i < count; i++) {
        for (int d = 0; ids[i] != NULL_ID && d < dimension; d++) {
          target[i * dimension + d] = source.getFloat(ends[ids[i] - 1] + 4 * d);
        }
      }
      return new FloatsVector(type, count, target, nulls);
    }
    int[] codes = new int[count];
    for (int i = 0; i < count; i++) {
      codes[i] = Math.max(0, ids[i] - 1);
    }
    return new DictionaryVector(count, codes, dictionary(), nulls);
  }
}
