package dev.kyma.catalog.summary;

import dev.kyma.format.predicate.ColumnPoint;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.type.LogicalType;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A column's bounds in two longs and a byte. Stateless.
 *
 * <p>Values of numeric and temporal types stand where {@link ColumnPoint} puts them; text and
 * binary by their first eight bytes, in bytewise order. Bounds only ever get wider on the way.
 * Types whose values stand on the same line are one family, and bounds of one say nothing of
 * another.
 */
final class Bounds {
  /** Nothing is known. */
  static final int NONE = 0;

  private static final int INTEGER = 1;
  private static final int FLOAT = 2;
  private static final int BOOL = 3;
  private static final int DATE = 4;
  private static final int TIME = 5;
  private static final int TIMESTAMP = 6;
  private static final int TEXT = 7;
  private static final int BINARY = 8;

  /** Added to a family: all values are NULL. */
  static final int ALL_NULL = 16;

  /** Added to a family: no value is NULL. */
  static final int NO_NULL = 32;

  /** Added to a family: there are bounds. */
  static final int BOUNDED = 64;

  static final int FAMILY = 15;

  private static final int PREFIX = 8;
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

  private Bounds() {}

  /** The family of a type, {@link #NONE} when its values are not summed up. */
  static int family(LogicalType type) {
    return switch (type.kind()) {
      case INT16, INT32, INT64 -> INTEGER;
      case FLOAT32, FLOAT64 -> FLOAT;
      case BOOL -> BOOL;
      case DATE -> DATE;
      case TIME -> TIME;
      case TIMESTAMP -> TIMESTAMP;
      case TEXT -> TEXT;
      case BINARY -> BINARY;
      case DECIMAL, DYNAMIC, VECTOR -> NONE;
    };
  }

  static boolean isBytes(int family) {
    return family == TEXT || family == BINARY;
  }

  /** Family and flags of a column of an extent. */
  static int kind(ColumnStats stats) {
    int family = family(stats.type());
    if (family == NONE) {
      return NONE;
    }
    int kind = family;
    if (stats.nulls() == stats.rows()) {
      kind |= ALL_NULL;
    }
    if (stats.nulls() == 0) {
      kind |= NO_NULL;
    }
    if (stats.min() != null && stats.max() != null) {
      kind |= BOUNDED;
    }
    return kind;
  }

  /** A number that is not above any value's. */
  static long least(LogicalType type, Constant min) {
    return min instanceof Constant.OfBytes bytes
        ? prefix(bytes.value(), (byte) 0)
        : clamp(ColumnPoint.of(type, min).floor());
  }

  /**
   * A number that is not below any value's.
   *
   * @param exact whether the bound is a value; otherwise values may go on from a text
   */
  static long greatest(LogicalType type, Constant max, boolean exact) {
    if (max instanceof Constant.OfBytes bytes) {
      return prefix(bytes.value(), exact ? 0 : (byte) 0xFF);
    }
    ColumnPoint point = ColumnPoint.of(type, max);
    return clamp(point.exact() ? point.floor() : point.floor().add(BigInteger.ONE));
  }

  static long clamp(BigInteger value) {
    return value.max(LEAST).min(GREATEST).longValue();
  }

  static long from(@Nullable BigInteger from) {
    return from == null ? Long.MIN_VALUE : clamp(from);
  }

  static long to(@Nullable BigInteger to) {
    return to == null ? Long.MAX_VALUE : clamp(to);
  }

  /** The first bytes as a number, in the order of the bytes; what is missing is filled. */
  static long prefix(byte[] value, byte fill) {
    long prefix = 0;
    for (int i = 0; i < PREFIX; i++) {
      prefix = prefix << 8 | (i < value.length ? value[i] : fill) & 0xFF;
    }
    return prefix ^ Long.MIN_VALUE;
  }
}
