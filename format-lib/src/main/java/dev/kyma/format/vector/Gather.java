package dev.kyma.format.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Picks rows of vectors by their places, in any order and repeatedly. Stateless. */
public final class Gather {
  private Gather() {}

  /**
   * The rows at the given places.
   *
   * @param rows places in the vector; a negative one yields NULL, as outer joins need
   * @param count how many of {@code rows} are meant
   */
  public static ColumnVector rows(ColumnVector vector, int[] rows, int count) {
    long[] nulls = nulls(vector, rows, count);
    return switch (vector) {
      case LongVector longs ->
          new LongVector(longs.type(), count, longs(longs.values(), rows, count), nulls);
      case DoubleVector doubles ->
          new DoubleVector(doubles.type(), count, doubles(doubles.values(), rows, count), nulls);
      case Int128Vector wide ->
          new Int128Vector(
              wide.type(),
              count,
              longs(wide.high(), rows, count),
              longs(wide.low(), rows, count),
              nulls);
      case BytesVector bytes -> bytes(bytes, rows, count, nulls);
      case DictionaryVector coded ->
          new DictionaryVector(count, codes(coded.codes(), rows, count), coded.dictionary(), nulls);
      case FloatsVector floats -> floats(floats, rows, count, nulls);
    };
  }

  /** The rows of a batch at the given places, see {@link #rows(ColumnVector, int[], int)}. */
  public static Batch rows(Batch batch, int[] rows, int count) {
    List<ColumnVector> columns = new ArrayList<>(batch.columns().size());
    for (ColumnVector column : batch.columns()) {
      columns.add(rows(column, rows, count));
    }
    return new Batch(columns, count);
  }

  /** The chosen rows, in their order; the vector itself when all are. */
  public static ColumnVector selected(ColumnVector vector, Selection selection) {
    return selection.isAll() ? vector : rows(vector, places(selection), selection.count());
  }

  /** The chosen rows of a batch, in their order; the batch itself when all are. */
  public static Batch selected(Batch batch, Selection selection) {
    return selection.isAll() ? batch : rows(batch, places(selection), selection.count());
  }

  /** The places of the chosen rows, in ascending order. */
  public static int[] places(Selection selection) {
    int[] places = new int[selection.count()];
    int count = 0;
    long[] words = selection.words();
    for (int w = 0; w < Bits.words(selection.size()); w++) {
      for (long word = words[w]; word != 0; word &= word - 1) {
        places[count++] = (w << 6) + Long.numberOfTrailingZeros(word);
      }
    }
    return places;
  }

  /** One row, {@code count} times. */
  public static ColumnVector repeat(ColumnVector vector, int row, int count) {
    int[] rows = new int[count];
    Arrays.fill(rows, row);
    return rows(vector, rows, count);
  }

  private static long @Nullable [] nulls(ColumnVector vector, int[] rows, int count) {
    long[] from = vector.nulls();
    long[] to = null;
    for (int i = 0; i < count; i++) {
      if (rows[i] < 0 || from != null && Bits.get(from, rows[i])) {
        if (to == null) {
          to = new long[Bits.words(count)];
        }
        Bits.set(to, i);
      }
    }
    return to;
  }

  private static long[] longs(long[] values, int[] rows, int count) {
    long[] picked = new long[count];
    for (int i = 0; i < count; i++) {
      picked[i] = rows[i] < 0 ? 0 : values[rows[i]];
    }
    return picked;
  }

  private static double[] doubles(double[] values, int[] rows, int count) {
    double[] picked = new double[count];
    for (int i = 0; i < count; i++) {
      picked[i] = rows[i] < 0 ? 0 : values[rows[i]];
    }
    return picked;
  }

  private static int[] codes(int[] codes, int[] rows, int count) {
    int[] picked = new int[count];
    for (int i = 0; i < count; i++) {
      picked[i] = rows[i] < 0 ? 0 : codes[rows[i]];
    }
    return picked;
  }

  private static BytesVector bytes(
      BytesVector vector, int[] rows, int count, long @Nullable [] nulls) {
    int[] from = vector.offsets();
    int[] offsets = new int[count + 1];
    for (int i = 0; i < count; i++) {
      int length = rows[i] < 0 ? 0 : from[rows[i] + 1] - from[rows[i]];
      offsets[i + 1] = Math.addExact(offsets[i], length);
    }
    byte[] data = new byte[offsets[count]];
    for (int i = 0; i < count; i++) {
      if (rows[i] >= 0) {
        System.arraycopy(
            vector.data(), from[rows[i]], data, offsets[i], offsets[i + 1] - offsets[i]);
      }
    }
    return new BytesVector(vector.type(), count, data, offsets, nulls);
  }

  private static FloatsVector floats(
      FloatsVector vector, int[] rows, int count, long @Nullable [] nulls) {
    int dimension = vector.dimension();
    float[] picked = new float[Math.multiplyExact(count, dimension)];
    for (int i = 0; i < count; i++) {
      if (rows[i] >= 0) {
        System.arraycopy(vector.values(), rows[i] * dimension, picked, i * dimension, dimension);
      }
    }
    return new FloatsVector(vector.type(), count, picked, nulls);
  }
}
