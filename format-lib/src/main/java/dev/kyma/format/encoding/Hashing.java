package dev.kyma.format.encoding;

/** 64-bit hashes that are written into extents: their definition is part of the format. */
public final class Hashing {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private Hashing() {}

  /** Mixes the bits of a number (the finaliser of SplitMix64). */
  public static long mix(long value) {
    long x = value + MULTIPLIER;
    x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }

  /**
   * A hash of a byte string: starting from its length, every 8 bytes as a little-endian number are
   * folded in by {@code h = (rotl(h, 29) ^ word) * 0x9E3779B97F4A7C15}, the rest padded with zeros;
   * and {@code h ^= h >>> 32} follows each whole one; then mixed.
   */
  public static long hash(byte[] bytes, int from, int length) {
    long h = length * 0xD6E8FEB86659FD93L;
    int at = from;
    int end = from + length;
    for (; at + 8 <= end; at += 8) {
      h = (Long.rotateLeft(h, 29) ^ LittleEndian.getLong(bytes, at)) * MULTIPLIER;
      h ^= h >>> 32;
    }
    if (at < end) {
      h = (Long.rotateLeft(h, 29) ^ rest(bytes, at, end, length)) * MULTIPLIER;
    }
    return mix(h);
  }

  /** The last one to seven bytes as a number, read eight at a time where that is possible. */
  private static long rest(byte[] bytes, int at, int end, int length) {
    if (length >= 8) {
      return LittleEndian.getLong(bytes, end - 8) >>> (8 * (8 - (end - at)));
    }
    if (at + 8 <= bytes.length) {
      return LittleEndian.getLong(bytes, at) & (1L << (8 * (end - at))) - 1;
    }
    return LittleEndian.getFixed(bytes, at, end - at);
  }
}
