package dev.kyma.format.arrow;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Makes vectors of the buffers of a body, each checked to be long enough before it is read. */
final class BodyReader {
  private final byte[] data;
  private final ByteBuffer in;
  private final int body;
  private final int end;
  private final int rows;
  private long next;
  // Where the buffers of the column at hand begin and how long they are.
  private final int[] starts = new int[3];
  private final int[] lengths = new int[3];

  BodyReader(byte[] data, int body, int end, int rows) {
    this.data = data;
    this.in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    this.body = body;
    this.end = end;
    this.rows = rows;
  }

  int rows() {
    return rows;
  }

  /** Notes a buffer of the next column; buffers follow each other, so that none is read twice. */
  void buffer(int index, long offset, long length) {
    if (offset < next || length < 0 || length > end - body || offset > end - body - length) {
      throw new MalformedArrowException("a buffer at " + offset + " of " + length + " bytes");
    }
    next = offset + length;
    starts[index] = body + (int) offset;
    lengths[index] = (int) length;
  }

  /** The column whose buffers were noted. */
  ColumnVector column(LogicalType type, long nullCount) {
    long[] nulls = nulls(nullCount);
    return switch (type.physical()) {
      case LONG -> new LongVector(type, rows, longs(type), nulls);
      case DOUBLE -> new DoubleVector(type, rows, doubles(type), nulls);
      case INT128 -> {
        require(1, rows * 16L);
        long[] high = new long[rows];
        long[] low = new long[rows];
        for (int i = 0, at = starts[1]; i < rows; i++, at += 16) {
          low[i] = in.getLong(at);
          high[i] = in.getLong(at + 8);
        }
        yield new Int128Vector(type, rows, high, low, nulls);
      }
      case BYTES -> new BytesVector(type, rows, data, offsets(), nulls);
      case FLOATS -> {
        long count = (long) rows * type.precision();
        require(2, count * 4);
        float[] values = new float[(int) count];
        in.slice(starts[2], lengths[2]).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        yield new FloatsVector(type, rows, values, nulls);
      }
    };
  }

  private void require(int index, long length) {
    if (lengths[index] < length) {
      throw new MalformedArrowException(
          "a buffer of " + lengths[index] + " bytes, expected " + length);
    }
  }

  private long @Nullable [] nulls(long nullCount) {
    if (nullCount == 0) {
      return null;
    }
    int bytes = (rows + 7) >>> 3;
    require(0, bytes);
    long[] nulls = new long[Bits.words(rows)];
    int full = bytes >>> 3;
    for (int w = 0; w < full; w++) {
      nulls[w] = ~in.getLong(starts[0] + w * 8);
    }
    for (int i = full * 8; i < bytes; i++) {
      nulls[i >>> 3] |= (~data[starts[0] + i] & 0xFFL) << (i << 3);
    }
    if ((rows & 63) != 0) {
      nulls[nulls.length - 1] &= (1L << rows) - 1;
    }
    if (nullCount != Bits.count(nulls, rows)) {
      throw new MalformedArrowException(nullCount + " nulls");
    }
    return nulls;
  }

  private long[] longs(LogicalType type) {
    int at = starts[1];
    switch (type.kind()) {
      case BOOL -> {
        require(1, (rows + 7) >>> 3);
        long[] values = new long[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = data[at + (i >>> 3)] >>> (i & 7) & 1;
        }
        return values;
      }
      case INT16 -> {
        require(1, rows * 2L);
        long[] values = new long[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = in.getShort(at + i * 2);
        }
        return values;
      }
      case INT32, DATE -> {
        require(1, rows * 4L);
        long[] values = new long[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = in.getInt(at + i * 4);
        }
        return values;
      }
      case INT64, TIME, TIMESTAMP -> {
        require(1, rows * 8L);
        long[] values = new long[rows];
        in.slice(at, rows * 8).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(values);
        return values;
      }
      case DECIMAL -> {
        require(1, rows * 16L);
        long[] values = new long[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = in.getLong(at + i * 16);
          if (in.getLong(at + i * 16 + 8) != values[i] >> 63) {
            throw new MalformedArrowException("a value beyond " + type);
          }
        }
        return values;
      }
      case FLOAT32, FLOAT64, TEXT, BINARY, DYNAMIC, VECTOR -> throw new AssertionError(type);
    }
    throw new AssertionError(type);
  }

  private double[] doubles(LogicalType type) {
    int at = starts[1];
    if (type.kind() == LogicalType.Kind.FLOAT32) {
      require(1, rows * 4L);
      double[] values = new double[rows];
      for (int i = 0; i < rows; i++) {
        values[i] = in.getFloat(at + i * 4);
      }
      return values;
    }
    require(1, rows * 8L);
    double[] values = new double[rows];
    in.slice(at, rows * 8).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }

  /** The offsets of byte strings, moved to where the strings lie in the whole array. */
  private int[] offsets() {
    require(1, (rows + 1) * 4L);
    int[] offsets = new int[rows + 1];
    in.slice(starts[1], (rows + 1) * 4).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(offsets);
    int previous = 0;
    int base = starts[2];
    for (int i = 0; i <= rows; i++) {
      int offset = offsets[i];
      if (offset < previous || offset > lengths[2]) {
        throw new MalformedArrowException("string " + i + " begins at " + offset);
      }
      previous = offset;
      offsets[i] = base + offset;
    }
    return offsets;
  }
}
