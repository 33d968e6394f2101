package dev.kyma.ingest.core.column;

import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.ColumnVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A null bitmap that exists only once a NULL was appended. */
final class NullBitmap {
  private long @Nullable [] words;

  void set(int row) {
    long[] bits = words;
    int needed = (row >>> 6) + 1;
    if (bits == null) {
      bits = new long[Math.max(4, needed)];
    } else if (bits.length < needed) {
      bits = Arrays.copyOf(bits, Math.max(needed, bits.length * 2));
    }
    words = bits;
    Bits.set(bits, row);
  }

  void setAll(int firstRow, ColumnVector vector) {
    if (!vector.mayHaveNulls()) {
      return;
    }
    for (int i = 0; i < vector.size(); i++) {
      if (vector.isNull(i)) {
        set(firstRow + i);
      }
    }
  }

  /** The bitmap for {@code size} rows, or null when no row is NULL. */
  long @Nullable [] build(int size) {
    long[] bits = words;
    if (bits == null) {
      return null;
    }
    int needed = Bits.words(size);
    return bits.length < needed ? Arrays.copyOf(bits, needed) : bits;
  }
}
