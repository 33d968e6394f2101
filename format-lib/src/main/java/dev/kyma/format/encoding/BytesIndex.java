package dev.kyma.format.encoding;

import java.util.Arrays;

/** Distinct byte strings, numbered in the order of their first appearance. Used by one thread. */
public final class BytesIndex {
  private final ByteSink data = new ByteSink(1024);
  private int[] offsets = new int[65];
  private long[] hashes = new long[64];
  private int[] slots = new int[256];
  private int count;

  /** How many strings there are. */
  public int count() {
    return count;
  }

  /** How many bytes they have together. */
  public int bytes() {
    return data.size();
  }

  public byte[] data() {
    return data.array();
  }

  public int offset(int entry) {
    return offsets[entry];
  }

  public int length(int entry) {
    return offsets[entry + 1] - offsets[entry];
  }

  /** The number of a string, which is added if it is new. */
  public int add(byte[] bytes, int from, int length, long hash) {
    int mask = slots.length - 1;
    int slot = (int) (hash >>> 32) & mask;
    while (slots[slot] != 0) {
      int entry = slots[slot] - 1;
      if (hashes[entry] == hash
          && Arrays.equals(
              data.array(), offsets[entry], offsets[entry + 1], bytes, from, from + length)) {
        return entry;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = count + 1;
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
      offsets = Arrays.copyOf(offsets, 2 * count + 1);
    }
    hashes[count] = hash;
    data.bytes(bytes, from, length);
    offsets[count + 1] = data.size();
    count++;
    if (2 * count > slots.length) {
      grow();
    }
    return count - 1;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int entry = 0; entry < count; entry++) {
      int slot = (int) (hashes[entry] >>> 32) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = entry + 1;
    }
  }
}
