package dev.kyma.format.predicate;

import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import org.jspecify.annotations.Nullable;

/** A condition on byte strings; each entry of a dictionary is decided once. */
final class BytesCondition implements ValueCondition {
  private static final byte UNDECIDED = 0;
  private static final byte HOLDS = 1;
  private static final byte FAILS = 2;

  private final BytesMatcher matcher;
  private @Nullable BytesVector dictionary;
  private byte[] verdicts = new byte[0];
  private boolean allDecided;

  BytesCondition(BytesMatcher matcher) {
    this.matcher = matcher;
  }

  @Override
  public void retain(ColumnVector vector, long[] rows) {
    switch (vector) {
      case BytesVector bytes -> retain(bytes, rows);
      case DictionaryVector coded -> retain(coded, rows);
      case LongVector _, DoubleVector _, Int128Vector _, FloatsVector _ ->
          throw new IllegalArgumentException(vector.type() + " is not held as bytes");
    }
  }

  private void retain(BytesVector vector, long[] rows) {
    byte[] data = vector.data();
    int[] offsets = vector.offsets();
    for (int w = 0; w < Bits.words(vector.size()); w++) {
      long kept = rows[w];
      for (long rest = kept; rest != 0; rest &= rest - 1) {
        int bit = Long.numberOfTrailingZeros(rest);
        int row = (w << 6) + bit;
        if (!matcher.matches(data, offsets[row], offsets[row + 1])) {
          kept &= ~(1L << bit);
        }
      }
      rows[w] = kept;
    }
  }

  private void retain(DictionaryVector vector, long[] rows) {
    BytesVector entries = vector.dictionary();
    if (dictionary != entries) {
      dictionary = entries;
      verdicts = new byte[entries.size()];
      allDecided = false;
    }
    int[] codes = vector.codes();
    boolean decided = decideAll(entries, vector.size());
    for (int w = 0; w < Bits.words(vector.size()); w++) {
      long kept = rows[w];
      if (decided && kept == -1L) {
        rows[w] = holding(codes, w << 6);
        continue;
      }
      for (long rest = kept; rest != 0; rest &= rest - 1) {
        int bit = Long.numberOfTrailingZeros(rest);
        int code = codes[(w << 6) + bit];
        byte verdict = verdicts[code];
        if (verdict == UNDECIDED) {
          int[] offsets = entries.offsets();
          boolean holds = matcher.matches(entries.data(), offsets[code], offsets[code + 1]);
          verdict = holds ? HOLDS : FAILS;
          verdicts[code] = verdict;
        }
        if (verdict == FAILS) {
          kept &= ~(1L << bit);
        }
      }
      rows[w] = kept;
    }
  }

  /** Decides every entry at once where there are fewer entries than rows to test. */
  private boolean decideAll(BytesVector entries, int rows) {
    if (allDecided || entries.size() > rows) {
      return allDecided;
    }
    int[] offsets = entries.offsets();
    for (int code = 0; code < verdicts.length; code++) {
      if (verdicts[code] == UNDECIDED) {
        boolean holds = matcher.matches(entries.data(), offsets[code], offsets[code + 1]);
        verdicts[code] = holds ? HOLDS : FAILS;
      }
    }
    allDecided = true;
    return true;
  }

  /** The verdicts of 64 rows that follow each other, without a branch a row. */
  private long holding(int[] codes, int from) {
    long bits = 0;
    for (int bit = 0; bit < 64; bit++) {
      bits |= (long) (verdicts[codes[from + bit]] & HOLDS) << bit;
    }
    return bits;
  }
}
