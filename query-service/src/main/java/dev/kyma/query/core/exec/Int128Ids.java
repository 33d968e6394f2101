package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Int128Vector;

/** Numbers 128-bit values, as pairs of the numbers of their halves. */
final class Int128Ids extends ValueIds {
  private final LogicalType type;
  private final LongIds highs;
  private final LongIds lows;
  private final PairIds pairs;

  Int128Ids(LogicalType type, MemoryBudget memory) {
    this.type = type;
    this.highs = new LongIds(LogicalType.INT64, memory);
    this.lows = new LongIds(LogicalType.INT64, memory);
    this.pairs = new PairIds(memory);
    pairs.id(NULL_ID, NULL_ID);
  }

  @Override
  int size() {
    return pairs.size();
  }

  @Override
  void assign(ColumnVector column, int[] rows, int count, int[] ids) {
    Int128Vector vector = (Int128Vector) column;
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      ids[i] =
          vector.isNull(row)
              ? NULL_ID
              : pairs.id(highs.id(vector.high()[row]), lows.id(vector.low()[row]));
    }
  }

  @Override
  Reader reader() {
    return (column, rows, count, ids) -> {
      Int128Vector vector = (Int128Vector) column;
      for (int i = 0; i < count; i++) {
        int row = rows[i];
        if (vector.isNull(row)) {
          ids[i] = NULL_ID;
        } else {
          int high = highs.find(vector.high()[row]);
          int low = lows.find(vector.low()[row]);
          ids[i] = high == ABSENT || low == ABSENT ? ABSENT : pairs.find(high, low);
        }
      }
    };
  }

  @Override
  ColumnVector values(int[] ids, int count) {
    int[] highIds = new int[count];
    int[] lowIds = new int[count];
    for (int i = 0; i < count; i++) {
      highIds[i] = pairs.first(ids[i]);
      lowIds[i] = pairs.second(ids[i]);
    }
    long[] high = ((dev.kyma.format.vector.LongVector) highs.values(highIds, count)).values();
    long[] low = ((dev.kyma.format.vector.LongVector) lows.values(lowIds, count)).values();
    return new Int128Vector(type, count, high, low, nullsWhereZero(ids, count));
  }
}
