package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.BitPacking;
import dev.kyma.format.encoding.ByteSink;
import dev.kyma.format.encoding.BytesIndex;
import dev.kyma.format.encoding.ChunkWriter;
import dev.kyma.format.encoding.Hashing;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives columns of strings dictionaries, the most frequent string first, where each string occurs
 * twice or more on average. Several small dictionaries share a page; a large one takes several.
 *
 * <pre>
 * dictionary := varint segments, segments × (varint page, varint offset, varint entries)
 * segment    := u8 width, entries × width bytes of length, the bytes of all
 * </pre>
 *
 * <p>A segment lies {@code offset} bytes into the content of its page, which is a block. Used by
 * one thread.
 */
final class Dictionaries {
  private static final int PAGE_BYTES = 256 << 10;
  private static final int MAX_ENTRIES = 1 << 20;

  /** Longer strings are in no dictionary. */
  static final int MAX_LENGTH = RowMatcher.MAX_ROW;

  private final byte[] texts;
  private final ChunkWriter chunk;
  private ByteSink page = new ByteSink(PAGE_BYTES);

  Dictionaries(byte[] texts, ChunkWriter chunk) {
    this.texts = texts;
    this.chunk = chunk;
  }

  /**
   * Replaces a column's strings by their places in a dictionary if that pays.
   *
   * @return what says where the dictionary lies; null when there is none
   */
  @Nullable ByteSink code(SlotColumn column) {
    BytesIndex index = new BytesIndex();
    int[] codes = new int[column.count];
    for (int i = 0; i < codes.length; i++) {
      int place = SlotColumn.place(column.values[i]);
      int length = SlotColumn.length(column.values[i]);
      if (length > MAX_LENGTH) {
        return null;
      }
      codes[i] = index.add(texts, place, length, Hashing.hash(texts, place, length));
      if ((i & 4_095) == 4_095 && index.count() > i - i / 4) {
        return null;
      }
    }
    if (codes.length == 0 || index.count() > codes.length / 2 || index.count() > MAX_ENTRIES) {
      return null;
    }
    int[] order = byFrequency(codes, index.count());
    int[] rank = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      rank[order[i]] = i;
    }
    for (int i = 0; i < codes.length; i++) {
      column.values[i] = rank[codes[i]];
    }
    column.kind = SlotKind.CODED;
    return write(order, index);
  }

  private static int[] byFrequency(int[] codes, int count) {
    int[] counts = new int[count];
    for (int code : codes) {
      counts[code]++;
    }
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      order[i] = (long) (Integer.MAX_VALUE - counts[i]) << 32 | i;
    }
    Arrays.sort(order);
    int[] entries = new int[count];
    for (int i = 0; i < count; i++) {
      entries[i] = (int) order[i];
    }
    return entries;
  }

  private ByteSink write(int[] order, BytesIndex index) {
    ByteSink segments = new ByteSink(16);
    int count = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      int bytes = page.size();
      int longest = 0;
      while (to < order.length && (to == from || bytes < PAGE_BYTES)) {
        int length = index.length(order[to++]);
        longest = Math.max(longest, length);
        bytes += length + 1;
      }
      segments.varint(chunk.pages().size());
      segments.varint(page.size());
      segments.varint(to - from);
      int width = (BitPacking.width(longest) + 7) / 8;
      page.u8(width);
      for (int i = from; i < to; i++) {
        page.fixed(index.length(order[i]), width);
      }
      for (int i = from; i < to; i++) {
        page.bytes(index.data(), index.offset(order[i]), index.length(order[i]));
      }
      if (page.size() >= PAGE_BYTES) {
        end();
      }
      count++;
      from = to;
    }
    ByteSink out = new ByteSink(segments.size() + 4);
    out.varint(count);
    out.bytes(segments.array(), 0, segments.size());
    return out;
  }

  /** Ends the page that has been begun. */
  void end() {
    if (page.size() > 0) {
      chunk.compressedPage(page);
      page = new ByteSink(PAGE_BYTES);
    }
  }
}
