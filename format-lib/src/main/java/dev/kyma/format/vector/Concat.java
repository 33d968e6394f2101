package dev.kyma.format.vector;

import dev.kyma.format.type.LogicalType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts vectors of one type one after another. Stateless. */
public final class Concat {
  private Concat() {}

  /**
   * All rows of the parts, in order. Parts that share one dictionary keep it; other dictionaries
   * are flattened.
   *
   * @param type the type of the parts and of the result
   */
  public static ColumnVector of(LogicalType type, List<ColumnVector> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int size = 0;
    for (ColumnVector part : parts) {
      size = Math.addExact(size, part.size());
    }
    long[] nulls = nulls(parts, size);
    return switch (type.physical()) {
      case LONG -> longs(type, parts, size, nulls);
      case DOUBLE -> doubles(type, parts, size, nulls);
      case INT128 -> wide(type, parts, size, nulls);
      case BYTES -> {
        BytesVector shared = sharedDictionary(parts);
        yield shared == null ? bytes(type, parts, size, nulls) : coded(shared, parts, size, nulls);
      }
      case FLOATS -> floats(type, parts, size, nulls);
    };
  }

  /**
   * All rows of the batches, in order.
   *
   * @param types the types of the columns, needed when there is no batch
   */
  public static Batch of(List<LogicalType> types, List<Batch> batches) {
    if (batches.size() == 1) {
      return batches.get(0);
    }
    int rows = 0;
    for (Batch batch : batches) {
      rows = Math.addExact(rows, batch.rowCount());
    }
    List<ColumnVector> columns = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      List<ColumnVector> parts = new ArrayList<>(batches.size());
      for (Batch batch : batches) {
        parts.add(batch.column(i));
      }
      columns.add(of(types.get(i), parts));
    }
    return new Batch(columns, rows);
  }

  private static long @Nullable [] nulls(List<ColumnVector> parts, int size) {
    long[] nulls = null;
    int at = 0;
    for (ColumnVector part : parts) {
      long[] from = part.nulls();
      if (from != null) {
        if (nulls == null) {
          nulls = new long[Bits.words(size)];
        }
        for (int row = 0; row < part.size(); row++) {
          if (Bits.get(from, row)) {
            Bits.set(nulls, at + row);
          }
        }
      }
      at += part.size();
    }
    return nulls;
  }

  private static LongVector longs(
      LogicalType type, List<ColumnVector> parts, int size, long @Nullable [] nulls) {
    long[] values = new long[size];
    int at = 0;
    for (ColumnVector part : parts) {
      System.arraycopy(((LongVector) part).values(), 0, values, at, part.size());
      at += part.size();
    }
    return new LongVector(type, size, values, nulls);
  }

  private static DoubleVector doubles(
      LogicalType type, List<ColumnVector> parts, int size, long @Nullable [] nulls) {
    double[] values = new double[size];
    int at = 0;
    for (ColumnVector part : parts) {
      System.arraycopy(((DoubleVector) part).values(), 0, values, at, part.size());
      at += part.size();
    }
    return new DoubleVector(type, size, values, nulls);
  }

  private static Int128Vector wide(
      LogicalType type, List<ColumnVector> parts, int size, long @Nullable [] nulls) {
    long[] high = new long[size];
    long[] low = new long[size];
    int at = 0;
    for (ColumnVector part : parts) {
      Int128Vector vector = (Int128Vector) part;
      System.arraycopy(vector.high(), 0, high, at, part.size());
      System.arraycopy(vector.low(), 0, low, at, part.size());
      at += part.size();
    }
    return new Int128Vector(type, size, high, low, nulls);
  }

  private static FloatsVector floats(
      LogicalType type, List<ColumnVector> parts, int size, long @Nullable [] nulls) {
    int dimension = type.precision();
    float[] values = new float[Math.multiplyExact(size, dimension)];
    int at = 0;
    for (ColumnVector part : parts) {
      int count = part.size() * dimension;
      System.arraycopy(((FloatsVector) part).values(), 0, values, at, count);
      at += count;
    }
    return new FloatsVector(type, size, values, nulls);
  }

  private static @Nullable BytesVector sharedDictionary(List<ColumnVector> parts) {
    BytesVector shared = null;
    for (ColumnVector part : parts) {
      if (!(part instanceof DictionaryVector coded)
          || shared != null && shared != coded.dictionary()) {
        return null;
      }
      shared = coded.dictionary();
    }
    return shared;
  }

  private static DictionaryVector coded(
      BytesVector dictionary, List<ColumnVector> parts, int size, long @Nullable [] nulls) {
    int[] codes = new int[size];
    int at = 0;
    for (ColumnVector part : parts) {
      System.arraycopy(((DictionaryVector) part).codes(), 0, codes, at, part.size());
      at += part.size();
    }
    return new DictionaryVector(size, codes, dictionary, nulls);
  }

  private static BytesVector bytes(
      LogicalType type, List<ColumnVector> parts, int size, long @Nullable [] nulls) {
    List<BytesVector> flat = new ArrayList<>(parts.size());
    int length = 0;
    for (ColumnVector part : parts) {
      BytesVector vector = (BytesVector) Flatten.of(part);
      flat.add(vector);
      length = Math.addExact(length, vector.offsets()[vector.size()] - vector.offsets()[0]);
    }
    byte[] data = new byte[length];
    int[] offsets = new int[size + 1];
    int row = 0;
    int to = 0;
    for (BytesVector part : flat) {
      int start = part.offsets()[0];
      int count = part.offsets()[part.size()] - start;
      System.arraycopy(part.data(), start, data, to, count);
      for (int i = 1; i <= part.size(); i++) {
        offsets[row + i] = to + part.offsets()[i] - start;
      }
      row += part.size();
      to += count;
    }
    return new BytesVector(type, size, data, offsets, nulls);
  }
}
