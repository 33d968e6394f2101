package dev.kyma.format.encoding.text;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.kyma.format.encoding.ByteSink;
import dev.kyma.format.encoding.Compressed;

/** Compresses many small stretches of bytes with one context. Used by one thread; closed by it. */
final class StreamCompressor implements AutoCloseable {
  private final ZstdCompressCtx context = new ZstdCompressCtx();
  private byte[] target = new byte[1 << 16];

  StreamCompressor(int level) {
    context.setLevel(level);
    context.setContentSize(true);
    context.setChecksum(false);
  }

  /** How many bytes {@link #block} takes at most for so many. */
  private static int header(boolean compressed) {
    return compressed ? 5 : 1;
  }

  /** Compresses; the result stays valid until the next call. */
  private int compress(byte[] source, int from, int length) {
    long bound = Zstd.compressBound(length);
    if (bound > target.length) {
      target = new byte[(int) Math.max(bound, 2L * target.length)];
    }
    return context.compressByteArray(target, 0, target.length, source, from, length);
  }

  /** Appends a block's length and the block, compressed when that makes it smaller. */
  void block(byte[] source, int from, int length, ByteSink out) {
    int size = length < 32 ? length : compress(source, from, length);
    boolean pays = size + header(true) < length + header(false);
    out.varint((pays ? size : length) + header(pays));
    if (pays) {
      out.u8(Compressed.ZSTD);
      out.i32(length);
      out.bytes(target, 0, size);
    } else {
      out.u8(Compressed.STORED);
      out.bytes(source, from, length);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
