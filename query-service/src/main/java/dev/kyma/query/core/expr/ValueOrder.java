package dev.kyma.query.core.expr;

import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.QueryException;
import java.util.Arrays;

/** The order of values: text bytewise, NaN equal to itself and after every number. Stateless. */
public final class ValueOrder {
  private ValueOrder() {}

  /** A whole number that orders as the float does, NaN last and -0 as 0. */
  public static long ordered(double value) {
    long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
    return bits ^ (bits >> 63) & Long.MAX_VALUE;
  }

  /** Compares two values that are not NULL, of one type but perhaps not of one kind of vector. */
  public static int compare(ColumnVector left, int leftRow, ColumnVector right, int rightRow) {
    return switch (left) {
      case LongVector a ->
          Long.compare(a.values()[leftRow], ((LongVector) right).values()[rightRow]);
      case DoubleVector a ->
          Long.compare(
              ordered(a.values()[leftRow]), ordered(((DoubleVector) right).values()[rightRow]));
      case Int128Vector a -> {
        Int128Vector b = (Int128Vector) right;
        int high = Long.compare(a.high()[leftRow], b.high()[rightRow]);
        yield high != 0 ? high : Long.compareUnsigned(a.low()[leftRow], b.low()[rightRow]);
      }
      case BytesVector a -> compareBytes(a, leftRow, right, rightRow);
      case DictionaryVector a -> compareBytes(a.dictionary(), a.codes()[leftRow], right, rightRow);
      case FloatsVector a -> {
        FloatsVector b = (FloatsVector) right;
        int dimension = a.dimension();
        if (dimension != b.dimension()) {
          throw QueryException.invalidValue("vectors of different dimensions");
        }
        yield Arrays.compare(
            a.values(),
            leftRow * dimension,
            (leftRow + 1) * dimension,
            b.values(),
            rightRow * dimension,
            (rightRow + 1) * dimension);
      }
    };
  }

  private static int compareBytes(BytesVector a, int leftRow, ColumnVector right, int rightRow) {
    BytesVector b;
    int entry;
    if (right instanceof DictionaryVector coded) {
      b = coded.dictionary();
      entry = coded.codes()[rightRow];
    } else {
      b = (BytesVector) right;
      entry = rightRow;
    }
    return Arrays.compareUnsigned(
        a.data(),
        a.offsets()[leftRow],
        a.offsets()[leftRow + 1],
        b.data(),
        b.offsets()[entry],
        b.offsets()[entry + 1]);
  }
}
