package dev.kyma.ingest.core.column;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import java.util.Arrays;

/** A column of {@link LogicalType.Physical#BYTES} values. */
public final class BytesBuilder implements ColumnBuilder {
  private final LogicalType type;
  private final NullBitmap nulls = new NullBitmap();
  private byte[] data = new byte[256];
  private int[] offsets = new int[17];
  private int size;

  public BytesBuilder(LogicalType type) {
    this.type = type;
  }

  /** Appends a row with the bytes {@code source[from .. to)}. */
  public void append(byte[] source, int from, int to) {
    int start = offsets[size];
    int length = to - from;
    reserve(start, length);
    System.arraycopy(source, from, data, start, length);
    close(start + length);
  }

  public void append(byte[] value) {
    append(value, 0, value.length);
  }

  /** Appends a row with what a text buffer holds. */
  public void append(JsonText text) {
    append(text.array(), 0, text.length());
  }

  /** Appends a row with lower-case hexadecimal digits of {@code source[from .. to)}. */
  public void appendHex(byte[] source, int from, int to) {
    int start = offsets[size];
    reserve(start, 2 * (to - from));
    int at = start;
    for (int i = from; i < to; i++) {
      data[at++] = JsonText.HEX[source[i] >> 4 & 15];
      data[at++] = JsonText.HEX[source[i] & 15];
    }
    close(at);
  }

  /** Appends the value of the row before once more; there must be one and it must not be NULL. */
  public void appendAgain() {
    append(data, offsets[size - 1], offsets[size]);
  }

  private void reserve(int start, int length) {
    int needed = Math.addExact(start, length);
    if (data.length < needed) {
      data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, data.length * 2L)));
    }
  }

  private void close(int end) {
    if (size + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
    }
    offsets[++size] = end;
  }

  @Override
  public void appendNull() {
    nulls.set(size);
    close(offsets[size]);
  }

  @Override
  public void appendAll(ColumnVector vector) {
    BytesVector bytes = (BytesVector) vector;
    nulls.setAll(size, bytes);
    int[] from = bytes.offsets();
    int base = from[0];
    int start = offsets[size];
    int length = from[bytes.size()] - base;
    reserve(start, length);
    System.arraycopy(bytes.data(), base, data, start, length);
    if (size + bytes.size() + 1 > offsets.length) {
      offsets = Arrays.copyOf(offsets, Math.max(offsets.length * 2, size + bytes.size() + 1));
    }
    for (int i = 1; i <= bytes.size(); i++) {
      offsets[size + i] = start + from[i] - base;
    }
    size += bytes.size();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ColumnVector build() {
    return new BytesVector(type, size, data, offsets, nulls.build(size));
  }
}
