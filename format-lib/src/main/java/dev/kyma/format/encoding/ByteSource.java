package dev.kyma.format.encoding;

import dev.kyma.format.CorruptExtentException;

/**
 * A bounded stretch of an object's little-endian bytes, read from front to back.
 *
 * <p>Every read is checked against the bounds; whatever does not fit is a {@link
 * CorruptExtentException} that names the object and the place. Used by one thread.
 */
public final class ByteSource {
  private final String key;
  private final long objectOffset;
  private final byte[] bytes;
  private final int start;
  private final int end;
  private int position;

  /**
   * @param key the object the bytes come from
   * @param objectOffset where in the object {@code bytes[start]} lies
   * @param bytes holds the bytes; not written
   * @param start the first byte
   * @param end the byte after the last
   */
  public ByteSource(String key, long objectOffset, byte[] bytes, int start, int end) {
    this.key = key;
    this.objectOffset = objectOffset;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.position = start;
  }

  /** The array the bytes lie in. */
  public byte[] array() {
    return bytes;
  }

  /** The place in {@link #array} of the next byte. */
  public int position() {
    return position;
  }

  public int remaining() {
    return end - position;
  }

  /** How many bytes the whole stretch has. */
  public int length() {
    return end - start;
  }

  /** The same bytes again, from the front. */
  public ByteSource again() {
    return new ByteSource(key, objectOffset, bytes, start, end);
  }

  /** The next bytes as a stretch of their own, which are stepped over. */
  public ByteSource slice(int count) {
    long offset = objectOffset + (position - start);
    int at = skip(count);
    return new ByteSource(key, offset, bytes, at, at + count);
  }

  /** A fault at the present place. */
  public CorruptExtentException corrupt(String expected, String actual) {
    return new CorruptExtentException(key, objectOffset + (position - start), expected, actual);
  }

  private void need(long count) {
    if (count < 0 || count > end - position) {
      throw corrupt(count + " bytes", (end - position) + " bytes");
    }
  }

  /** Checks that so many bytes follow and steps over them; returns where they begin. */
  public int skip(long count) {
    need(count);
    int at = position;
    position += (int) count;
    return at;
  }

  public int u8() {
    need(1);
    return bytes[position++] & 0xFF;
  }

  public int u16() {
    return LittleEndian.getShort(bytes, skip(2)) & 0xFFFF;
  }

  public int i32() {
    return LittleEndian.getInt(bytes, skip(4));
  }

  public long i64() {
    return LittleEndian.getLong(bytes, skip(8));
  }

  /** An unsigned number as {@link ByteSink#varint} writes it. */
  public long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw corrupt("a number of at most ten bytes", "more");
  }

  /**
   * A count or length.
   *
   * @param max the greatest value that can be right
   */
  public int count(long max) {
    long value = varint();
    if (value < 0 || value > max || value > Integer.MAX_VALUE) {
      throw corrupt("a count up to " + max, Long.toUnsignedString(value));
    }
    return (int) value;
  }

  /** A byte that must lie between 0 and {@code max}. */
  public int u8(int max) {
    int value = u8();
    if (value > max) {
      throw corrupt("a byte up to " + max, Integer.toString(value));
    }
    return value;
  }
}
