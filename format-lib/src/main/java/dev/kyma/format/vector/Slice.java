package dev.kyma.format.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts stretches of rows out of vectors, copying as little as possible. Stateless. */
public final class Slice {
  private Slice() {}

  /**
   * The rows {@code [from, from + count)}; the vector itself when that is all of it. Byte strings
   * and dictionaries are shared with the source.
   */
  public static ColumnVector of(ColumnVector vector, int from, int count) {
    if (from < 0 || count < 0 || count > vector.size() - from) {
      throw new IndexOutOfBoundsException(from + " + " + count + " of " + vector.size());
    }
    if (count == vector.size()) {
      return vector;
    }
    int end = from + count;
    long[] nulls = bits(vector.nulls(), from, count);
    return switch (vector) {
      case LongVector longs ->
          new LongVector(longs.type(), count, Arrays.copyOfRange(longs.values(), from, end), nulls);
      case DoubleVector doubles ->
          new DoubleVector(
              doubles.type(), count, Arrays.copyOfRange(doubles.values(), from, end), nulls);
      case Int128Vector wide ->
          new Int128Vector(
              wide.type(),
              count,
              Arrays.copyOfRange(wide.high(), from, end),
              Arrays.copyOfRange(wide.low(), from, end),
              nulls);
      case BytesVector bytes ->
          new BytesVector(
              bytes.type(),
              count,
              bytes.data(),
              Arrays.copyOfRange(bytes.offsets(), from, end + 1),
              nulls);
      case DictionaryVector coded ->
          new DictionaryVector(
              count, Arrays.copyOfRange(coded.codes(), from, end), coded.dictionary(), nulls);
      case FloatsVector floats ->
          new FloatsVector(
              floats.type(),
              count,
              Arrays.copyOfRange(
                  floats.values(), from * floats.dimension(), end * floats.dimension()),
              nulls);
    };
  }

  /** The rows {@code [from, from + count)} of a batch; the batch itself when that is all of it. */
  public static Batch of(Batch batch, int from, int count) {
    if (from == 0 && count == batch.rowCount()) {
      return batch;
    }
    List<ColumnVector> columns = new ArrayList<>(batch.columns().size());
    for (ColumnVector column : batch.columns()) {
      columns.add(of(column, from, count));
    }
    return new Batch(columns, count);
  }

  /** A stretch of a bitmap, shifted to bit 0, with the bits after it clear; null stays null. */
  static long @Nullable [] bits(long @Nullable [] words, int from, int count) {
    if (words == null) {
      return null;
    }
    long[] cut = new long[Bits.words(count)];
    int shift = from & 63;
    for (int i = 0; i < cut.length; i++) {
      int at = (from >>> 6) + i;
      long word = words[at] >>> shift;
      if (shift != 0 && at + 1 < words.length) {
        word |= words[at + 1] << (64 - shift);
      }
      cut[i] = word;
    }
    if ((count & 63) != 0) {
      cut[cut.length - 1] &= (1L << count) - 1;
    }
    return cut;
  }
}
