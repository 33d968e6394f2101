package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.BitPacking;
import dev.kyma.format.encoding.Hashing;
import java.util.Arrays;

/** What the first values at one slot of the trie look like: decides which column they go to. */
final class SlotNode {
  private static final int LOOK_AT = 4_096;
  private static final int DIFFERENCES = 1_024;

  /** So many slots before this one may be what values are differences from. */
  private static final int BASES = 4;

  /** Smaller numbers are not worth taking differences of. */
  private static final long LARGE = 1 << 24;

  private final boolean isDifferable;
  private final long[] baseBits = new long[BASES];
  private final int[] baseSlots = new int[BASES];
  private long[] hashes = new long[16];
  private int seen;
  private long least = Long.MAX_VALUE;
  private long greatest = Long.MIN_VALUE;
  private long previous;
  private long deltaBits;

  SlotNode(SlotKind kind, boolean isString) {
    isDifferable = !isString && kind.isDifferable();
    Arrays.fill(baseSlots, -1);
  }

  void addString(byte[] data, long reference) {
    if (seen < LOOK_AT) {
      hashes = seen == hashes.length ? Arrays.copyOf(hashes, 2 * seen) : hashes;
      hashes[seen++] =
          Hashing.hash(data, SlotColumn.place(reference), SlotColumn.length(reference));
    }
  }

  /**
   * Adds a number.
   *
   * @param values those of the row so far; {@code slot} is this one's place from {@code first} on
   * @param differable which of the row's slots values may be differences from
   */
  void addNumber(long[] values, int first, int slot, boolean[] differable) {
    long value = values[first + slot];
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    if (!isDifferable || seen >= DIFFERENCES) {
      return;
    }
    deltaBits += seen == 0 ? 0 : BitPacking.width(NumberStream.zigzag(value - previous));
    previous = value;
    seen++;
    for (int b = 0, j = slot - 1; b < BASES && j >= 0; j--) {
      if (differable[j]) {
        baseSlots[b] = j;
        baseBits[b++] += BitPacking.width(NumberStream.zigzag(value - values[first + j]));
      }
    }
  }

  /** How many bits the greatest number needs. */
  int width() {
    return greatest < least ? 0 : BitPacking.width(greatest);
  }

  /** One more than the slot from which values are best stored as differences; 0 for none. */
  int base() {
    if (!isDifferable || seen < 64 || greatest < LARGE) {
      return 0;
    }
    long alone = Math.min(deltaBits, (long) BitPacking.width(greatest - least) * seen);
    int best = 0;
    long bits = alone * 9 / 10 - 2L * seen;
    for (int b = 0; b < BASES; b++) {
      if (baseSlots[b] >= 0 && baseBits[b] < bits) {
        bits = baseBits[b];
        best = baseSlots[b] + 1;
      }
    }
    return best;
  }

  /** Whether strings are so few, or so many, that sharing a dictionary gains nothing. */
  boolean isOwn() {
    long[] sorted = Arrays.copyOf(hashes, seen);
    Arrays.sort(sorted);
    int distinct = seen == 0 ? 0 : 1;
    for (int i = 1; i < seen; i++) {
      distinct += sorted[i] != sorted[i - 1] ? 1 : 0;
    }
    return distinct * 8L <= seen || distinct * 2L > seen;
  }
}
