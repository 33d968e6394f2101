package dev.kyma.format.vector.merge;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stretches of rows of several batches, to be put one after another. */
final class Segments {
  private final List<Batch> batches = new ArrayList<>();
  private int[] froms = new int[64];
  private int[] counts = new int[64];
  private int rows;

  void add(Batch batch, int from, int count) {
    int size = batches.size();
    if (size == froms.length) {
      froms = Arrays.copyOf(froms, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    batches.add(batch);
    froms[size] = from;
    counts[size] = count;
    rows += count;
  }

  /** The rows as one batch. Byte strings share a dictionary only where all of them do. */
  Batch gather(List<LogicalType> types) {
    List<ColumnVector> columns = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      columns.add(gather(types.get(i), i));
    }
    return new Batch(columns, rows);
  }

  private ColumnVector gather(LogicalType type, int column) {
    long[] nulls = nulls(column);
    return switch (type.physical()) {
      case LONG -> longs(type, column, nulls);
      case DOUBLE -> doubles(type, column, nulls);
      case INT128 -> wide(type, column, nulls);
      case BYTES -> {
        BytesVector shared = sharedDictionary(column);
        yield shared == null ? bytes(type, column, nulls) : coded(shared, column, nulls);
      }
      case FLOATS -> floats(type, column, nulls);
    };
  }

  private long @Nullable [] nulls(int column) {
    long[] nulls = null;
    int at = 0;
    for (int s = 0; s < batches.size(); s++) {
      long[] from = batches.get(s).column(column).nulls();
      if (from != null) {
        for (int i = 0; i < counts[s]; i++) {
          if (Bits.get(from, froms[s] + i)) {
            if (nulls == null) {
              nulls = new long[Bits.words(rows)];
            }
            Bits.set(nulls, at + i);
          }
        }
      }
      at += counts[s];
    }
    return nulls;
  }

  private LongVector longs(LogicalType type, int column, long @Nullable [] nulls) {
    long[] values = new long[rows];
    int at = 0;
    for (int s = 0; s < batches.size(); s++) {
      long[] from = ((LongVector) batches.get(s).column(column)).values();
      copy(from, froms[s], values, at, counts[s]);
      at += counts[s];
    }
    return new LongVector(type, rows, values, nulls);
  }

  private static void copy(long[] from, int start, long[] to, int at, int count) {
    if (count == 1) {
      to[at] = from[start];
    } else {
      System.arraycopy(from, start, to, at, count);
    }
  }

  private DoubleVector doubles(LogicalType type, int column, long @Nullable [] nulls) {
    double[] values = new double[rows];
    int at = 0;
    for (int s = 0; s < batches.size(); s++) {
      double[] from = ((DoubleVector) batches.get(s).column(column)).values();
      System.arraycopy(from, froms[s], values, at, counts[s]);
      at += counts[s];
    }
    return new DoubleVector(type, rows, values, nulls);
  }

  private Int128Vector wide(LogicalType type, int column, long @Nullable [] nulls) {
    long[] high = new long[rows];
    long[] low = new long[rows];
    int at = 0;
    for (int s = 0; s < batches.size(); s++) {
      Int128Vector from = (Int128Vector) batches.get(s).column(column);
      copy(from.high(), froms[s], high, at, counts[s]);
      copy(from.low(), froms[s], low, at, counts[s]);
      at += counts[s];
    }
    return new Int128Vector(type, rows, high, low, nulls);
  }

  private FloatsVector floats(LogicalType type, int column, long @Nullable [] nulls) {
    int dimension = type.precision();
    float[] values = new float[Math.multiplyExact(rows, dimension)];
    int at = 0;
    for (int s = 0; s < batches.size(); s++) {
      float[] from = ((FloatsVector) batches.get(s).column(column)).values();
      System.arraycopy(from, froms[s] * dimension, values, at, counts[s] * dimension);
      at += counts[s] * dimension;
    }
    return new FloatsVector(type, rows, values, nulls);
  }

  private @Nullable BytesVector sharedDictionary(int column) {
    BytesVector shared = null;
    for (Batch batch : batches) {
      if (!(batch.column(column) instanceof DictionaryVector coded)
          || shared != null && shared != coded.dictionary()) {
        return null;
      }
      shared = coded.dictionary();
    }
    return shared;
  }

  private DictionaryVector coded(BytesVector dictionary, int column, long @Nullable [] nulls) {
    int[] codes = new int[rows];
    int at = 0;
    for (int s = 0; s < batches.size(); s++) {
      int[] from = ((DictionaryVector) batches.get(s).column(column)).codes();
      System.arraycopy(from, froms[s], codes, at, counts[s]);
      at += counts[s];
    }
    return new DictionaryVector(rows, codes, dictionary, nulls);
  }

  private BytesVector bytes(LogicalType type, int column, long @Nullable [] nulls) {
    int[] offsets = new int[rows + 1];
    int at = 0;
    for (int s = 0; s < batches.size(); s++) {
      ColumnVector from = batches.get(s).column(column);
      for (int row = froms[s]; row < froms[s] + counts[s]; row++, at++) {
        offsets[at + 1] = Math.addExact(offsets[at], length(from, row));
      }
    }
    byte[] data = new byte[offsets[rows]];
    at = 0;
    for (int s = 0; s < batches.size(); s++) {
      ColumnVector from = batches.get(s).column(column);
      if (from instanceof BytesVector plain && plain.nulls() == null) {
        int start = plain.offsets()[froms[s]];
        System.arraycopy(
            plain.data(), start, data, offsets[at], offsets[at + counts[s]] - offsets[at]);
      } else {
        copyEach(from, froms[s], counts[s], data, offsets, at);
      }
      at += counts[s];
    }
    return new BytesVector(type, rows, data, offsets, nulls);
  }

  private static int length(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      return 0;
    }
    return vector instanceof DictionaryVector coded
        ? coded.dictionary().length(coded.codes()[row])
        : ((BytesVector) vector).length(row);
  }

  private static void copyEach(
      ColumnVector vector, int first, int count, byte[] data, int[] offsets, int at) {
    for (int i = 0; i < count; i++) {
      int row = first + i;
      if (!vector.isNull(row)) {
        boolean isCoded = vector instanceof DictionaryVector;
        BytesVector texts =
            vector instanceof DictionaryVector coded ? coded.dictionary() : (BytesVector) vector;
        int place = isCoded ? ((DictionaryVector) vector).codes()[row] : row;
        System.arraycopy(
            texts.data(), texts.offsets()[place], data, offsets[at + i], texts.length(place));
      }
    }
  }
}
