package dev.kyma.query.core.text;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.math.BigDecimal;

/** Values as Postgres prints them. Stateless. */
public final class SqlText {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_DAY = 86_400 * NANOS_PER_SECOND;
  private static final byte[] HEX =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private SqlText() {}

  /** Writes a value that is not NULL. */
  public static void write(ColumnVector column, int row, ByteSink sink) {
    switch (column) {
      case LongVector vector -> write(vector.type(), vector.values()[row], sink);
      case DoubleVector vector -> write(vector.type(), vector.values()[row], sink);
      case Int128Vector vector ->
          sink.put(new BigDecimal(vector.value(row), vector.type().scale()).toPlainString());
      case BytesVector vector -> write(vector, row, sink);
      case DictionaryVector vector -> write(vector.dictionary(), vector.codes()[row], sink);
      case FloatsVector vector -> {
        int dimension = vector.dimension();
        sink.put('[');
        for (int i = 0; i < dimension; i++) {
          if (i > 0) {
            sink.put(',');
          }
          write(LogicalType.FLOAT32, vector.values()[row * dimension + i], sink);
        }
        sink.put(']');
      }
    }
  }

  private static void write(BytesVector vector, int row, ByteSink sink) {
    int from = vector.offsets()[row];
    int to = vector.offsets()[row + 1];
    if (vector.type().kind() != LogicalType.Kind.BINARY) {
      sink.put(vector.data(), from, to);
      return;
    }
    sink.put("\\x");
    for (int i = from; i < to; i++) {
      sink.put(HEX[vector.data()[i] >> 4 & 15]).put(HEX[vector.data()[i] & 15]);
    }
  }

  /** Writes a value of a type stored as a 64-bit integer. */
  public static void write(LogicalType type, long value, ByteSink sink) {
    switch (type.kind()) {
      case BOOL -> sink.put(value != 0 ? "true" : "false");
      case DECIMAL -> decimal(value, type.scale(), sink);
      case DATE -> date(value, sink);
      case TIME -> time(value, sink);
      case TIMESTAMP -> {
        date(Math.floorDiv(value, NANOS_PER_DAY), sink);
        sink.put(' ');
        time(Math.floorMod(value, NANOS_PER_DAY), sink);
      }
      case INT16, INT32, INT64, FLOAT32, FLOAT64, TEXT, BINARY, DYNAMIC, VECTOR -> sink.put(value);
    }
  }

  /** Writes a float with the fewest digits that read back as the same number. */
  public static void write(LogicalType type, double value, ByteSink sink) {
    if (Double.isNaN(value)) {
      sink.put("NaN");
    } else if (Double.isInfinite(value)) {
      sink.put(value > 0 ? "Infinity" : "-Infinity");
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      if (value == 0 && 1 / value < 0) {
        sink.put('-');
      }
      sink.put((long) value);
    } else {
      String digits =
          type.kind() == LogicalType.Kind.FLOAT32
              ? Float.toString((float) value)
              : Double.toString(value);
      BigDecimal exact = new BigDecimal(digits).stripTrailingZeros();
      int exponent = exact.precision() - exact.scale() - 1;
      if (exponent >= -5 && exponent < 15) {
        sink.put(exact.toPlainString());
      } else {
        String unscaled = exact.unscaledValue().abs().toString();
        sink.put(value < 0 ? "-" : "").put(unscaled.charAt(0));
        if (unscaled.length() > 1) {
          sink.put('.').put(unscaled.substring(1));
        }
        sink.put('e').put(exponent < 0 ? '-' : '+').padded(Math.abs(exponent), 2);
      }
    }
  }

  /** Writes an unscaled decimal. */
  static void decimal(long unscaled, int scale, ByteSink sink) {
    if (scale == 0) {
      sink.put(unscaled);
      return;
    }
    if (unscaled < 0) {
      sink.put('-');
    }
    long power = 1;
    for (int i = 0; i < scale; i++) {
      power *= 10;
    }
    long rest = Math.abs(unscaled);
    sink.put(rest / power).put('.').padded(rest % power, scale);
  }

  /** Writes days since 1970 as {@code yyyy-mm-dd}. */
  static void date(long days, ByteSink sink) {
    // Days to year, month, day in the proleptic Gregorian calendar, by eras of 400 years.
    long z = days + 719_468;
    long era = Math.floorDiv(z, 146_097);
    long dayOfEra = z - era * 146_097;
    long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long month = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * month + 2) / 5 + 1;
    month = month < 10 ? month + 3 : month - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    if (year < 0) {
      sink.put('-');
    }
    sink.padded(Math.abs(year), 4).put('-').padded(month, 2).put('-').padded(day, 2);
  }

  /** Writes nanoseconds of a day as {@code hh:mm:ss}, with a fraction where there is one. */
  private static void time(long nanos, ByteSink sink) {
    clock(nanos, sink);
    long fraction = nanos % NANOS_PER_SECOND;
    if (fraction != 0) {
      int digits = 9;
      while (fraction % 10 == 0) {
        fraction /= 10;
        digits--;
      }
      sink.put('.').padded(fraction, digits);
    }
  }

  /** Writes nanoseconds of a day as {@code hh:mm:ss}. */
  static void clock(long nanos, ByteSink sink) {
    long seconds = nanos / NANOS_PER_SECOND;
    sink.padded(seconds / 3_600, 2)
        .put(':')
        .padded(seconds / 60 % 60, 2)
        .put(':')
        .padded(seconds % 60, 2);
  }
}
