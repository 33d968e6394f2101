package dev.kyma.format.index;

import java.util.Arrays;

/**
 * Collects where hashes occur, row by row in ascending order. A hash that is in more rows than an
 * index is to list exactly is kept by vectors, and one that is in more than half of these no
 * further. Used by one thread.
 */
final class PostingsTable {
  private static final int NONE = -1;

  private final int rows;
  private final int exactLimit;
  private final int vectorLimit;
  private int[] slots = new int[1 << 12];
  private int count;
  private int[] hashes = new int[1 << 10];
  private int[] heads = new int[1 << 10];
  private int[] lengths = new int[1 << 10];
  private byte[] forms = new byte[1 << 10];
  private int[] places = new int[1 << 12];
  private int[] before = new int[1 << 12];
  private int nodes;

  /**
   * @param rows how many rows there are
   * @param exactLimit up to how many rows of a hash are listed exactly; 0 to list vectors only
   */
  PostingsTable(int rows, int exactLimit) {
    this.rows = rows;
    this.exactLimit = exactLimit;
    vectorLimit = (rows + Postings.VECTOR_ROWS - 1) / Postings.VECTOR_ROWS / 2;
    Arrays.fill(slots, NONE);
  }

  /** How many different hashes there are. */
  int size() {
    return count;
  }

  int rows() {
    return rows;
  }

  /** Says that a row, none before the last one, holds a hash. */
  void add(int hash, int row) {
    int entry = entry(hash);
    switch (forms[entry]) {
      case HashIndex.ROWS -> {
        int head = heads[entry];
        if (head != NONE && places[head] == row) {
          return;
        }
        if (lengths[entry] < exactLimit) {
          push(entry, row);
        } else {
          coarsen(entry);
          add(hash, row);
        }
      }
      case HashIndex.VECTORS -> {
        int vector = row / Postings.VECTOR_ROWS;
        int head = heads[entry];
        if (head != NONE && places[head] == vector) {
          return;
        }
        if (lengths[entry] < vectorLimit) {
          push(entry, vector);
        } else {
          forms[entry] = HashIndex.ANYWHERE;
          heads[entry] = NONE;
          lengths[entry] = 0;
        }
      }
      default -> {}
    }
  }

  private void push(int entry, int place) {
    if (nodes == places.length) {
      places = Arrays.copyOf(places, 2 * nodes);
      before = Arrays.copyOf(before, 2 * nodes);
    }
    places[nodes] = place;
    before[nodes] = heads[entry];
    heads[entry] = nodes++;
    lengths[entry]++;
  }

  private void coarsen(int entry) {
    int[] listed = places(entry);
    heads[entry] = NONE;
    lengths[entry] = 0;
    forms[entry] = HashIndex.VECTORS;
    for (int row : listed) {
      add(hashes[entry], row);
    }
  }

  private int entry(int hash) {
    int mask = slots.length - 1;
    int slot = hash * 0x9E3779B1 >>> 7 & mask;
    while (slots[slot] != NONE) {
      if (hashes[slots[slot]] == hash) {
        return slots[slot];
      }
      slot = slot + 1 & mask;
    }
    if (2 * count >= slots.length) {
      grow();
      return entry(hash);
    }
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
      heads = Arrays.copyOf(heads, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
      forms = Arrays.copyOf(forms, 2 * count);
    }
    slots[slot] = count;
    hashes[count] = hash;
    heads[count] = NONE;
    forms[count] = exactLimit > 0 ? HashIndex.ROWS : HashIndex.VECTORS;
    return count++;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    Arrays.fill(slots, NONE);
    int mask = slots.length - 1;
    for (int entry = 0; entry < count; entry++) {
      int slot = hashes[entry] * 0x9E3779B1 >>> 7 & mask;
      while (slots[slot] != NONE) {
        slot = slot + 1 & mask;
      }
      slots[slot] = entry;
    }
  }

  /** Entries in the order of their hashes, which are unsigned. */
  int[] sorted() {
    long[] keys = new long[count];
    for (int entry = 0; entry < count; entry++) {
      keys[entry] = (hashes[entry] & 0xFFFF_FFFFL) << 31 | entry;
    }
    Arrays.sort(keys);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = (int) (keys[i] & 0x7FFF_FFFF);
    }
    return order;
  }

  int hash(int entry) {
    return hashes[entry];
  }

  byte form(int entry) {
    return forms[entry];
  }

  /** The places of an entry, ascending. */
  int[] places(int entry) {
    int[] out = new int[lengths[entry]];
    int node = heads[entry];
    for (int i = out.length - 1; i >= 0; i--) {
      out[i] = places[node];
      node = before[node];
    }
    return out;
  }
}
