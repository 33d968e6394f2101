package dev.kyma.query.core.expr;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.Selection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Answers of three-valued logic, one for each row. The arrays are not written once made.
 *
 * @param trues a bit where the answer is true
 * @param unknowns a bit where it is unknown, never together with true; null when it is nowhere
 */
@SuppressWarnings("ArrayRecordComponent") // the arrays are the point: kernels read them in place
record Truth(long[] trues, long @Nullable [] unknowns) {

  /** Answers where a bit of {@code trues} may be set though the answer is unknown. */
  static Truth masked(long[] trues, long @Nullable [] unknowns) {
    if (unknowns == null) {
      return new Truth(trues, null);
    }
    long[] masked = new long[trues.length];
    for (int w = 0; w < masked.length; w++) {
      masked[w] = trues[w] & ~unknowns[w];
    }
    return new Truth(masked, unknowns);
  }

  /** The truth values of a BOOL column. */
  static Truth of(ColumnVector column) {
    LongVector vector = (LongVector) column;
    long[] values = vector.values();
    long[] trues = new long[Bits.words(vector.size())];
    for (int row = 0; row < vector.size(); row++) {
      trues[row >>> 6] |= (values[row] & 1) << row;
    }
    return masked(trues, fit(vector.nulls(), trues.length));
  }

  /** A null bitmap of exactly so many words or more; null stays null. */
  static long @Nullable [] fit(long @Nullable [] nulls, int words) {
    return nulls == null || nulls.length >= words ? nulls : Arrays.copyOf(nulls, words);
  }

  boolean isUnknown(int row) {
    long[] words = unknowns;
    return words != null && Bits.get(words, row);
  }

  /** As a BOOL column. */
  LongVector column(int size) {
    long[] values = new long[size];
    for (int row = 0; row < size; row++) {
      values[row] = trues[row >>> 6] >>> row & 1;
    }
    return new LongVector(LogicalType.BOOL, size, values, unknowns);
  }

  /** The selected rows that are not false, or not true. */
  Selection undecided(Selection among, boolean decidedBy) {
    long[] words = new long[among.words().length];
    for (int w = 0; w < words.length; w++) {
      long unknown = unknowns == null ? 0 : unknowns[w];
      long open = decidedBy ? ~trues[w] : trues[w] | unknown;
      words[w] = among.words()[w] & open;
    }
    return Selection.of(among.size(), words);
  }
}
