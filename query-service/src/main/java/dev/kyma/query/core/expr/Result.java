package dev.kyma.query.core.expr;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVectorBuilder;
import dev.kyma.format.vector.Int128VectorBuilder;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.VectorBuilder;
import dev.kyma.query.core.QueryException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Takes the value of a function in one row after the other. Used by one thread. */
final class Result {
  private static final BigInteger[] POWERS = powers();

  private final LogicalType type;
  private final VectorBuilder builder;

  Result(LogicalType type, int rows) {
    this.type = type;
    this.builder = VectorBuilder.of(type, rows);
  }

  private static BigInteger[] powers() {
    BigInteger[] powers = new BigInteger[LogicalType.MAX_DECIMAL_PRECISION + 1];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = BigInteger.TEN.pow(i);
    }
    return powers;
  }

  LogicalType type() {
    return type;
  }

  void nothing() {
    builder.appendNull();
  }

  void integer(long value) {
    ((LongVectorBuilder) builder).append(value);
  }

  /** A whole number, checked against the range of the type. */
  void checked(long value) {
    ((LongVectorBuilder) builder).append(inRange(type, value));
  }

  static long inRange(LogicalType type, long value) {
    boolean fits =
        switch (type.kind()) {
          case INT16 -> value == (short) value;
          case INT32, DATE -> value == (int) value;
          case BOOL,
              INT64,
              FLOAT32,
              FLOAT64,
              DECIMAL,
              TIME,
              TIMESTAMP,
              TEXT,
              BINARY,
              DYNAMIC,
              VECTOR ->
              true;
        };
    if (!fits) {
      throw outOfRange(type);
    }
    return value;
  }

  static QueryException outOfRange(LogicalType type) {
    return QueryException.invalidValue("value is out of the range of " + type.sqlName());
  }

  void bool(boolean value) {
    ((LongVectorBuilder) builder).append(value ? 1 : 0);
  }

  void number(double value) {
    ((DoubleVectorBuilder) builder).append(value);
  }

  void text(String value) {
    ((BytesVectorBuilder) builder).append(value);
  }

  void bytes(byte[] data, int from, int to) {
    ((BytesVectorBuilder) builder).append(data, from, to - from);
  }

  void bytes(byte[] value) {
    ((BytesVectorBuilder) builder).append(value, 0, value.length);
  }

  /** An exact number rounded half away from zero to the type's scale. */
  void decimal(BigDecimal value) {
    decimal(value, RoundingMode.HALF_UP);
  }

  void decimal(BigDecimal value, RoundingMode rounding) {
    unscaled(value.setScale(type.scale(), rounding).unscaledValue());
  }

  private void unscaled(BigInteger value) {
    if (type.kind() != LogicalType.Kind.DECIMAL) {
      if (value.bitLength() > 63) {
        throw outOfRange(type);
      }
      checked(value.longValue());
      return;
    }
    if (value.abs().compareTo(POWERS[type.precision()]) >= 0) {
      throw outOfRange(type);
    }
    if (builder instanceof Int128VectorBuilder wide) {
      wide.append(value);
    } else {
      integer(value.longValue());
    }
  }

  /** A copy of a value, NULL too. */
  void copy(ColumnVector source, int row) {
    builder.append(source, row);
  }

  ColumnVector build() {
    return builder.build();
  }
}
