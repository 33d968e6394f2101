package dev.kyma.format.encoding;

import java.util.Arrays;

/** A growing array of little-endian bytes. Used by one thread. */
public final class ByteSink {
  private byte[] bytes;
  private int size;

  public ByteSink(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  /** How many bytes have been written. */
  public int size() {
    return size;
  }

  /** The bytes written so far begin this array, which stays the sink's own. */
  public byte[] array() {
    return bytes;
  }

  /** A copy of the bytes written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void need(int more) {
    if (more > bytes.length - size) {
      long wanted = Math.max((long) size + more, bytes.length * 2L);
      if ((long) size + more > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException("more than 2 GiB in one chunk");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }

  public void u8(int value) {
    need(1);
    bytes[size++] = (byte) value;
  }

  public void u16(int value) {
    need(2);
    LittleEndian.putShort(bytes, size, (short) value);
    size += 2;
  }

  public void i32(int value) {
    need(4);
    LittleEndian.putInt(bytes, size, value);
    size += 4;
  }

  public void i64(long value) {
    need(8);
    LittleEndian.putLong(bytes, size, value);
    size += 8;
  }

  /** The low {@code width} bytes of a value. */
  public void fixed(long value, int width) {
    need(8);
    LittleEndian.putLong(bytes, size, value);
    size += width;
  }

  /** An unsigned number in groups of seven bits, least first. */
  public void varint(long value) {
    need(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  public void bytes(byte[] source, int from, int length) {
    need(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  public void bytes(byte[] source) {
    bytes(source, 0, source.length);
  }

  /** Appends zero bytes. */
  public void zeros(int count) {
    need(count);
    Arrays.fill(bytes, size, size + count, (byte) 0);
    size += count;
  }

  /** Makes room and returns where the caller may write {@code count} bytes into {@link #array}. */
  public int reserve(int count) {
    need(count);
    int at = size;
    Arrays.fill(bytes, at, at + count, (byte) 0);
    size += count;
    return at;
  }

  /** Overwrites four bytes written before. */
  public void setI32(int at, int value) {
    LittleEndian.putInt(bytes, at, value);
  }
}
