package dev.kyma.format.index;

import dev.kyma.format.encoding.Hashing;
import dev.kyma.format.predicate.ColumnPoint;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.math.BigInteger;
import java.util.OptionalLong;

/**
 * The 64-bit hash of a value, by which indexes and filters know it. Equal values of one type have
 * equal hashes, and so have equal values of types that {@link #alike hash alike}.
 *
 * <p>It is {@code mix(number)} of what is stored as 64 bits, {@code mix(key)} of a floating-point
 * number's {@link ColumnPoint#key place}, {@code mix(mix(high) ^ low)} of 128 bits and {@link
 * Hashing#hash} of a byte string. A key of several columns is folded from the first on: {@code h =
 * mix(mix(h) ^ next)}. NULL is 0. Part of the format. Stateless.
 */
public final class ValueHash {
  private ValueHash() {}

  /** Whether values have hashes: all but vectors of floats and JSON, whose texts may differ. */
  public static boolean supports(LogicalType type) {
    return switch (type.kind()) {
      case BOOL, INT16, INT32, INT64, FLOAT32, FLOAT64, DECIMAL, DATE, TIME, TIMESTAMP -> true;
      case TEXT, BINARY -> true;
      case DYNAMIC, VECTOR -> false;
    };
  }

  /** Whether a value of one type has the same hash as the equal value of the other. */
  public static boolean alike(LogicalType one, LogicalType other) {
    return supports(one)
        && (one.equals(other) || isInteger(one) && isInteger(other) || isDouble(one, other));
  }

  private static boolean isInteger(LogicalType type) {
    return switch (type.kind()) {
      case INT16, INT32, INT64 -> true;
      case BOOL, FLOAT32, FLOAT64, DECIMAL, DATE, TIME, TIMESTAMP, TEXT, BINARY, DYNAMIC, VECTOR ->
          false;
    };
  }

  private static boolean isDouble(LogicalType one, LogicalType other) {
    return one.physical() == LogicalType.Physical.DOUBLE
        && other.physical() == LogicalType.Physical.DOUBLE;
  }

  /**
   * The hash of the value of a column that equals a constant; none when no value does.
   *
   * @throws IllegalArgumentException if values of the two types cannot be compared
   */
  public static OptionalLong of(LogicalType column, Constant constant) {
    if (constant instanceof Constant.OfBytes(_, byte[] value)) {
      return OptionalLong.of(Hashing.hash(value, 0, value.length));
    }
    ColumnPoint point = ColumnPoint.of(column, constant);
    if (!point.exact()) {
      return OptionalLong.empty();
    }
    BigInteger number = point.floor();
    return OptionalLong.of(
        column.physical() == LogicalType.Physical.INT128
            ? wide(Int128Vector.high(number), Int128Vector.low(number))
            : Hashing.mix(number.longValue()));
  }

  /** The hash of every row's value. */
  public static long[] of(ColumnVector values) {
    long[] hashes = new long[values.size()];
    switch (values) {
      case LongVector longs -> {
        for (int row = 0; row < hashes.length; row++) {
          hashes[row] = Hashing.mix(longs.values()[row]);
        }
      }
      case DoubleVector doubles -> {
        for (int row = 0; row < hashes.length; row++) {
          hashes[row] = Hashing.mix(ColumnPoint.key(doubles.values()[row]));
        }
      }
      case Int128Vector wide -> {
        for (int row = 0; row < hashes.length; row++) {
          hashes[row] = wide(wide.high()[row], wide.low()[row]);
        }
      }
      case BytesVector bytes -> {
        for (int row = 0; row < hashes.length; row++) {
          hashes[row] = Hashing.hash(bytes.data(), bytes.offsets()[row], bytes.length(row));
        }
      }
      case DictionaryVector coded -> {
        long[] entries = of(coded.dictionary());
        for (int row = 0; row < hashes.length; row++) {
          hashes[row] = coded.isNull(row) ? 0 : entries[coded.codes()[row]];
        }
      }
      case FloatsVector floats -> throw new IllegalArgumentException(floats.type() + " hashed");
    }
    if (values.nulls() != null) {
      for (int row = 0; row < hashes.length; row++) {
        hashes[row] = values.isNull(row) ? 0 : hashes[row];
      }
    }
    return hashes;
  }

  /** The hash of every key, which are the rows of the batch. */
  public static long[] ofKeys(Batch keys) {
    long[] hashes = new long[keys.rowCount()];
    for (int column = 0; column < keys.columns().size(); column++) {
      fold(hashes, of(keys.column(column)), column == 0);
    }
    return hashes;
  }

  /** Takes the next column of keys into their hashes. */
  public static void fold(long[] hashes, long[] next, boolean isFirst) {
    for (int row = 0; row < hashes.length; row++) {
      hashes[row] = isFirst ? next[row] : Hashing.mix(Hashing.mix(hashes[row]) ^ next[row]);
    }
  }

  private static long wide(long high, long low) {
    return Hashing.mix(Hashing.mix(high) ^ low);
  }
}
