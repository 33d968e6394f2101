package dev.kyma.format.arrow;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.nio.ByteBuffer;

/** Writes the buffers of columns one after another, each padded to 8 bytes. */
final class BodyWriter {
  private final ByteBuffer out;
  private final int origin;

  /**
   * @param out little-endian, at the start of the body; the bytes there are 0
   */
  BodyWriter(ByteBuffer out) {
    this.out = out;
    this.origin = out.position();
  }

  void write(ColumnVector column) {
    validity(column);
    switch (column) {
      case LongVector longs -> write(longs);
      case DoubleVector doubles -> write(doubles);
      case Int128Vector wide -> {
        for (int i = 0; i < wide.size(); i++) {
          out.putLong(wide.low()[i]);
          out.putLong(wide.high()[i]);
        }
      }
      case BytesVector bytes -> write(bytes);
      case FloatsVector floats -> {
        int count = floats.size() * floats.dimension();
        out.asFloatBuffer().put(floats.values(), 0, count);
        advance(count * 4L);
      }
      case DictionaryVector _ -> throw new AssertionError("flattened");
    }
  }

  private void validity(ColumnVector column) {
    long[] nulls = column.nulls();
    int rows = column.size();
    if (nulls == null || Bits.count(nulls, rows) == 0) {
      return;
    }
    int full = rows >>> 6;
    for (int w = 0; w < full; w++) {
      out.putLong(~nulls[w]);
    }
    if ((rows & 63) != 0) {
      out.putLong(~nulls[full] & (1L << rows) - 1);
    }
  }

  private void write(LongVector longs) {
    long[] values = longs.values();
    int rows = longs.size();
    switch (longs.type().kind()) {
      case BOOL -> {
        for (int begin = 0; begin < rows; begin += 64) {
          long word = 0;
          int end = Math.min(rows, begin + 64);
          for (int i = begin; i < end; i++) {
            word |= (values[i] & 1) << i;
          }
          out.putLong(word);
        }
      }
      case INT16 -> {
        checkFits(longs, Short.MIN_VALUE, Short.MAX_VALUE);
        for (int i = 0; i < rows; i++) {
          out.putShort((short) values[i]);
        }
        advance(0);
      }
      case INT32, DATE -> {
        checkFits(longs, Integer.MIN_VALUE, Integer.MAX_VALUE);
        for (int i = 0; i < rows; i++) {
          out.putInt((int) values[i]);
        }
        advance(0);
      }
      case DECIMAL -> {
        for (int i = 0; i < rows; i++) {
          out.putLong(values[i]);
          out.putLong(values[i] >> 63);
        }
      }
      case INT64, TIME, TIMESTAMP -> {
        out.asLongBuffer().put(values, 0, rows);
        advance(rows * 8L);
      }
      case FLOAT32, FLOAT64, TEXT, BINARY, DYNAMIC, VECTOR ->
          throw new AssertionError(longs.type());
    }
  }

  private static void checkFits(LongVector longs, long min, long max) {
    long[] values = longs.values();
    for (int i = 0; i < longs.size(); i++) {
      if ((values[i] < min || values[i] > max) && !longs.isNull(i)) {
        throw new IllegalArgumentException(values[i] + " is no " + longs.type());
      }
    }
  }

  private void write(DoubleVector doubles) {
    int rows = doubles.size();
    if (doubles.type().kind() == LogicalType.Kind.FLOAT32) {
      for (int i = 0; i < rows; i++) {
        out.putFloat((float) doubles.values()[i]);
      }
      advance(0);
    } else {
      out.asDoubleBuffer().put(doubles.values(), 0, rows);
      advance(rows * 8L);
    }
  }

  private void write(BytesVector bytes) {
    int[] offsets = bytes.offsets();
    int rows = bytes.size();
    int start = offsets[0];
    if (start == 0) {
      out.asIntBuffer().put(offsets, 0, rows + 1);
      advance((rows + 1) * 4L);
    } else {
      for (int i = 0; i <= rows; i++) {
        out.putInt(offsets[i] - start);
      }
      advance(0);
    }
    out.put(bytes.data(), start, offsets[rows] - start);
    advance(0);
  }

  /** Moves on by so many bytes and then to the next multiple of 8 from the start of the body. */
  private void advance(long bytes) {
    long to = out.position() + bytes;
    out.position((int) BodyLayout.padded(to - origin) + origin);
  }
}
