package dev.kyma.format.tlm;

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
 * head := u32 pages, pages × (u32 length, u32 checksum), streams, zero padding
 * </pre>
 */
final class ChunkReader implements PageSource {
  /** Pages up to this length together are kept while the scan goes on. */
  private static final int KEEP = 128 << 10;

  private final ExtentBytes bytes;
  private final String key;
  private final Region region;
  private final Function<List<Range>, List<byte[]>> reader;
  private long[] offsets = new long[1];
  private int[] checksums = new int[0];
  private @Nullable ByteSource[] pages = new @Nullable ByteSource[0];

  /**
   * @param bytes the object
   * @param reader reads stretches of it
   */
  ChunkReader(ExtentBytes bytes, Region region, Function<List<Range>, List<byte[]>> reader) {
    this.bytes = bytes;
    this.key = bytes.key();
    this.region = region;
    this.reader = reader;
  }

  /** What to read first. */
  Range first() {
    return new Range(region.headOffset(), region.headLength());
  }

  /**
   * Takes what {@link #first()} asked for.
   *
   * @return the streams of the head
   */
  ByteSource open(byte[] content) {
    check(region.headOffset(), content, 0, content.length, region.headCrc());
    ByteSource head = new ByteSource(key, region.headOffset(), content, 0, content.length);
    int count = head.i32();
    if (count < 0 || 8L * count > head.remaining()) {
      throw head.corrupt("pages listed in " + head.remaining() + " bytes", count + " pages");
    }
    offsets = new long[count + 1];
    checksums = new int[count];
    pages = new @Nullable ByteSource[count];
    long at = 0;
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
      chunk.take(from, to, content);
    }
  }

  private Range range(int from, int to) {
    return new Range(region.offset() + offsets[from], (int) (offsets[to] - offsets[from]));
  }

  private void take(int from, int to, byte[] content) {
    for (int i = from; i < to; i++) {
      int at = (int) (offsets[i] - offsets[from]);
      int length = (int) (offsets[i + 1] - offsets[i]);
      check(region.offset() + offsets[i], content, at, length, checksums[i]);
      pages[i] = new ByteSource(key, region.offset() + offsets[i], content, at, at + length);
    }
  }

  private void check(long offset, byte[] content, int from, int length, int expected) {
    int found = Checksum.of(content, from, length);
    if (found != expected) {
      throw bytes.damaged(
          offset, "checksum " + Integer.toHexString(expected), Integer.toHexString(found));
    }
  }

  /** Forgets pages, so that their memory can be used again. */
  void release() {
    if (region.length() > KEEP) {
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
      take(page, page + 1, reader.apply(wanted).getFirst());
      read = Objects.requireNonNull(pages[page]);
    }
    return read.again();
  }

  @Override
  public String key() {
    return key;
  }
}
