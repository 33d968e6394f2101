package dev.kyma.format.vector;

import dev.kyma.format.type.LogicalType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds a {@link BytesVector}.
 *
 * <p>A value is appended whole, or piece by piece with the {@code put} methods and ended with
 * {@link #endValue()}, which lets encoders write straight into the column.
 */
public final class BytesVectorBuilder implements VectorBuilder {
  private static final int BYTES_PER_ROW = 16;
  // The largest array every JVM can make.
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final LogicalType type;
  private final NullBitmapBuilder nulls = new NullBitmapBuilder();
  private byte[] data;
  private int[] offsets;
  private int length;
  private int size;

  public BytesVectorBuilder(LogicalType type, int expectedRows) {
    this(type, expectedRows, (int) Math.min(MAX_BYTES, (long) expectedRows * BYTES_PER_ROW));
  }

  public BytesVectorBuilder(LogicalType type, int expectedRows, int expectedBytes) {
    this.type = type;
    this.data = new byte[Math.max(64, expectedBytes)];
    this.offsets = new int[Math.max(8, expectedRows) + 1];
  }

  /** Adds a value. */
  public void append(byte[] value) {
    append(value, 0, value.length);
  }

  /** Adds a value: a stretch of an array. */
  public void append(byte[] source, int from, int count) {
    put(source, from, count);
    endValue();
  }

  /** Adds a value: the remaining bytes of a buffer, whose position is left alone. */
  public void append(ByteBuffer value) {
    int count = value.remaining();
    ensure(count);
    value.get(value.position(), data, length, count);
    length += count;
    endValue();
  }

  /** Adds text as UTF-8. */
  public void append(String text) {
    append(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a byte to the value that is not ended yet. */
  public void put(int value) {
    ensure(1);
    data[length++] = (byte) value;
  }

  /** Adds bytes to the value that is not ended yet. */
  public void put(byte[] source, int from, int count) {
    ensure(count);
    System.arraycopy(source, from, data, length, count);
    length += count;
  }

  /** Ends the value whose bytes were put, possibly none. */
  public void endValue() {
    if (++size == offsets.length) {
      offsets = Arrays.copyOf(offsets, size * 2);
    }
    offsets[size] = length;
  }

  /** Forgets the bytes that were put since the last value ended. */
  public void discardValue() {
    length = offsets[size];
  }

  /** How many bytes all values have, those of a value not ended yet included. */
  public int byteLength() {
    return length;
  }

  @Override
  public LogicalType type() {
    return type;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void appendNull() {
    nulls.set(size);
    endValue();
  }

  @Override
  public void append(ColumnVector source, int row) {
    if (source.isNull(row)) {
      appendNull();
    } else if (source instanceof BytesVector bytes) {
      append(bytes.data(), bytes.offsets()[row], bytes.length(row));
    } else if (source instanceof DictionaryVector(int rows, int[] codes, BytesVector entries, _)) {
      int code = codes[row];
      append(entries.data(), entries.offsets()[code], entries.length(code));
    } else {
      throw new IllegalArgumentException(source.type() + " into " + type);
    }
  }

  @Override
  public BytesVector build() {
    discardValue();
    BytesVector vector = new BytesVector(type, size, data, offsets, nulls.build(size));
    data = new byte[Math.max(64, length)];
    offsets = new int[Math.max(8, size) + 1];
    length = 0;
    size = 0;
    return vector;
  }

  private void ensure(int more) {
    long needed = (long) length + more;
    if (needed > data.length) {
      if (needed > MAX_BYTES) {
        throw new IllegalStateException("a vector cannot hold " + needed + " bytes");
      }
      data = Arrays.copyOf(data, (int) Math.min(MAX_BYTES, Math.max(needed, data.length * 2L)));
    }
  }
}
