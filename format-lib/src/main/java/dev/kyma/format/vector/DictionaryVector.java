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
  public DictionaryVector {
    if (codes.length < size || dictionary.nulls() != null) {
      throw new IllegalArgumentException(codes.length + " codes of " + size);
    }
  }

  @Override
  public LogicalType type() {
    return dictionary.type();
  }
}
