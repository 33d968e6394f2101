package dev.kyma.format.encoding.text;

import java.util.Arrays;

/** Puts things with equal keys together. Stateless. */
final class Grouping {
  private Grouping() {}

  /** The things of every key in their order, keys in the order of their first appearance. */
  static int[][] of(int[] things, long[] keys) {
    int capacity = Integer.highestOneBit(Math.max(4, things.length)) * 4;
    int mask = capacity - 1;
    int[] slots = new int[capacity];
    long[] known = new long[Math.min(things.length, 16)];
    int[] counts = new int[known.length];
    int[] groups = new int[things.length];
    int count = 0;
    for (int i = 0; i < things.length; i++) {
      long key = keys[i];
      int slot = (int) (key ^ key >>> 32) & mask;
      while (slots[slot] != 0 && known[slots[slot] - 1] != key) {
        slot = slot + 1 & mask;
      }
      if (slots[slot] == 0) {
        if (count == known.length) {
          known = Arrays.copyOf(known, 2 * count);
          counts = Arrays.copyOf(counts, 2 * count);
        }
        known[count] = key;
        slots[slot] = ++count;
      }
      groups[i] = slots[slot] - 1;
      counts[groups[i]]++;
    }
    int[][] out = new int[count][];
    for (int g = 0; g < count; g++) {
      out[g] = new int[counts[g]];
      counts[g] = 0;
    }
    for (int i = 0; i < things.length; i++) {
      int group = groups[i];
      out[group][counts[group]++] = things[i];
    }
    return out;
  }
}
