package dev.kyma.format.vector;

import dev.kyma.format.type.LogicalType;
import org.jspecify.annotations.Nullable;

/**
 * Byte strings named by their place in a dictionary.
 *
 * <p>Batches of one scan of one extent share the dictionary object, so an operator may remember by
 * identity what it worked out for each entry. Entries are distinct, and not all of them need occur.
 *
 * @param size how many rows there are
 * @param codes one dictionary place a row
 * @param dictionary the entries, none of them NULL
 * @param nulls the null bitmap, or null when no row is NULL
 */
@SuppressWarnings("ArrayRecordComponent") // the arrays are the point: kernels read them in place
public record DictionaryVector(
    int size, int[] codes, BytesVector dictionary, long @Nullable [] nulls)
    implements ColumnVector {
  // Not compact: javac keeps the parameters' annotations only of constructors written in full.
  public DictionaryVector(int size, int[] codes, BytesVector dictionary, long @Nullable [] nulls) {
    if (codes.length < size || dictionary.nulls() != null) {
      throw new IllegalArgumentException(codes.length + " codes of " + size);
    }
    this.size = size;
    this.codes = codes;
    this.dictionary = dictionary;
    this.nulls = nulls;
  }

  @Override
  public LogicalType type() {
    return dictionary.type();
  }
}
