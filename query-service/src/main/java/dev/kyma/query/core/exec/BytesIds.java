package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.expr.CanonicalJson;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers byte strings, which it keeps end to end in one array. An entry of a dictionary is looked
 * up once; after that its rows only translate codes. Dynamic values are numbered by their canonical
 * text, since different texts may be equal values.
 */
final class BytesIds extends ValueIds {
  private static final int SLOT = 4;
  private final LogicalType type;
  private final boolean dynamic;
  private final MemoryBudget memory;
  private byte[] data = new byte[256];

  /** Value {@code id} ends at {@code ends[id]} and begins where the one before ends. */
  private int[] ends = new int[64];

  private int size = 1;

  /**
   * A hash table with linear probing, four words a place so that one cache line mostly decides: the
   * hash above the number (0 where the place is free), the length, and the first 16 bytes.
   */
  private long[] slots = new long[128 * SLOT];

  private int mask = 127;
  private int[] hashes = new int[0];

  private @Nullable BytesVector lastDictionary;
  private int[] codeIds = new int[0];

  private BytesIds(LogicalType type, boolean dynamic, MemoryBudget memory) {
    this.type = type;
    this.dynamic = dynamic;
    this.memory = memory;
  }

  /** Equal values have one number. */
  static BytesIds ofValues(LogicalType type, MemoryBudget memory) {
    return new BytesIds(type, type.kind() == LogicalType.Kind.DYNAMIC, memory);
  }

  /** Equal bytes have one number, so that values come back as they were. */
  static BytesIds ofBytes(LogicalType type, MemoryBudget memory) {
    return new BytesIds(type, false, memory);
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
    // All hashes first: the loop that then waits for memory is short, and its waits overlap.
    if (dynamic) {
      for (int i = 0; i < count; i++) {
        int row = rows[i];
        ids[i] = nulls && bytes.isNull(row) ? NULL_ID : id(source, offsets[row], offsets[row + 1]);
      }
      return;
    }
    if (hashes.length < count) {
      hashes = new int[count];
    }
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      hashes[i] = Hashes.of(source, offsets[row], offsets[row + 1]);
    }
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      ids[i] =
          nulls && bytes.isNull(row)
              ? NULL_ID
              : id(source, offsets[row], offsets[row + 1], hashes[i]);
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
  private int id(byte[] source, int from, int to) {
    if (dynamic && !CanonicalJson.isPlain(source, from, to)) {
      byte[] canonical = CanonicalJson.of(source, from, to);
      return id(canonical, 0, canonical.length, Hashes.of(canonical, 0, canonical.length));
    }
    return id(source, from, to, Hashes.of(source, from, to));
  }

  private int id(byte[] source, int from, int to, int hash) {
    int slot = place(source, from, to, hash);
    int id = (int) slots[slot];
    return id == 0 ? add(source, from, to, hash, slot) : id;
  }

  private int find(byte[] value, int start, int end) {
    byte[] source = value;
    int from = start;
    int to = end;
    if (dynamic && !CanonicalJson.isPlain(value, start, end)) {
      source = CanonicalJson.of(value, start, end);
      from = 0;
      to = source.length;
    }
    int id = (int) slots[place(source, from, to, Hashes.of(source, from, to))];
    return id == 0 ? ABSENT : id;
  }

  /** Where a value stands in the table, or the free place where it belongs. */
  private int place(byte[] source, int from, int to, int hash) {
    int length = to - from;
    long first = Hashes.word(source, from, length);
    long second = length > 8 ? Hashes.word(source, from + 8, length - 8) : 0;
    int slot = (hash & mask) * SLOT;
    int last = slots.length - SLOT;
    while (true) {
      long entry = slots[slot];
      if ((int) entry == 0) {
        return slot;
      }
      if ((int) (entry >>> 32) == hash
          && slots[slot + 1] == length
          && slots[slot + 2] == first
          && slots[slot + 3] == second
          && (length <= 16 || same((int) entry, source, from, to))) {
        return slot;
      }
      slot = slot == last ? 0 : slot + SLOT;
    }
  }

  private boolean same(int id, byte[] source, int from, int to) {
    return Arrays.equals(data, ends[id - 1], ends[id], source, from, to);
  }

  private int add(byte[] source, int from, int to, int hash, int slot) {
    if (size == ends.length) {
      memory.reserve(4L * size);
      ends = Arrays.copyOf(ends, size * 2);
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
    int length = to - from;
    slots[slot] = (long) hash << 32 | size;
    slots[slot + 1] = length;
    slots[slot + 2] = Hashes.word(source, from, length);
    slots[slot + 3] = length > 8 ? Hashes.word(source, from + 8, length - 8) : 0;
    int id = size++;
    if (size * 2 * SLOT > slots.length) {
      rehash();
    }
    return id;
  }

  private void rehash() {
    memory.reserve(8L * slots.length);
    long[] table = new long[slots.length * 2];
    int newMask = table.length / SLOT - 1;
    for (int from = 0; from < slots.length; from += SLOT) {
      if ((int) slots[from] != 0) {
        int place = (int) (slots[from] >>> 32) & newMask;
        while ((int) table[place * SLOT] != 0) {
          place = (place + 1) & newMask;
        }
        System.arraycopy(slots, from, table, place * SLOT, SLOT);
      }
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
            ids[i] = floats.isNull(rows[i]) ? NULL_ID : BytesIds.this.find(value, 0, value.length);
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
                      dictionary.data(),
                      dictionary.offsets()[code],
                      dictionary.offsets()[code + 1]);
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
