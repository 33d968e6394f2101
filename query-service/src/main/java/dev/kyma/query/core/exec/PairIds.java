package dev.kyma.query.core.exec;

import java.util.Arrays;

/**
 * Numbers distinct pairs of numbers from 0 in order of first appearance.
 *
 * <p>While both sides have few numbers a pair is looked up in a two-dimensional array; past {@value
 * #DENSE_LIMIT} cells it becomes a hash table on the packed pair. Assigning is for one thread;
 * finding is safe for many once nothing is assigned any more.
 */
final class PairIds {
  private static final int DENSE_LIMIT = 1 << 20;

  private final MemoryBudget memory;
  private long[] pairs = new long[64];
  private int size;

  /** Dense mode: number + 1 of the pair at {@code first << shift | second}, or 0. */
  private int[] dense = new int[256];

  private int shift = 4;
  private boolean hashed;
  private int[] slots = new int[0];
  private int mask;

  PairIds(MemoryBudget memory) {
    this.memory = memory;
  }

  int size() {
    return size;
  }

  int first(int id) {
    return (int) (pairs[id] >>> 32);
  }

  int second(int id) {
    return (int) pairs[id];
  }

  /** Writes the number of each pair. {@code ids} may be one of the inputs. */
  void assign(int[] first, int[] second, int count, int[] ids) {
    int i = 0;
    if (!hashed) {
      for (; i < count; i++) {
        int a = first[i];
        int b = second[i];
        long place = (long) a << shift | b;
        if (b >>> shift == 0 && place < dense.length) {
          int id = dense[(int) place];
          if (id != 0) {
            ids[i] = id - 1;
            continue;
          }
        }
        ids[i] = id(a, b);
      }
      return;
    }
    for (; i < count; i++) {
      ids[i] = id(first[i], second[i]);
    }
  }

  /** The number of a pair, the next one if it is new. */
  int id(int first, int second) {
    if (!hashed) {
      if (second >>> shift != 0 || (long) first << shift >= dense.length) {
        widen(first, second);
      }
      if (!hashed) {
        int place = first << shift | second;
        int id = dense[place];
        if (id != 0) {
          return id - 1;
        }
        dense[place] = size + 1;
        return add(pack(first, second));
      }
    }
    long pair = pack(first, second);
    int slot = Hashes.of(pair) & mask;
    while (true) {
      int id = slots[slot];
      if (id == 0) {
        slots[slot] = size + 1;
        int added = add(pair);
        if (size * 2 > slots.length) {
          rehash(slots.length * 2);
        }
        return added;
      }
      if (pairs[id - 1] == pair) {
        return id - 1;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** The number of a pair, or {@link ValueIds#ABSENT}. */
  int find(int first, int second) {
    if (!hashed) {
      if (second >>> shift != 0 || (long) first << shift >= dense.length) {
        return ValueIds.ABSENT;
      }
      return dense[first << shift | second] - 1;
    }
    long pair = pack(first, second);
    int slot = Hashes.of(pair) & mask;
    while (true) {
      int id = slots[slot];
      if (id == 0) {
        return ValueIds.ABSENT;
      }
      if (pairs[id - 1] == pair) {
        return id - 1;
      }
      slot = (slot + 1) & mask;
    }
  }

  private static long pack(int first, int second) {
    return (long) first << 32 | second & 0xFFFFFFFFL;
  }

  private int add(long pair) {
    if (size == pairs.length) {
      memory.reserve(8L * size);
      pairs = Arrays.copyOf(pairs, size * 2);
    }
    pairs[size] = pair;
    return size++;
  }

  private void widen(int first, int second) {
    int newShift = Math.max(shift, 32 - Integer.numberOfLeadingZeros(second));
    long rows = Math.max(dense.length >>> shift, Long.highestOneBit(first) * 2);
    if (newShift > 20 || rows << newShift > DENSE_LIMIT) {
      hashed = true;
      dense = new int[0];
      rehash(Math.max(1_024, Integer.highestOneBit(Math.max(size, 1)) * 4));
      return;
    }
    int[] wider = new int[(int) (rows << newShift)];
    memory.reserve(4L * (wider.length - dense.length));
    for (int id = 0; id < size; id++) {
      wider[first(id) << newShift | second(id)] = id + 1;
    }
    dense = wider;
    shift = newShift;
  }

  private void rehash(int capacity) {
    memory.reserve(4L * (capacity - slots.length));
    int[] table = new int[capacity];
    int newMask = capacity - 1;
    for (int id = 0; id < size; id++) {
      int slot = Hashes.of(pairs[id]) & newMask;
      while (table[slot] != 0) {
        slot = (slot + 1) & newMask;
      }
      table[slot] = id + 1;
    }
    slots = table;
    mask = newMask;
  }
}
