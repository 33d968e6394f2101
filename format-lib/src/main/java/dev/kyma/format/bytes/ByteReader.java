package dev.kyma.format.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * Reads what {@link ByteWriter} wrote.
 *
 * <p>Every method throws {@link CorruptBytesException} when the bytes end too early or cannot be
 * what they should be.
 */
public final class ByteReader {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private int position;

  /**
   * @param bytes kept, not copied
   */
  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /**
   * @param bytes kept, not copied
   * @param from the first byte to read
   * @param end the first byte no longer read
   */
  public ByteReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.position = from;
    this.end = end;
  }

  /** Where in the array the next byte is read. */
  public int position() {
    return position;
  }

  /** How many bytes are left. */
  public int remaining() {
    return end - position;
  }

  public int int8() {
    need(1);
    return bytes[position++] & 0xFF;
  }

  public int int32() {
    need(4);
    int value = (int) INT.get(bytes, position);
    position += 4;
    return value;
  }

  public long int64() {
    need(8);
    long value = (long) LONG.get(bytes, position);
    position += 8;
    return value;
  }

  public long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      need(1);
      byte next = bytes[position++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw corrupt("a varint of more than ten bytes");
  }

  public long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A varint that fits a non-negative {@code int}. */
  public int varint32() {
    long value = varint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw corrupt(value + " is no non-negative 32-bit number");
    }
    return (int) value;
  }

  /** A zigzag number that fits an {@code int}. */
  public int zigzag32() {
    long value = zigzag();
    if (value != (int) value) {
      throw corrupt(value + " is no 32-bit number");
    }
    return (int) value;
  }

  public double float64() {
    return Double.longBitsToDouble(int64());
  }

  public byte[] blob() {
    int length = varint32();
    need(length);
    byte[] value = new byte[length];
    System.arraycopy(bytes, position, value, 0, length);
    position += length;
    return value;
  }

  public String text() {
    int length = varint32();
    need(length);
    try {
      CharBuffer text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, position, length));
      position += length;
      return text.toString();
    } catch (CharacterCodingException e) {
      throw corrupt("text that is no UTF-8");
    }
  }

  /** A varint count, which cannot exceed the bytes left since every element takes at least one. */
  public int count() {
    int count = varint32();
    if (count > remaining()) {
      throw corrupt(count + " elements in " + remaining() + " bytes");
    }
    return count;
  }

  /** A {@link #count} and that many elements. */
  public <T> List<T> list(Supplier<T> element) {
    int count = count();
    List<T> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(element.get());
    }
    return list;
  }

  /** Four bytes that must be the CRC32C of everything from {@code from} up to here. */
  public void crc32c(int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, position - from);
    int expected = (int) crc.getValue();
    int actual = int32();
    if (expected != actual) {
      throw corrupt(
          "checksum " + Integer.toHexString(actual) + " for " + Integer.toHexString(expected));
    }
  }

  /** Nothing may be left. */
  public void end() {
    if (position != end) {
      throw corrupt(remaining() + " bytes too many");
    }
  }

  /** The exception that says what is wrong here. */
  public CorruptBytesException corrupt(String message) {
    return new CorruptBytesException(position, message);
  }

  private void need(int count) {
    if (remaining() < count) {
      throw corrupt(count + " bytes expected, " + remaining() + " left");
    }
  }
}
