package dev.kyma.catalog.summary;

import java.util.Arrays;

/**
 * The live extents of one table by their ordinals in a {@link SummarySlab}, ascending, which is the
 * order in which they were committed; immutable, and a changed copy shares all chunks but those it
 * touches.
 */
public final class ExtentList {
  public static final ExtentList EMPTY = new ExtentList(new int[0][], 0);

  private static final int CHUNK = 256;

  private final int[][] chunks;
  private final int size;

  private ExtentList(int[][] chunks, int size) {
    this.chunks = chunks;
    this.size = size;
  }

  public int size() {
    return size;
  }

  /** With an extent at the end, whose ordinal must be greater than all others. */
  public ExtentList plus(int ordinal) {
    int last = chunks.length - 1;
    int[][] copy;
    if (last >= 0 && chunks[last].length < CHUNK) {
      copy = chunks.clone();
      copy[last] = Arrays.copyOf(copy[last], copy[last].length + 1);
    } else {
      copy = Arrays.copyOf(chunks, chunks.length + 1);
      copy[++last] = new int[1];
    }
    copy[last][copy[last].length - 1] = ordinal;
    return new ExtentList(copy, size + 1);
  }

  public boolean contains(int ordinal) {
    return size > 0 && Arrays.binarySearch(chunks[chunkOf(ordinal)], ordinal) >= 0;
  }

  /** Without an extent, which must be there. */
  public ExtentList minus(int ordinal) {
    int at = chunkOf(ordinal);
    int[] rest = without(chunks[at], Arrays.binarySearch(chunks[at], ordinal));
    // Neighbours are joined while small, so that the number of chunks follows the number of
    // extents.
    if (at + 1 < chunks.length && rest.length + chunks[at + 1].length <= CHUNK / 2) {
      int[][] copy = withoutChunk(at);
      int[] joined = Arrays.copyOf(rest, rest.length + chunks[at + 1].length);
      System.arraycopy(chunks[at + 1], 0, joined, rest.length, chunks[at + 1].length);
      copy[at] = joined;
      return new ExtentList(copy, size - 1);
    }
    if (rest.length == 0) {
      return new ExtentList(withoutChunk(at), size - 1);
    }
    int[][] copy = chunks.clone();
    copy[at] = rest;
    return new ExtentList(copy, size - 1);
  }

  private static int[] without(int[] ordinals, int index) {
    int[] rest = Arrays.copyOf(ordinals, ordinals.length - 1);
    System.arraycopy(ordinals, index + 1, rest, index, rest.length - index);
    return rest;
  }

  private int[][] withoutChunk(int at) {
    int[][] copy = Arrays.copyOf(chunks, chunks.length - 1);
    System.arraycopy(chunks, at + 1, copy, at, chunks.length - 1 - at);
    return copy;
  }

  private int chunkOf(int ordinal) {
    int low = 0;
    int high = chunks.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (chunks[middle][0] <= ordinal) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** All of them, in order. */
  public int[] ordinals() {
    int[] all = new int[size];
    int at = 0;
    for (int[] chunk : chunks) {
      System.arraycopy(chunk, 0, all, at, chunk.length);
      at += chunk.length;
    }
    return all;
  }
}
