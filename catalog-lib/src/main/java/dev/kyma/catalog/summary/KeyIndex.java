package dev.kyma.catalog.summary;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Keys of extents and by which ordinals they stand, outside the heap. Grows only; a key may stand
 * by several ordinals. Not safe for use by many threads at once.
 */
final class KeyIndex {
  private static final int PAGE_BYTES = 1 << 16;
  private static final int FIRST_SLOTS = 1 << 10;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  private final Arena arena = Arena.ofAuto();
  private final List<MemorySegment> pages = new ArrayList<>();
  private int pageEnd = PAGE_BYTES;

  /** Ordinals plus one, by hash; 0 is free. */
  private MemorySegment slots = MemorySegment.NULL;

  private int slotCount;
  private int count;

  /** Something that answers where the key of an ordinal lies. */
  interface Places {
    long place(int ordinal);
  }

  /** Adds a key by an ordinal; answers where it lies now. */
  long add(byte[] key, int ordinal, Places places) {
    if (key.length > Short.MAX_VALUE) {
      throw new IllegalArgumentException("key of " + key.length + " bytes");
    }
    if ((count + 1) * 3L > slotCount * 2L) {
      grow(places);
    }
    if (pageEnd + 2 + key.length > PAGE_BYTES) {
      pages.add(arena.allocate(PAGE_BYTES));
      pageEnd = 0;
    }
    long place = (long) (pages.size() - 1) << 32 | pageEnd;
    MemorySegment page = pages.getLast();
    page.set(ValueLayout.JAVA_SHORT_UNALIGNED, pageEnd, (short) key.length);
    MemorySegment.copy(key, 0, page, ValueLayout.JAVA_BYTE, pageEnd + 2L, key.length);
    pageEnd += 2 + key.length;
    insert(Arrays.hashCode(key), ordinal);
    count++;
    return place;
  }

  private void insert(int hash, int ordinal) {
    int at = spread(hash) & slotCount - 1;
    while (slots.getAtIndex(INT, at) != 0) {
      at = at + 1 & slotCount - 1;
    }
    slots.setAtIndex(INT, at, ordinal + 1);
  }

  private void grow(Places places) {
    MemorySegment old = slots;
    int oldCount = slotCount;
    slotCount = Math.max(FIRST_SLOTS, slotCount * 2);
    // An arena of its own: the collector frees the old one at once.
    slots = Arena.ofAuto().allocate(slotCount * 4L, 4);
    for (int i = 0; i < oldCount; i++) {
      int ordinal = old.getAtIndex(INT, i) - 1;
      if (ordinal >= 0) {
        insert(Arrays.hashCode(key(places.place(ordinal))), ordinal);
      }
    }
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }

  /** The key that lies at a place. */
  byte[] key(long place) {
    MemorySegment page = pages.get((int) (place >>> 32));
    long offset = place & 0xFFFFFFFFL;
    int length = page.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset);
    byte[] key = new byte[length];
    MemorySegment.copy(page, ValueLayout.JAVA_BYTE, offset + 2, key, 0, length);
    return key;
  }

  /** The first ordinal a key stands by that is wanted, -1 when there is none. */
  int find(byte[] key, Places places, IntPredicate wanted) {
    if (slotCount == 0) {
      return -1;
    }
    int at = spread(Arrays.hashCode(key)) & slotCount - 1;
    while (true) {
      int ordinal = slots.getAtIndex(INT, at) - 1;
      if (ordinal < 0) {
        return -1;
      }
      if (wanted.test(ordinal) && Arrays.equals(key(places.place(ordinal)), key)) {
        return ordinal;
      }
      at = at + 1 & slotCount - 1;
    }
  }

  /** What it takes outside the heap. */
  long bytes() {
    return (long) pages.size() * PAGE_BYTES + slotCount * 4L;
  }
}
