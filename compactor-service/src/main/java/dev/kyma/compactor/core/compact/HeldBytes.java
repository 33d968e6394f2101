package dev.kyma.compactor.core.compact;

import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;

/**
 * How much memory the rows of an extent that is being written take, once their values are laid end
 * to end: what the writer will need of it. A count, used by one thread.
 */
final class HeldBytes {
  private long bytes;

  long bytes() {
    return bytes;
  }

  void add(Batch batch) {
    bytes += of(batch);
  }

  /** How much memory the rows of a batch take. */
  static long of(Batch batch) {
    long bytes = 0;
    for (ColumnVector column : batch.columns()) {
      bytes += of(column);
    }
    return bytes;
  }

  private static long of(ColumnVector column) {
    long rows = column.size();
    return switch (column) {
      case LongVector _, DoubleVector _ -> 8 * rows;
      case Int128Vector _ -> 16 * rows;
      case FloatsVector floats -> 4L * floats.dimension() * rows;
      case BytesVector texts -> 4 * rows + texts.offsets()[texts.size()] - texts.offsets()[0];
      case DictionaryVector coded -> 8 * rows + texts(coded);
    };
  }

  private static long texts(DictionaryVector coded) {
    long bytes = 0;
    int[] offsets = coded.dictionary().offsets();
    for (int row = 0; row < coded.size(); row++) {
      if (!coded.isNull(row)) {
        int code = coded.codes()[row];
        bytes += offsets[code + 1] - offsets[code];
      }
    }
    return bytes;
  }
}
