package dev.kyma.format.encoding;

import com.github.luben.zstd.Zstd;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects one chunk: a head, which decoders are built from, and pages, which are read as they are
 * needed. Used by one thread.
 */
public final class ChunkWriter {
  private static final int WORTH_COMPRESSING = 32;

  private final ByteSink head = new ByteSink(256);
  private final List<byte[]> pages;
  private final int level;

  /**
   * @param level the zstd level for pages that are compressed
   */
  public ChunkWriter(int level) {
    this(level, new ArrayList<>());
  }

  private ChunkWriter(int level, List<byte[]> pages) {
    this.level = level;
    this.pages = pages;
  }

  /** The same pages with a head of its own, for streams that readers may pass over. */
  ChunkWriter withHead() {
    return new ChunkWriter(level, pages);
  }

  /** The zstd level for what is compressed. */
  public int level() {
    return level;
  }

  /** The head so far. */
  public ByteSink head() {
    return head;
  }

  /** The pages so far. */
  public List<byte[]> pages() {
    return pages;
  }

  /** Adds a page as it is; returns its number. */
  public int page(ByteSink content) {
    pages.add(content.toBytes());
    return pages.size() - 1;
  }

  /** Adds a page compressed when that makes it smaller; returns its number. */
  public int compressedPage(ByteSink content) {
    pages.add(compress(content));
    return pages.size() - 1;
  }

  private byte[] compress(ByteSink content) {
    if (content.size() >= WORTH_COMPRESSING) {
      byte[] target = new byte[(int) Zstd.compressBound(content.size())];
      long size =
          Zstd.compressByteArray(
              target, 0, target.length, content.array(), 0, content.size(), level);
      if (Zstd.isError(size)) {
        throw new IllegalStateException(Zstd.getErrorName(size));
      }
      if (size < content.size()) {
        ByteSink block = new ByteSink((int) size + 5);
        block.u8(Compressed.ZSTD);
        block.i32(content.size());
        block.bytes(target, 0, (int) size);
        return block.toBytes();
      }
    }
    ByteSink block = new ByteSink(content.size() + 1);
    block.u8(Compressed.STORED);
    block.bytes(content.array(), 0, content.size());
    return block.toBytes();
  }
}
