package dev.kyma.catalog.summary;

import dev.kyma.format.RowOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The live extents of one table by their ordinals in a {@link SummarySlab}, ascending, which is the
 * order in which they were committed; immutable, and a changed copy shares all chunks but those it
 * touches.
 */
public final class ExtentList {
  public static final ExtentList EMPTY = new ExtentList(new Chunk[0], Totals.NONE, Totals.NONE);

  private static final int CHUNK = 256;

  /** Some extents that follow on each other, and what the slab has found out about all of them. */
  static final class Chunk {
    final int[] ordinals;

    /** For each slot the least and the greatest bound, made when first asked for. */
    volatile long @Nullable [] bounds;

    Chunk(int[] ordinals) {
      this.ordinals = ordinals;
    }

    int size() {
      return ordinals.length;
    }
  }

  /** Sums over extents of one order. */
  record Totals(int extents, long bytes, long rows) {
    static final Totals NONE = new Totals(0, 0, 0);

    Totals plus(Totals other) {
      return new Totals(extents + other.extents, bytes + other.bytes, rows + other.rows);
    }

    Totals minus(Totals other) {
      return new Totals(extents - other.extents, bytes - other.bytes, rows - other.rows);
    }
  }

  private final Chunk[] chunks;
  private final Totals table;
  private final Totals history;

  private ExtentList(Chunk[] chunks, Totals table, Totals history) {
    this.chunks = chunks;
    this.table = table;
    this.history = history;
  }

  public int size() {
    return table.extents() + history.extents();
  }

  Totals totals(RowOrder order) {
    return switch (order) {
      case TABLE -> table;
      case HISTORY -> history;
    };
  }

  List<Chunk> chunks() {
    return Arrays.asList(chunks);
  }

  private ExtentList with(Chunk[] changed, Totals newTable, Totals newHistory) {
    return new ExtentList(changed, newTable, newHistory);
  }

  /** With an extent at the end, whose ordinal must be greater than all others. */
  public ExtentList plus(SummarySlab slab, int ordinal) {
    int last = chunks.length - 1;
    Chunk[] copy;
    if (last >= 0 && chunks[last].size() < CHUNK) {
      copy = chunks.clone();
      int[] more = Arrays.copyOf(copy[last].ordinals, copy[last].size() + 1);
      more[more.length - 1] = ordinal;
      copy[last] = new Chunk(more);
    } else {
      copy = Arrays.copyOf(chunks, chunks.length + 1);
      copy[last + 1] = new Chunk(new int[] {ordinal});
    }
    Totals one = slab.totals(ordinal);
    return switch (slab.order(ordinal)) {
      case TABLE -> with(copy, table.plus(one), history);
      case HISTORY -> with(copy, table, history.plus(one));
    };
  }

  public boolean contains(int ordinal) {
    return chunks.length > 0
        && Arrays.binarySearch(chunks[chunkOf(ordinal)].ordinals, ordinal) >= 0;
  }

  /** Without an extent, which must be there. */
  public ExtentList minus(SummarySlab slab, int ordinal) {
    Chunk[] copy = without(ordinal);
    Totals one = slab.totals(ordinal);
    return switch (slab.order(ordinal)) {
      case TABLE -> with(copy, table.minus(one), history);
      case HISTORY -> with(copy, table, history.minus(one));
    };
  }

  private Chunk[] without(int ordinal) {
    int at = chunkOf(ordinal);
    int[] rest = without(chunks[at].ordinals, ordinal);
    // Neighbours are joined while small, so that the number of chunks follows the number of
    // extents.
    if (at + 1 < chunks.length && rest.length + chunks[at + 1].size() <= CHUNK / 2) {
      Chunk[] copy = withoutChunk(at);
      int[] joined = Arrays.copyOf(rest, rest.length + chunks[at + 1].size());
      System.arraycopy(chunks[at + 1].ordinals, 0, joined, rest.length, chunks[at + 1].size());
      copy[at] = new Chunk(joined);
      return copy;
    }
    if (rest.length == 0) {
      return withoutChunk(at);
    }
    Chunk[] copy = chunks.clone();
    copy[at] = new Chunk(rest);
    return copy;
  }

  private static int[] without(int[] ordinals, int ordinal) {
    int index = Arrays.binarySearch(ordinals, ordinal);
    int[] rest = Arrays.copyOf(ordinals, ordinals.length - 1);
    System.arraycopy(ordinals, index + 1, rest, index, rest.length - index);
    return rest;
  }

  private Chunk[] withoutChunk(int at) {
    Chunk[] copy = Arrays.copyOf(chunks, chunks.length - 1);
    System.arraycopy(chunks, at + 1, copy, at, chunks.length - 1 - at);
    return copy;
  }

  private int chunkOf(int ordinal) {
    int low = 0;
    int high = chunks.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (chunks[middle].ordinals[0] <= ordinal) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** All of them, in order. */
  public int[] ordinals() {
    int[] all = new int[size()];
    int at = 0;
    for (Chunk chunk : chunks) {
      System.arraycopy(chunk.ordinals, 0, all, at, chunk.size());
      at += chunk.size();
    }
    return all;
  }
}
