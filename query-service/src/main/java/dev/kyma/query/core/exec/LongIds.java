package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.LongVector;
import java.util.Arrays;

/**
 * Numbers 64-bit values. Floats are numbered by their bits, all NaNs as one and -0 as 0.
 *
 * <p>Values close together (codes, flags, small numbers) are looked up in an array; when they
 * spread too far the array becomes a hash table with linear probing.
 */
final class LongIds extends ValueIds {
  private static final int DIRECT_LIMIT = 1 << 20;

  private final LogicalType type;
  private final MemoryBudget memory;
  private long[] values = new long[64];
  private int size = 1;

  /** Direct mode: number of the value {@code base + i}, or 0. */
  private int[] direct = new int[0];

  private long base;
  private boolean hashed;

  /** Hash mode: numbers, 0 where free. */
  private int[] slots = new int[0];

  private int mask;

  LongIds(LogicalType type, MemoryBudget memory) {
    this.type = type;
    this.memory = memory;
  }

  /** The bits a float is numbered by. */
  static long bits(double value) {
    return value == 0 ? 0 : Double.doubleToLongBits(value);
  }

  @Override
  int size() {
    return size;
  }

  @Override
  void assign(ColumnVector column, int[] rows, int count, int[] ids) {
    if (column instanceof LongVector longs) {
      long[] data = longs.values();
      if (column.mayHaveNulls()) {
        for (int i = 0; i < count; i++) {
          int row = rows[i];
          ids[i] = column.isNull(row) ? NULL_ID : id(data[row]);
        }
      } else {
        assign(data, rows, count, ids);
      }
      return;
    }
    double[] data = ((DoubleVector) column).values();
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      ids[i] = column.isNull(row) ? NULL_ID : id(bits(data[row]));
    }
  }

  /** The loop of most queries: remembers the last value, since sorted columns repeat it. */
  private void assign(long[] data, int[] rows, int count, int[] ids) {
    if (count == 0) {
      return;
    }
    long last = data[rows[0]];
    int lastId = id(last);
    for (int i = 0; i < count; i++) {
      long value = data[rows[i]];
      if (value != last) {
        last = value;
        lastId = id(value);
      }
      ids[i] = lastId;
    }
  }

  /** The number of a value, the next one if it is new. */
  int id(long value) {
    if (!hashed) {
      long place = value - base;
      if (place >= 0 && place < direct.length) {
        int id = direct[(int) place];
        if (id != 0) {
          return id;
        }
        direct[(int) place] = size;
        return add(value);
      }
      if (widen(value)) {
        direct[(int) (value - base)] = size;
        return add(value);
      }
    }
    int slot = Hashes.of(value) & mask;
    while (true) {
      int id = slots[slot];
      if (id == 0) {
        slots[slot] = size;
        int added = add(value);
        if (size * 2 > slots.length) {
          rehash(slots.length * 2);
        }
        return added;
      }
      if (values[id] == value) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
  }

  private int add(long value) {
    if (size == values.length) {
      memory.reserve(8L * size);
      values = Arrays.copyOf(values, size * 2);
    }
    values[size] = value;
    return size++;
  }

  /** Makes room in direct mode for a value outside, or leaves direct mode and answers false. */
  private boolean widen(long value) {
    if (direct.length == 0) {
      direct = new int[1_024];
      base = value > Long.MIN_VALUE + 512 ? value - 512 : Long.MIN_VALUE;
      return value - base < direct.length;
    }
    long low = Math.min(base, value);
    long high = value < base ? base + direct.length - 1 : value;
    long span = high - low + 1;
    if (span <= 0 || span > DIRECT_LIMIT || span > 4_096 && span > 256L * size) {
      hashed = true;
      rehash(Math.max(1_024, Integer.highestOneBit(size) * 4));
      memory.release(4L * direct.length);
      direct = new int[0];
      return false;
    }
    int length = (int) Math.min(DIRECT_LIMIT, Long.highestOneBit(span) * 2);
    memory.reserve(4L * (length - direct.length));
    long newBase = value < base && high > Long.MIN_VALUE + length ? high - length + 1 : low;
    int[] wider = new int[length];
    for (int id = 1; id < size; id++) {
      wider[(int) (values[id] - newBase)] = id;
    }
    direct = wider;
    base = newBase;
    return true;
  }

  private void rehash(int capacity) {
    memory.reserve(4L * (capacity - slots.length));
    int[] table = new int[capacity];
    int newMask = capacity - 1;
    for (int id = 1; id < size; id++) {
      int slot = Hashes.of(values[id]) & newMask;
      while (table[slot] != 0) {
        slot = (slot + 1) & newMask;
      }
      table[slot] = id;
    }
    slots = table;
    mask = newMask;
  }

  /** The number of a value, or {@link #ABSENT}. */
  int find(long value) {
    if (!hashed) {
      long place = value - base;
      int id = place >= 0 && place < direct.length ? direct[(int) place] : 0;
      return id == 0 ? ABSENT : id;
    }
    int slot = Hashes.of(value) & mask;
    while (true) {
      int id = slots[slot];
      if (id == 0) {
        return ABSENT;
      }
      if (values[id] == value) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
  }

  @Override
  Reader reader() {
    return (column, rows, count, ids) -> {
      for (int i = 0; i < count; i++) {
        int row = rows[i];
        if (column.isNull(row)) {
          ids[i] = NULL_ID;
        } else if (column instanceof LongVector longs) {
          ids[i] = find(longs.values()[row]);
        } else {
          ids[i] = find(bits(((DoubleVector) column).values()[row]));
        }
      }
    };
  }

  @Override
  ColumnVector values(int[] ids, int count) {
    long[] nulls = nullsWhereZero(ids, count);
    if (type.physical() == LogicalType.Physical.DOUBLE) {
      double[] target = new double[count];
      for (int i = 0; i < count; i++) {
        target[i] = Double.longBitsToDouble(values[ids[i]]);
      }
      return new DoubleVector(type, count, target, nulls);
    }
    long[] target = new long[count];
    for (int i = 0; i < count; i++) {
      target[i] = values[ids[i]];
    }
    return new LongVector(type, count, target, nulls);
  }
}
