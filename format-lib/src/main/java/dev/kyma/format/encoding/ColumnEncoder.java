package dev.kyma.format.encoding;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import org.jspecify.annotations.Nullable;

/**
 * Writes a whole column of an extent.
 *
 * <pre>
 * column := nulls, values
 * values := longs | doubles | int128 | bytes | dynamic | floats              by the type
 * int128 := u8 0, longs                    every number fits into 64 bits
 *         | u8 1, longs high, longs low
 * </pre>
 */
public final class ColumnEncoder {
  private ColumnEncoder() {}

  /**
   * Writes all rows of a column.
   *
   * @param dictionary for byte strings the dictionary to use, or null when none pays
   */
  public static void encode(
      ColumnVector column, @Nullable BytesDictionary dictionary, ChunkWriter chunk) {
    int rows = column.size();
    long[] nulls = column.nulls();
    Nulls.encode(nulls, rows, chunk);
    if (nulls != null && rows > 0 && Bits.count(nulls, rows) == rows) {
      return;
    }
    switch (column) {
      case LongVector longs ->
          LongEncoder.encode(withoutNulls(longs.values(), nulls, rows), rows, chunk);
      case DoubleVector doubles ->
          DoubleEncoder.encode(
              doubles.values(),
              rows,
              nulls,
              doubles.type().equals(LogicalType.FLOAT32) ? 4 : 8,
              chunk);
      case Int128Vector wide -> encodeWide(wide, nulls, rows, chunk);
      case BytesVector bytes -> {
        if (bytes.type().kind() == LogicalType.Kind.DYNAMIC) {
          DynamicEncoder.encode(bytes, dictionary, chunk);
        } else {
          BytesEncoder.encodeColumn(bytes, dictionary, chunk);
        }
      }
      case FloatsVector floats -> FloatsCodec.encode(floats, chunk);
      case DictionaryVector coded ->
          throw new IllegalArgumentException(
              "a column is written from its values: " + coded.type());
    }
  }

  private static void encodeWide(
      Int128Vector wide, long @Nullable [] nulls, int rows, ChunkWriter chunk) {
    long[] high = withoutNulls(wide.high(), nulls, rows);
    long[] low = withoutNulls(wide.low(), nulls, rows);
    boolean narrow = true;
    for (int i = 0; i < rows && narrow; i++) {
      narrow = high[i] == low[i] >> 63;
    }
    chunk.head().u8(narrow ? 0 : 1);
    if (!narrow) {
      LongEncoder.encode(high, rows, chunk);
    }
    LongEncoder.encode(low, rows, chunk);
  }

  /** NULL rows repeat a value near them, which costs nothing. */
  private static long[] withoutNulls(long[] values, long @Nullable [] nulls, int rows) {
    if (nulls == null) {
      return values;
    }
    int first = 0;
    while (first < rows && Bits.get(nulls, first)) {
      first++;
    }
    long previous = first < rows ? values[first] : 0;
    long[] filled = new long[rows];
    for (int i = 0; i < rows; i++) {
      previous = Bits.get(nulls, i) ? previous : values[i];
      filled[i] = previous;
    }
    return filled;
  }
}
