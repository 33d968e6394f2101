package dev.kyma.query.core.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes written one after the other into an array that grows. Used by one thread. */
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

  /** The array written to; only the first {@link #size()} bytes are meant. */
  public byte[] array() {
    return bytes;
  }

  /** A copy of what has been written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Forgets everything written. */
  public void clear() {
    size = 0;
  }

  /** Forgets everything after the first {@code newSize} bytes. */
  public void truncate(int newSize) {
    size = newSize;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      long wanted = Math.max((long) size + more, bytes.length * 2L);
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }

  public ByteSink put(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  public ByteSink put(byte[] source, int from, int to) {
    room(to - from);
    System.arraycopy(source, from, bytes, size, to - from);
    size += to - from;
    return this;
  }

  public ByteSink put(byte[] source) {
    return put(source, 0, source.length);
  }

  /** Writes text as UTF-8. */
  public ByteSink put(String text) {
    int length = text.length();
    room(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 128) {
        return put(text.substring(i).getBytes(StandardCharsets.UTF_8));
      }
      bytes[size++] = (byte) c;
      if (size == bytes.length) {
        room(length - i);
      }
    }
    return this;
  }

  /** Writes a whole number in decimal. */
  public ByteSink put(long value) {
    if (value == Long.MIN_VALUE) {
      return put("-9223372036854775808");
    }
    room(20);
    long rest = value;
    if (rest < 0) {
      bytes[size++] = '-';
      rest = -rest;
    }
    int digits = 1;
    for (long limit = 10; digits < 19 && rest >= limit; limit *= 10) {
      digits++;
    }
    for (int i = size + digits - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
    return this;
  }

  /** Writes a number that is not negative with at least {@code digits} digits. */
  public ByteSink padded(long value, int digits) {
    long limit = 10;
    int have = 1;
    while (have < digits && value >= limit) {
      limit *= 10;
      have++;
    }
    for (; have < digits; have++) {
      put('0');
    }
    return put(value);
  }
}
