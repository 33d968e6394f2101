package dev.kyma.query.core.expr;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.Selection;
import dev.kyma.format.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;

/** Puts one column together from several that each know some of its rows. Used by one thread. */
final class Merge {
  private final LogicalType type;
  private final int size;
  private final List<ColumnVector> sources = new ArrayList<>();

  /** For each row one more than the number of its source; 0 where it has none. */
  private final int[] sourceOf;

  Merge(LogicalType type, int size) {
    this.type = type;
    this.size = size;
    this.sourceOf = new int[size];
  }

  /** Takes the chosen rows of a column. */
  void add(ColumnVector column, Selection rows) {
    sources.add(column);
    int number = sources.size();
    long[] words = rows.words();
    for (int w = 0; w < words.length; w++) {
      for (long word = words[w]; word != 0; word &= word - 1) {
        sourceOf[(w << 6) + Long.numberOfTrailingZeros(word)] = number;
      }
    }
  }

  /** The column; rows no source was chosen for are NULL. */
  ColumnVector finish() {
    boolean nulls = false;
    for (ColumnVector source : sources) {
      nulls |= source.mayHaveNulls();
    }
    if (!nulls && type.physical() == LogicalType.Physical.LONG) {
      return longs();
    }
    if (!nulls && type.physical() == LogicalType.Physical.DOUBLE) {
      return doubles();
    }
    VectorBuilder builder = VectorBuilder.of(type, size);
    for (int row = 0; row < size; row++) {
      if (sourceOf[row] == 0) {
        builder.appendNull();
      } else {
        builder.append(sources.get(sourceOf[row] - 1), row);
      }
    }
    return builder.build();
  }

  private LongVector longs() {
    long[][] from = new long[sources.size()][];
    for (int i = 0; i < from.length; i++) {
      from[i] = ((LongVector) sources.get(i)).values();
    }
    long[] values = new long[size];
    for (int row = 0; row < size; row++) {
      if (sourceOf[row] > 0) {
        values[row] = from[sourceOf[row] - 1][row];
      }
    }
    return new LongVector(type, values);
  }

  private DoubleVector doubles() {
    double[][] from = new double[sources.size()][];
    for (int i = 0; i < from.length; i++) {
      from[i] = ((DoubleVector) sources.get(i)).values();
    }
    double[] values = new double[size];
    for (int row = 0; row < size; row++) {
      if (sourceOf[row] > 0) {
        values[row] = from[sourceOf[row] - 1][row];
      }
    }
    return new DoubleVector(type, values);
  }
}
