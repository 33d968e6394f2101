package dev.kyma.format.encoding;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The keys of objects met in a column of JSON texts, as a tree. Used by one thread. */
final class PathTree {
  static final int ROOT = 0;

  /** Said instead of a node when there are too many. */
  static final int NONE = -1;

  private static final int MAX_NODES = 1 << 16;

  private final ByteSink keys = new ByteSink(1024);
  private int[] parents = new int[64];
  private int[] keyEnds = new int[64];
  private long[] hashes = new long[64];
  private int[] slots = new int[256];
  private int count = 1;
  private boolean overflown;

  /** How many nodes there are, the root included. */
  int count() {
    return count;
  }

  /** Whether there were more keys than are kept. */
  boolean isOverflown() {
    return overflown;
  }

  /** The node of a key inside an object. */
  int child(int parent, byte[] data, int from, int to) {
    if (parent == NONE) {
      return NONE;
    }
    long hash = Hashing.hash(data, from, to - from) + parent * 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 29;
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    while (slots[slot] != 0) {
      int node = slots[slot];
      if (hashes[node] == hash
          && parents[node] == parent
          && Arrays.equals(keys.array(), keyEnds[node - 1], keyEnds[node], data, from, to)) {
        return node;
      }
      slot = (slot + 1) & mask;
    }
    if (count == MAX_NODES) {
      overflown = true;
      return NONE;
    }
    if (count == parents.length) {
      parents = Arrays.copyOf(parents, 2 * count);
      keyEnds = Arrays.copyOf(keyEnds, 2 * count);
      hashes = Arrays.copyOf(hashes, 2 * count);
    }
    parents[count] = parent;
    hashes[count] = hash;
    keys.bytes(data, from, to - from);
    keyEnds[count] = keys.size();
    slots[slot] = count++;
    if (2 * count > slots.length) {
      grow();
    }
    return count - 1;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int node = 1; node < count; node++) {
      int slot = (int) hashes[node] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = node;
    }
  }

  /** The keys from the outermost on, joined by dots. */
  byte[] dotted(int node) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(node, out);
    return out.toByteArray();
  }

  private void write(int node, ByteArrayOutputStream out) {
    if (parents[node] != ROOT) {
      write(parents[node], out);
      out.write('.');
    }
    out.write(keys.array(), keyEnds[node - 1], keyEnds[node] - keyEnds[node - 1]);
  }
}
