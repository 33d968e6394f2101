package dev.kyma.format.widen;

import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.LogicalType.Kind;
import dev.kyma.format.type.LogicalType.Physical;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.AllNull;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.Int128VectorBuilder;
import dev.kyma.format.vector.LongVector;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Converts vectors and batches to wider types without losing anything. Stateless. */
public final class Widening {
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  private Widening() {}

  /**
   * Whether every value of one type has its equal in the other and {@link #of(ColumnVector,
   * LogicalType)} finds it. Whole numbers of 64 bits count as widening to doubles: the schema only
   * does so while all of them are exact.
   */
  public static boolean isWider(LogicalType from, LogicalType to) {
    if (from.equals(to) || to.kind() == Kind.DYNAMIC) {
      return true;
    }
    return switch (from.kind()) {
      case INT16, INT32, INT64 ->
          to.isInteger() && to.kind().compareTo(from.kind()) > 0
              || to.kind() == Kind.FLOAT64
              || to.kind() == Kind.DECIMAL && to.precision() - to.scale() >= integerDigits(from);
      case FLOAT32 -> to.kind() == Kind.FLOAT64;
      case DECIMAL ->
          to.kind() == Kind.DECIMAL
              && to.scale() >= from.scale()
              && to.precision() - to.scale() >= from.precision() - from.scale();
      case DATE -> to.kind() == Kind.TIMESTAMP;
      case BOOL, FLOAT64, TIME, TIMESTAMP, TEXT, BINARY, DYNAMIC, VECTOR -> false;
    };
  }

  private static int integerDigits(LogicalType type) {
    return switch (type.kind()) {
      case INT16 -> 5;
      case INT32 -> 10;
      case INT64 -> 19;
      case BOOL, FLOAT32, FLOAT64, DECIMAL, DATE, TIME, TIMESTAMP, TEXT, BINARY, DYNAMIC, VECTOR ->
          throw new IllegalArgumentException(type.id());
    };
  }

  /**
   * The same values as another type; the vector itself when it has that type.
   *
   * @throws IllegalArgumentException if the type is not {@link #isWider wider}
   */
  public static ColumnVector of(ColumnVector vector, LogicalType to) {
    LogicalType from = vector.type();
    if (from.equals(to)) {
      return vector;
    }
    if (!isWider(from, to)) {
      throw new IllegalArgumentException(from + " does not widen to " + to);
    }
    if (to.kind() == Kind.DYNAMIC) {
      return JsonTexts.of(vector);
    }
    return switch (vector) {
      case LongVector longs -> longs(longs, to);
      case DoubleVector doubles ->
          new DoubleVector(to, doubles.size(), doubles.values(), doubles.nulls());
      case Int128Vector wide -> rescale(wide, to.scale() - from.scale(), to);
      case BytesVector _, DictionaryVector _, FloatsVector _ ->
          throw new IllegalArgumentException(from + " does not widen to " + to);
    };
  }

  /**
   * Rows in the columns of a wider schema: columns are found by id, ones the rows do not have are
   * NULL.
   */
  public static Batch of(Batch batch, TableSchema from, TableSchema to) {
    List<ColumnVector> columns = new ArrayList<>(to.size());
    for (Field field : to.fields()) {
      int place = from.indexOfId(field.id());
      columns.add(
          place < 0
              ? AllNull.of(field.type(), batch.rowCount())
              : of(batch.column(place), field.type()));
    }
    return new Batch(columns, batch.rowCount());
  }

  private static ColumnVector longs(LongVector longs, LogicalType to) {
    LogicalType from = longs.type();
    if (to.kind() == Kind.FLOAT64) {
      double[] values = new double[longs.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = longs.values()[i];
      }
      return new DoubleVector(to, values.length, values, longs.nulls());
    }
    if (to.physical() == Physical.INT128) {
      return rescale(longs, to.scale() - from.scale(), to);
    }
    long factor =
        switch (to.kind()) {
          case TIMESTAMP -> NANOS_PER_DAY;
          case DECIMAL -> powerOfTen(to.scale() - from.scale()).longValueExact();
          case INT16, INT32, INT64 -> 1;
          case BOOL, FLOAT32, FLOAT64, DATE, TIME, TEXT, BINARY, DYNAMIC, VECTOR ->
              throw new IllegalArgumentException(from + " does not widen to " + to);
        };
    if (factor == 1) {
      return new LongVector(to, longs.size(), longs.values(), longs.nulls());
    }
    long[] values = new long[longs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = longs.isNull(i) ? 0 : Math.multiplyExact(longs.values()[i], factor);
    }
    return new LongVector(to, values.length, values, longs.nulls());
  }

  private static ColumnVector rescale(ColumnVector vector, int digits, LogicalType to) {
    BigInteger factor = powerOfTen(digits);
    Int128VectorBuilder out = new Int128VectorBuilder(to, vector.size());
    for (int row = 0; row < vector.size(); row++) {
      if (vector.isNull(row)) {
        out.appendNull();
      } else {
        out.append(unscaled(vector, row).multiply(factor));
      }
    }
    return out.build();
  }

  /** The unscaled value of a decimal or whole number that is not NULL. */
  static BigInteger unscaled(ColumnVector vector, int row) {
    return switch (vector) {
      case LongVector longs -> BigInteger.valueOf(longs.values()[row]);
      case Int128Vector wide -> wide.value(row);
      case DoubleVector _, BytesVector _, DictionaryVector _, FloatsVector _ ->
          throw new IllegalArgumentException(vector.type().id());
    };
  }

  private static BigInteger powerOfTen(int digits) {
    return BigInteger.TEN.pow(digits);
  }
}
