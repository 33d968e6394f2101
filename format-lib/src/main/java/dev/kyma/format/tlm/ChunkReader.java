package dev.kyma.format.tlm;

import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.encoding.ByteSource;
import dev.kyma.format.encoding.PageSource;
import dev.kyma.format.io.ObjectStore.Range;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The chunk of one column during a scan: its head, and those of its pages that have been read.
 *
 * <pre>
 * chunk := u32 pages, pages × (u32 length, u32 checksum), streams, zero padding; the pages
 * </pre>
 */
final class ChunkReader implements PageSource {
  /** Chunks up to this length are read whole, head and pages together. */
  private static final int READ_WHOLE = 128 << 10;

  private final String key;
  private final Region region;
  private final Function<List<Range>, List<byte[]>> reader;
  private long[] offsets = new long[1];
  private int[] checksums = new int[0];
  private @Nullable ByteSource[] pages = new @Nullable ByteSource[0];

  /**
   * @param reader reads stretches of the object
   */
  ChunkReader(String key, Region region, Function<List<Range>, List<byte[]>> reader) {
    this.key = key;
    this.region = region;
    this.reader = reader;
  }

  /** What to read first. */
  Range first() {
    return new Range(
        region.offset(),
        region.length() <= READ_WHOLE ? (int) region.length() : region.headLength());
  }

  /**
   * Takes what {@link #first()} asked for.
   *
   * @return the streams of the head
   */
  ByteSource open(byte[] content) {
    int headLength = region.headLength();
    check(region.offset(), content, 0, headLength, region.headCrc());
    ByteSource head = new ByteSource(key, region.offset(), content, 0, headLength);
    int count = head.i32();
    if (count < 0 || 8L * count > head.remaining()) {
      throw head.corrupt("pages listed in " + head.remaining() + " bytes", count + " pages");
    }
    offsets = new long[count + 1];
    checksums = new int[count];
    pages = new @Nullable ByteSource[count];
    long at = headLength;
    for (int i = 0; i < count; i++) {
      offsets[i] = at;
      int length = head.i32();
      checksums[i] = head.i32();
      at += length;
      if (length < 0 || at > region.length()) {
        throw head.corrupt("pages inside " + region, "a page up to " + at);
      }
    }
    offsets[count] = at;
    if (at != region.length()) {
      throw head.corrupt("pages that fill " + region, "pages up to " + at);
    }
    if (content.length > headLength) {
      take(0, count, content, headLength);
    }
    return head;
  }

  /** Adds to the list what must be read to have these pages. */
  void missing(BitSet needed, List<Range> ranges, List<PageRun> runs) {
    int page = needed.nextSetBit(0);
    while (page >= 0) {
      if (pages[page] != null) {
        page = needed.nextSetBit(page + 1);
        continue;
      }
      int end = page + 1;
      while (needed.get(end)
          && pages[end] == null
          && offsets[end + 1] - offsets[page] <= Integer.MAX_VALUE - 8) {
        end++;
      }
      ranges.add(range(page, end));
      runs.add(new PageRun(this, page, end));
      page = needed.nextSetBit(end);
    }
  }

  /** Pages that lie next to each other. */
  record PageRun(ChunkReader chunk, int from, int to) {
    void take(byte[] content) {
      chunk.take(from, to, content, 0);
    }
  }

  private Range range(int from, int to) {
    return new Range(region.offset() + offsets[from], (int) (offsets[to] - offsets[from]));
  }

  private void take(int from, int to, byte[] content, int start) {
    for (int i = from; i < to; i++) {
      int at = start + (int) (offsets[i] - offsets[from]);
      int length = (int) (offsets[i + 1] - offsets[i]);
      check(region.offset() + offsets[i], content, at, length, checksums[i]);
      pages[i] = new ByteSource(key, region.offset() + offsets[i], content, at, at + length);
    }
  }

  private void check(long offset, byte[] content, int from, int length, int expected) {
    int found = Checksum.of(content, from, length);
    if (found != expected) {
      throw new CorruptExtentException(
          key, offset, "checksum " + Integer.toHexString(expected), Integer.toHexString(found));
    }
  }

  /** Forgets pages, so that their memory can be used again. */
  void release() {
    if (region.length() > READ_WHOLE) {
      Arrays.fill(pages, null);
    }
  }

  @Override
  public int pageCount() {
    return checksums.length;
  }

  @Override
  public ByteSource page(int page) {
    ByteSource read = pages[page];
    if (read == null) {
      List<Range> wanted = List.of(range(page, page + 1));
      take(page, page + 1, reader.apply(wanted).getFirst(), 0);
      read = Objects.requireNonNull(pages[page]);
    }
    return read.again();
  }

  @Override
  public String key() {
    return key;
  }
}
