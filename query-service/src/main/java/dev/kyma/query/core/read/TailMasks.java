package dev.kyma.query.core.read;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.visibility.SortedKeys;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.KeyMatches;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Which rows of extents hot tails hide, kept from query to query: each key of a tail is looked up
 * once in each extent, when it is first seen. What a query gets depends on its own cursor and end.
 * Safe for use by many threads.
 */
final class TailMasks {
  /** So many rows of extents are remembered at most, 12 bytes each. */
  private static final long MAX_ROWS = 8_000_000;

  private final Map<Place, ExtentMask> masks = new LinkedHashMap<>(64, 0.75f, true);

  private record Place(int log, String extent) {}

  /** What the tail behind an offset hides of one extent, as far as it was looked at. */
  private static final class ExtentMask {
    private long from;
    private long to;
    // Rows and the sequence numbers of what hides them, by ascending numbers.
    private long[] seqs = {};
    private int[] rows = {};
    private DeletionVector united = DeletionVector.EMPTY;
    private int unitedCount;

    ExtentMask(long from) {
      reset(from);
    }

    void reset(long offset) {
      from = offset;
      to = offset;
      seqs = new long[0];
      rows = new int[0];
      united = DeletionVector.EMPTY;
      unitedCount = 0;
    }

    void extend(TailKeys keys, ExtentRef extent, Supplier<ExtentReader> reader) {
      Hidden more = find(keys.opening(from, to), extent, reader);
      int count = seqs.length;
      seqs = Arrays.copyOf(seqs, count + more.seqs.length);
      rows = Arrays.copyOf(rows, seqs.length);
      System.arraycopy(more.seqs, 0, seqs, count, more.seqs.length);
      System.arraycopy(more.rows, 0, rows, count, more.rows.length);
      to = keys.tail().end();
    }

    DeletionVector until(long end) {
      int place = Arrays.binarySearch(seqs, TailSegment.endSeq(end));
      int count = place < 0 ? -place - 1 : firstOf(place);
      if (count < unitedCount) {
        return DeletionVector.of(Arrays.copyOf(rows, count));
      }
      if (count > unitedCount) {
        united = united.union(DeletionVector.of(Arrays.copyOfRange(rows, unitedCount, count)));
        unitedCount = count;
      }
      return united;
    }

    /** The first of the equal numbers one of which stands at a place. */
    private int firstOf(int place) {
      int first = place;
      while (first > 0 && seqs[first - 1] == seqs[place]) {
        first--;
      }
      return first;
    }
  }

  /** Rows of an extent and what hides them, by ascending sequence numbers. */
  @SuppressWarnings("ArrayRecordComponent") // read in place
  private record Hidden(long[] seqs, int[] rows) {}

  /**
   * The rows of an extent that a query's part of a log partition hides.
   *
   * @param keys all keys of the partition's tail
   */
  DeletionVector hidden(TailKeys keys, ExtentRef extent, Supplier<ExtentReader> reader) {
    HotTail tail = keys.tail();
    ExtentMask mask;
    synchronized (masks) {
      mask =
          masks.computeIfAbsent(
              new Place(tail.log(), extent.key()), place -> new ExtentMask(tail.from()));
    }
    synchronized (mask) {
      if (mask.from > tail.from()) {
        // An older snapshot than what is kept begins with.
        return once(keys, extent, reader);
      }
      if (mask.to < tail.from()) {
        mask.reset(tail.from());
      }
      if (mask.to < tail.end()) {
        mask.extend(keys, extent, reader);
        shrink();
      }
      return mask.until(tail.end());
    }
  }

  /** As {@link #hidden}, for few keys and without keeping anything. */
  static DeletionVector once(TailKeys keys, ExtentRef extent, Supplier<ExtentReader> reader) {
    long from = keys.tail().from();
    return DeletionVector.of(find(keys.opening(from, from), extent, reader).rows);
  }

  private static Hidden find(
      TailKeys.Opening opening, ExtentRef extent, Supplier<ExtentReader> reader) {
    SortedKeys.Run run = opening.keys().within(extent);
    if (run.keys().rowCount() == 0) {
      return new Hidden(new long[0], new int[0]);
    }
    ExtentReader opened = reader.get();
    KeyMatches found = Extents.guarded(extent, () -> opened.find(run.keys()));
    int count = found.size();
    long[][] pairs = new long[count][];
    for (int i = 0; i < count; i++) {
      int key = opening.keys().place(run.first() + found.keys()[i]);
      pairs[i] = new long[] {opening.seqs()[key], found.rows()[i]};
    }
    Arrays.sort(pairs, (left, right) -> Long.compare(left[0], right[0]));
    long[] seqs = new long[count];
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      seqs[i] = pairs[i][0];
      rows[i] = (int) pairs[i][1];
    }
    return new Hidden(seqs, rows);
  }

  /** Forgets what was used longest ago until the rest fits. */
  private void shrink() {
    synchronized (masks) {
      long rows = 0;
      for (ExtentMask mask : masks.values()) {
        rows += mask.rows.length;
      }
      var eldest = masks.values().iterator();
      while (rows > MAX_ROWS && masks.size() > 1 && eldest.hasNext()) {
        rows -= eldest.next().rows.length;
        eldest.remove();
      }
    }
  }
}
