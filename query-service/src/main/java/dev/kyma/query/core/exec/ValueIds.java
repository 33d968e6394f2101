package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.ColumnVector;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the distinct values of one column in order of first appearance. NULL has the number 0,
 * values count from 1.
 *
 * <p>{@link #assign} is for one thread. Once nothing is assigned any more, {@link #reader()} gives
 * each thread a way to look values up.
 */
abstract sealed class ValueIds permits LongIds, Int128Ids, BytesIds {
  /** The number of NULL. */
  static final int NULL_ID = 0;

  /** What a lookup answers for a value without a number. */
  static final int ABSENT = -1;

  /** Looks values up without giving out numbers. Used by one thread. */
  interface Reader {
    /** Writes the number of each value, or {@link #ABSENT}. */
    void find(ColumnVector column, int[] rows, int count, int[] ids);
  }

  /** The kind of table a type needs. */
  static ValueIds of(LogicalType type, MemoryBudget memory) {
    return switch (type.physical()) {
      case LONG, DOUBLE -> new LongIds(type, memory);
      case INT128 -> new Int128Ids(type, memory);
      case BYTES, FLOATS -> BytesIds.ofValues(type, memory);
    };
  }

  /** Writes the number of the value in each of {@code rows}, giving new values the next ones. */
  abstract void assign(ColumnVector column, int[] rows, int count, int[] ids);

  abstract Reader reader();

  /** One more than the highest number given out. */
  abstract int size();

  /** The values with these numbers. */
  abstract ColumnVector values(int[] ids, int count);

  /** A null bitmap with a bit where the number is {@link #NULL_ID}. */
  static long @Nullable [] nullsWhereZero(int[] ids, int count) {
    long[] nulls = null;
    for (int i = 0; i < count; i++) {
      if (ids[i] == NULL_ID) {
        if (nulls == null) {
          nulls = new long[Bits.words(count)];
        }
        Bits.set(nulls, i);
      }
    }
    return nulls;
  }
}
