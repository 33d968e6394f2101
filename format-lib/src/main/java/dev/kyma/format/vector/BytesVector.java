package dev.kyma.format.vector;

import dev.kyma.format.type.LogicalType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Text (UTF-8), binary values or JSON texts, laid end to end.
 *
 * @param type a type stored as {@link LogicalType.Physical#BYTES}
 * @param size how many rows there are
 * @param data the bytes of all values
 * @param offsets row {@code i} holds {@code data[offsets[i] .. offsets[i + 1])}; a NULL row is
 *     empty
 * @param nulls the null bitmap, or null when no row is NULL
 */
@SuppressWarnings("ArrayRecordComponent") // the arrays are the point: kernels read them in place
public record BytesVector(
    LogicalType type, int size, byte[] data, int[] offsets, long @Nullable [] nulls)
    implements ColumnVector {
  // Not compact: javac keeps the parameters' annotations only of constructors written in full.
  public BytesVector(
      LogicalType type, int size, byte[] data, int[] offsets, long @Nullable [] nulls) {
    if (type.physical() != LogicalType.Physical.BYTES || offsets.length <= size) {
      throw new IllegalArgumentException(type + " of " + size);
    }
    this.type = type;
    this.size = size;
    this.data = data;
    this.offsets = offsets;
    this.nulls = nulls;
  }

  /** The length in bytes of a row's value. */
  public int length(int row) {
    return offsets[row + 1] - offsets[row];
  }

  /** A copy of a row's value. */
  public byte[] bytes(int row) {
    return Arrays.copyOfRange(data, offsets[row], offsets[row + 1]);
  }

  /** A row's value as text. */
  public String text(int row) {
    return new String(data, offsets[row], length(row), StandardCharsets.UTF_8);
  }
}
