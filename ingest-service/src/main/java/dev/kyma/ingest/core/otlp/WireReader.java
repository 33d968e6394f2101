package dev.kyma.ingest.core.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cursor over a protobuf message's fields.
 *
 * <p>{@link #next()} steps to a field; exactly one of the value methods or {@link #skip()} must
 * follow. Nested messages are read by narrowing the limit: {@link #enter()} and {@link #leave}.
 * Every length is checked against the limit before it is used.
 */
final class WireReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] data;
  private int position;
  private int limit;
  private int field;
  private int wireType;

  // The range of the last length-delimited value.
  private int from;
  private int to;

  WireReader(byte[] data, int from, int to) {
    this.data = data;
    this.position = from;
    this.limit = to;
  }

  byte[] data() {
    return data;
  }

  int position() {
    return position;
  }

  int limit() {
    return limit;
  }

  /** Goes to a range read before. */
  void seek(int newPosition, int newLimit) {
    position = newPosition;
    limit = newLimit;
  }

  /** Goes back to a length-delimited value whose field was stepped to at this position. */
  void reread(int valuePosition, int valueLimit) {
    seek(valuePosition, valueLimit);
    wireType = BYTES;
  }

  /** Steps to the next field; false at the end of the message. */
  boolean next() throws MalformedOtlpException {
    if (position >= limit) {
      return false;
    }
    long tag = rawVarint();
    field = (int) (tag >>> 3);
    wireType = (int) tag & 7;
    if (field == 0 || tag >>> 32 != 0) {
      throw new MalformedOtlpException(position, "a field number was expected");
    }
    return true;
  }

  int field() {
    return field;
  }

  int wireType() {
    return wireType;
  }

  long varint() throws MalformedOtlpException {
    expect(VARINT);
    return rawVarint();
  }

  /** A number of a packed list the reader is narrowed to. */
  long packedVarint() throws MalformedOtlpException {
    return rawVarint();
  }

  /** As {@link #packedVarint()}, for numbers of eight bytes. */
  long packedFixed64() throws MalformedOtlpException {
    return rawFixed64();
  }

  private long rawVarint() throws MalformedOtlpException {
    int p = position;
    if (p < limit && data[p] >= 0) {
      position = p + 1;
      return data[p];
    }
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (p >= limit) {
        throw new MalformedOtlpException(p, "the message is cut short");
      }
      byte b = data[p++];
      value |= (long) (b & 127) << shift;
      if (b >= 0) {
        position = p;
        return value;
      }
    }
    throw new MalformedOtlpException(p, "a number does not end");
  }

  long fixed64() throws MalformedOtlpException {
    expect(FIXED64);
    return rawFixed64();
  }

  private long rawFixed64() throws MalformedOtlpException {
    if (limit - position < 8) {
      throw new MalformedOtlpException(position, "the message is cut short");
    }
    long value = (long) LONGS.get(data, position);
    position += 8;
    return value;
  }

  double float64() throws MalformedOtlpException {
    return Double.longBitsToDouble(fixed64());
  }

  int fixed32() throws MalformedOtlpException {
    expect(FIXED32);
    if (limit - position < 4) {
      throw new MalformedOtlpException(position, "the message is cut short");
    }
    int value = (int) INTS.get(data, position);
    position += 4;
    return value;
  }

  /** Reads a length-delimited value; {@link #from()} and {@link #to()} are its range then. */
  void bytes() throws MalformedOtlpException {
    expect(BYTES);
    long length = rawVarint();
    if (length < 0 || length > limit - position) {
      throw new MalformedOtlpException(position, "a length goes beyond the message");
    }
    from = position;
    to = position + (int) length;
    position = to;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Narrows the reader to a nested message; answers what {@link #leave} needs. */
  int enter() throws MalformedOtlpException {
    bytes();
    int outer = limit;
    position = from;
    limit = to;
    return outer;
  }

  /** Leaves a nested message, wherever in it the reader stands. */
  void leave(int outer) {
    position = limit;
    limit = outer;
  }

  void skip() throws MalformedOtlpException {
    switch (wireType) {
      case VARINT -> rawVarint();
      case FIXED64 -> rawFixed64();
      case BYTES -> bytes();
      case FIXED32 -> fixed32();
      default -> throw new MalformedOtlpException(position, "an unknown wire type");
    }
  }

  private void expect(int type) throws MalformedOtlpException {
    if (wireType != type) {
      throw new MalformedOtlpException(
          position, "field " + field + " has wire type " + wireType + ", not " + type);
    }
  }
}
