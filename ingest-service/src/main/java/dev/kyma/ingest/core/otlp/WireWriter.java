package dev.kyma.ingest.core.otlp;

import java.util.Arrays;

/** Writes protobuf into a growing array. Lengths of nested messages are patched in behind them. */
final class WireWriter {
  /** Lengths take four bytes, whatever they are: leading zero groups are allowed. */
  private static final int LENGTH_BYTES = 4;

  private byte[] data;
  private int length;

  WireWriter(int expected) {
    data = new byte[Math.max(64, expected)];
  }

  byte[] data() {
    return data;
  }

  int length() {
    return length;
  }

  void tag(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  void varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~127L) != 0) {
      data[length++] = (byte) (rest & 127 | 128);
      rest >>>= 7;
    }
    data[length++] = (byte) rest;
  }

  void fixed64(long value) {
    reserve(8);
    for (int i = 0; i < 8; i++) {
      data[length++] = (byte) (value >>> 8 * i);
    }
  }

  void fixed32(int value) {
    reserve(4);
    for (int i = 0; i < 4; i++) {
      data[length++] = (byte) (value >>> 8 * i);
    }
  }

  void bytes(byte[] source, int from, int to) {
    varint(to - from);
    reserve(to - from);
    System.arraycopy(source, from, data, length, to - from);
    length += to - from;
  }

  /** Leaves room for the length of a message that starts here; answers what {@link #end} needs. */
  int begin() {
    reserve(LENGTH_BYTES);
    length += LENGTH_BYTES;
    return length;
  }

  void end(int start) {
    int size = length - start;
    if (size >>> 7 * LENGTH_BYTES != 0) {
      throw new IllegalStateException("a message of " + size + " bytes");
    }
    for (int i = 0; i < LENGTH_BYTES; i++) {
      int more = i < LENGTH_BYTES - 1 ? 128 : 0;
      data[start - LENGTH_BYTES + i] = (byte) (size >>> 7 * i & 127 | more);
    }
  }

  private void reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > data.length) {
      data =
          Arrays.copyOf(
              data, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, data.length * 2L)));
    }
  }
}
