package dev.kyma.compactor.core;

import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;

/** How much heap vectors take, near enough to bound it. */
public final class VectorMemory {
  private static final long OBJECTS_PER_VECTOR = 96;

  private VectorMemory() {}

  /** How many bytes the vectors of a batch take, a dictionary counted for each that uses it. */
  public static long of(Batch batch) {
    long bytes = 0;
    for (ColumnVector column : batch.columns()) {
      bytes += of(column);
    }
    return bytes;
  }

  private static long of(ColumnVector column) {
    long[] nulls = column.nulls();
    long bytes = OBJECTS_PER_VECTOR + (nulls == null ? 0 : 8L * nulls.length);
    return bytes
        + switch (column) {
          case LongVector longs -> 8L * longs.values().length;
          case DoubleVector doubles -> 8L * doubles.values().length;
          case Int128Vector wide -> 16L * wide.high().length;
          case BytesVector bytesVector ->
              bytesVector.data().length + 4L * bytesVector.offsets().length;
          case DictionaryVector coded -> 4L * coded.codes().length + of(coded.dictionary());
          case FloatsVector floats -> 4L * floats.values().length;
        };
  }
}
