package dev.kyma.format.vector;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A null bitmap that costs nothing until the first NULL. Used by one thread. */
final class NullBitmapBuilder {
  private long @Nullable [] words;

  /** Marks a row as NULL. */
  void set(int row) {
    long[] current = words;
    if (current == null) {
      current = new long[Math.max(16, Bits.words(row + 1))];
    } else if (row >>> 6 >= current.length) {
      current = Arrays.copyOf(current, Math.max(current.length * 2, (row >>> 6) + 1));
    }
    Bits.set(current, row);
    words = current;
  }

  /** The bitmap for {@code size} rows, null when none is NULL; starts over. */
  long @Nullable [] build(int size) {
    long[] current = words;
    words = null;
    if (current == null) {
      return null;
    }
    int needed = Bits.words(size);
    return current.length < needed ? Arrays.copyOf(current, needed) : current;
  }
}
