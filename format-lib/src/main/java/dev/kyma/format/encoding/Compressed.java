package dev.kyma.format.encoding;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

/**
 * Blocks that are compressed when that makes them smaller: {@code u8 0, bytes} or {@code u8 1, u32
 * length, zstd frame}. Stateless.
 */
public final class Compressed {
  public static final int STORED = 0;
  public static final int ZSTD = 1;

  /** The most bytes a block may hold once decompressed. */
  public static final int MAX_LENGTH = Integer.MAX_VALUE - 64;

  /** zstd cannot say more in a byte: a block of at most 128 KiB takes at least four. */
  private static final long MAX_RATIO = 1 << 15;

  private Compressed() {}

  /** The content of the block that fills the rest of a source. */
  public static ByteSource read(ByteSource source, String key) {
    int form = source.u8(ZSTD);
    if (form == STORED) {
      int length = source.remaining();
      int at = source.skip(length);
      return new ByteSource(key, 0, source.array(), at, at + length);
    }
    int length = source.i32();
    int compressed = source.remaining();
    int at = source.position();
    if (length < 0
        || compressed == 0
        || length > MAX_LENGTH
        || length > (compressed + 4L) * MAX_RATIO
        || Zstd.getFrameContentSize(source.array(), at, compressed) != length) {
      throw source.corrupt("a zstd frame of " + length + " bytes", "another");
    }
    byte[] content = new byte[length];
    try {
      long got = Zstd.decompressByteArray(content, 0, length, source.array(), at, compressed);
      if (got != length) {
        throw source.corrupt("a zstd frame of " + length + " bytes", got + " bytes");
      }
    } catch (ZstdException e) {
      throw source.corrupt("a zstd frame of " + length + " bytes", String.valueOf(e.getMessage()));
    }
    source.skip(compressed);
    return new ByteSource(key, 0, content, 0, length);
  }
}
