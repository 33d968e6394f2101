package dev.kyma.format.stats;

import java.util.Arrays;

/** The distinct numbers of a column while there are at most 256 of them. Used by one thread. */
final class FewValues {
  static final int MAX = 256;
  private static final int SLOTS = 1024;

  private final long[] values = new long[MAX];
  private final short[] slots = new short[SLOTS];
  private int count;

  FewValues() {
    Arrays.fill(slots, (short) -1);
  }

  int count() {
    return count;
  }

  long value(int place) {
    return values[place];
  }

  /** The place of a number, which is added if it is new; -1 when there are too many. */
  int add(long value, long hash) {
    int slot = (int) hash & (SLOTS - 1);
    while (slots[slot] >= 0) {
      if (values[slots[slot]] == value) {
        return slots[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (count == MAX) {
      return -1;
    }
    values[count] = value;
    slots[slot] = (short) count;
    return count++;
  }
}
