package dev.kyma.format.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Bytes being written, growing as needed. What it writes, {@link ByteReader} reads.
 *
 * <ul>
 *   <li>varint: 7 bits a byte, least significant first, the high bit set on all but the last
 *   <li>zigzag: a varint of {@code (v << 1) ^ (v >> 63)}
 *   <li>fixed integers: little-endian
 *   <li>blob: a varint length and that many bytes; text is a blob of UTF-8
 * </ul>
 */
public final class ByteWriter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int MAX_SIZE = Integer.MAX_VALUE - 16;

  private byte[] bytes;
  private int size;

  public ByteWriter() {
    this(256);
  }

  /**
   * @param capacity how many bytes are expected
   */
  public ByteWriter(int capacity) {
    bytes = new byte[capacity];
  }

  /** How many bytes were written. */
  public int size() {
    return size;
  }

  public ByteWriter int8(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
    return this;
  }

  public ByteWriter int32(int value) {
    reserve(4);
    INT.set(bytes, size, value);
    size += 4;
    return this;
  }

  public ByteWriter int64(long value) {
    reserve(8);
    LONG.set(bytes, size, value);
    size += 8;
    return this;
  }

  /** A varint; negative values take ten bytes. */
  public ByteWriter varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** A varint that is short for values near zero of either sign. */
  public ByteWriter zigzag(long value) {
    return varint((value << 1) ^ (value >> 63));
  }

  public ByteWriter float64(double value) {
    return int64(Double.doubleToRawLongBits(value));
  }

  public ByteWriter blob(byte[] value) {
    varint(value.length);
    return raw(value, 0, value.length);
  }

  public ByteWriter text(String value) {
    return blob(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes without a length before them. */
  public ByteWriter raw(byte[] value, int from, int length) {
    reserve(length);
    System.arraycopy(value, from, bytes, size, length);
    size += length;
    return this;
  }

  /** The CRC32C of everything from {@code from} on, as four bytes. */
  public ByteWriter crc32c(int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, size - from);
    return int32((int) crc.getValue());
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      int doubled = (int) Math.min(bytes.length * 2L, MAX_SIZE);
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), doubled));
    }
  }
}
