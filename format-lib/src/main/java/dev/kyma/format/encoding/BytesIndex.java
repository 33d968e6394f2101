package dev.kyma.format.encoding;

import java.util.Arrays;

/** Distinct byte strings, numbered in the order of their first appearance. Used by one thread. */
public final class BytesIndex {
  // Small at first: there may be one for each of many thousand paths.
  private final ByteSink data = new ByteSink(64);
  private int[] offsets = new int[9];
  private long[] hashes = new long[8];
  private int[] slots = new int[16];
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

  /**
   * The number of a string, which is added if it is new.
   *
   * @param hash its {@link Hashing#hash}
   */
  public int add(byte[] bytes, int from, int length, long hash) {
    int mask = slots.length - 1;
    int slot = (int) (hash >>> 32) & mask;
    while (slots[slot] != 0) {
      int entry = slots[slot] - 1;
      if (hashes[entry] == hash && isEntry(entry, bytes, from, length)) {
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

  /** Whether a string of the same hash is the entry. */
  private boolean isEntry(int entry, byte[] bytes, int from, int length) {
    int at = offsets[entry];
    int end = offsets[entry + 1];
    // The hash of up to eight bytes loses nothing: of one length, only the same have it.
    return end - at == length
        && (length <= Long.BYTES
            || Arrays.equals(data.array(), at, end, bytes, from, from + length));
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
