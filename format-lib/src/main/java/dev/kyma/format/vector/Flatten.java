package dev.kyma.format.vector;

/** Replaces dictionary places by the values they name. Stateless. */
public final class Flatten {
  private Flatten() {}

  /** The same values without a dictionary; the vector itself when it has none. */
  public static ColumnVector of(ColumnVector vector) {
    return switch (vector) {
      case DictionaryVector coded -> of(coded);
      case LongVector _, DoubleVector _, Int128Vector _, BytesVector _, FloatsVector _ -> vector;
    };
  }

  /** The same values laid end to end. */
  public static BytesVector of(DictionaryVector coded) {
    BytesVector entries = coded.dictionary();
    byte[] source = entries.data();
    int[] from = entries.offsets();
    int[] codes = coded.codes();
    int size = coded.size();
    long[] nulls = coded.nulls();
    int[] offsets = new int[size + 1];
    for (int i = 0; i < size; i++) {
      // The code of a null row is unspecified.
      boolean isNull = nulls != null && Bits.get(nulls, i);
      int length = isNull ? 0 : from[codes[i] + 1] - from[codes[i]];
      offsets[i + 1] = Math.addExact(offsets[i], length);
    }
    byte[] data = new byte[offsets[size]];
    for (int i = 0; i < size; i++) {
      int length = offsets[i + 1] - offsets[i];
      if (length > 0) {
        System.arraycopy(source, from[codes[i]], data, offsets[i], length);
      }
    }
    return new BytesVector(coded.type(), size, data, offsets, nulls);
  }
}
