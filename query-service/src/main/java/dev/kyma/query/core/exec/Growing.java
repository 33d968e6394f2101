package dev.kyma.query.core.exec;

import java.util.Arrays;

/**
 * Arrays indexed by group that grow with the number of groups. An array for one group has length
 * one, which the loops of ungrouped aggregates test for.
 */
final class Growing {
  private Growing() {}

  static int capacity(int now, int groups) {
    return groups <= 1 ? groups : Math.max(64, Math.max(groups, now * 2));
  }

  static long[] longs(long[] array, int groups, MemoryBudget memory) {
    if (groups <= array.length) {
      return array;
    }
    int capacity = capacity(array.length, groups);
    memory.reserve(8L * (capacity - array.length));
    return Arrays.copyOf(array, capacity);
  }

  static double[] doubles(double[] array, int groups, MemoryBudget memory) {
    if (groups <= array.length) {
      return array;
    }
    int capacity = capacity(array.length, groups);
    memory.reserve(8L * (capacity - array.length));
    return Arrays.copyOf(array, capacity);
  }

  static boolean[] flags(boolean[] array, int groups, MemoryBudget memory) {
    if (groups <= array.length) {
      return array;
    }
    int capacity = capacity(array.length, groups);
    memory.reserve(capacity - array.length);
    return Arrays.copyOf(array, capacity);
  }
}
