package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.ByteSink;
import dev.kyma.format.encoding.Hashing;
import dev.kyma.format.encoding.LittleEndian;
import java.util.Arrays;

/**
 * The different identifiers of one width in a stretch of rows, in the order of their first
 * appearance in any column: an identifier is named by its distance from the newest, 1 being the
 * newest, 0 one that is new. Used by one thread.
 */
final class IdentifierPool {
  private final int width;
  private byte[] content = new byte[4_096];
  private int count;
  private int added;
  private int[] slots = new int[1_024];

  IdentifierPool(int width) {
    this.width = width;
  }

  /** Whether so many of the identifiers added have been there before that naming them pays. */
  boolean pays() {
    return (added - count) * 16L > added;
  }

  void clear() {
    count = 0;
    added = 0;
    Arrays.fill(slots, 0);
  }

  /** The distance of the identifier that is written in digits at a place; it is now in the pool. */
  int add(byte[] texts, int from, int length) {
    if ((count + 1) * width > content.length) {
      content = Arrays.copyOf(content, 2 * content.length);
    }
    added++;
    int at = count * width;
    RowTokenizer.pack(texts, from, from + length, content, at);
    int mask = slots.length - 1;
    int slot = (int) hash(at) & mask;
    while (slots[slot] != 0) {
      int known = slots[slot] - 1;
      if (Arrays.equals(content, known * width, (known + 1) * width, content, at, at + width)) {
        return count - known;
      }
      slot = slot + 1 & mask;
    }
    slots[slot] = ++count;
    if (2 * count > slots.length) {
      grow();
    }
    return 0;
  }

  private long hash(int at) {
    long hash = LittleEndian.getLong(content, at);
    return Hashing.mix(width == 8 ? hash : hash * 31 + LittleEndian.getLong(content, at + 8));
  }

  private void grow() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int i = 0; i < count; i++) {
      int slot = (int) hash(i * width) & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = i + 1;
    }
  }

  /** Appends how many there are and their bytes. */
  void write(ByteSink out) {
    out.varint(count);
    out.bytes(content, 0, count * width);
  }
}
