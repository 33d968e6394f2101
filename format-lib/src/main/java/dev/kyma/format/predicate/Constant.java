package dev.kyma.format.predicate;

import dev.kyma.format.type.LogicalType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A value that is not NULL, in the physical form of its type. Immutable. */
public sealed interface Constant {
  /** The type of the value. */
  LogicalType type();

  /** A value of a type stored as {@link LogicalType.Physical#LONG}. */
  record OfLong(LogicalType type, long value) implements Constant {}

  /** A value of a type stored as {@link LogicalType.Physical#DOUBLE}. */
  record OfDouble(LogicalType type, double value) implements Constant {}

  /** An unscaled decimal of more than 18 digits. */
  record OfInt128(LogicalType type, BigInteger value) implements Constant {}

  /** Text as UTF-8, binary, or a JSON text; the array is kept and must not be written. */
  @SuppressWarnings("ArrayRecordComponent") // equality is defined on the content below
  record OfBytes(LogicalType type, byte[] value) implements Constant {
    /** The value as text. */
    public String text() {
      return new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof OfBytes that
          && type.equals(that.type)
          && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return 31 * type.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "OfBytes[" + type + ", " + text() + "]";
    }
  }

  static Constant of(LogicalType type, long value) {
    return new OfLong(type, value);
  }

  static Constant of(double value) {
    return new OfDouble(LogicalType.FLOAT64, value);
  }

  static Constant of(String text) {
    return new OfBytes(LogicalType.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }
}
