package dev.kyma.ingest.core.typing;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.DoubleVectorBuilder;
import dev.kyma.format.vector.FloatsVectorBuilder;
import dev.kyma.format.vector.Int128VectorBuilder;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.VectorBuilder;
import dev.kyma.ingest.core.json.JsonStrings;
import dev.kyma.ingest.core.json.JsonText;
import dev.kyma.ingest.core.json.RawColumn;
import dev.kyma.ingest.core.json.Timestamps;
import dev.kyma.ingest.core.json.ValueKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Appends JSON values to the column of a type, exactly or not at all.
 *
 * <p>A column whose type was declared takes a little more than one whose type was inferred: whole
 * numbers written with a fraction, numbers rounded to the nearest double, times without a zone,
 * decimals as strings.
 */
final class ValueReader {
  private final LogicalType type;
  private final boolean declared;
  private final byte[] source;
  private final JsonText scratch = new JsonText();

  /**
   * @param declared whether the type was declared by a person
   */
  ValueReader(LogicalType type, boolean declared, byte[] source) {
    this.type = type;
    this.declared = declared;
    this.source = source;
  }

  /** Appends an entry that is not null; answers false, appending nothing, when it does not fit. */
  boolean append(RawColumn column, int entry, VectorBuilder builder) {
    ValueKind kind = column.kind(entry);
    int from = column.start(entry);
    int to = column.end(entry);
    long bits = column.bits(entry);
    return switch (builder) {
      case LongVectorBuilder longs -> appendLong(kind, bits, from, to, longs);
      case DoubleVectorBuilder doubles -> appendDouble(kind, bits, from, to, doubles);
      case Int128VectorBuilder decimals -> {
        BigInteger unscaled = unscaled(kind, from, to);
        if (unscaled == null) {
          yield false;
        }
        decimals.append(unscaled);
        yield true;
      }
      case BytesVectorBuilder bytes -> appendBytes(kind, bits, from, to, bytes);
      case FloatsVectorBuilder floats -> appendVector(kind, from, to, floats);
    };
  }

  private boolean appendLong(
      ValueKind kind, long bits, int from, int to, LongVectorBuilder builder) {
    long value;
    switch (type.kind()) {
      case BOOL -> {
        if (kind != ValueKind.BOOL) {
          return false;
        }
        value = bits;
      }
      case INT16, INT32, INT64 -> {
        if (kind == ValueKind.INT64) {
          value = bits;
        } else if (declared && isWholeDouble(kind, bits)) {
          value = (long) Double.longBitsToDouble(bits);
        } else {
          return false;
        }
        if (!inRange(value)) {
          return false;
        }
      }
      case DECIMAL -> {
        BigInteger unscaled = unscaled(kind, from, to);
        if (unscaled == null) {
          return false;
        }
        value = unscaled.longValueExact();
      }
      case DATE ->
          value = isText(kind) ? Timestamps.date(source, from + 1, to - 1) : Timestamps.NONE;
      case TIME ->
          value = isText(kind) ? Timestamps.time(source, from + 1, to - 1) : Timestamps.NONE;
      case TIMESTAMP -> {
        if (kind == ValueKind.TIMESTAMP) {
          value = bits;
        } else {
          value =
              declared && kind == ValueKind.TEXT
                  ? Timestamps.lenient(source, from + 1, to - 1)
                  : Timestamps.NONE;
        }
      }
      case FLOAT32, FLOAT64, TEXT, BINARY, DYNAMIC, VECTOR ->
          throw new IllegalStateException(type + " is not stored in 64 bits");
      default -> throw new IllegalStateException(type.id());
    }
    if (value == Timestamps.NONE && isTime()) {
      return false;
    }
    builder.append(value);
    return true;
  }

  private boolean isTime() {
    return type.kind() == LogicalType.Kind.DATE
        || type.kind() == LogicalType.Kind.TIME
        || type.kind() == LogicalType.Kind.TIMESTAMP;
  }

  private static boolean isText(ValueKind kind) {
    return kind == ValueKind.TEXT || kind == ValueKind.TIMESTAMP;
  }

  private static boolean isWholeDouble(ValueKind kind, long bits) {
    double value = Double.longBitsToDouble(bits);
    return kind == ValueKind.DOUBLE
        && value == Math.rint(value)
        && Math.abs(value) <= TypeInference.MAX_EXACT_IN_DOUBLE;
  }

  private boolean inRange(long value) {
    return switch (type.kind()) {
      case INT16 -> value == (short) value;
      case INT32 -> value == (int) value;
      default -> true;
    };
  }

  private boolean appendDouble(
      ValueKind kind, long bits, int from, int to, DoubleVectorBuilder builder) {
    double value;
    switch (kind) {
      case DOUBLE, NOT_FINITE -> value = Double.longBitsToDouble(bits);
      case INT64 -> {
        value = bits;
        if (!declared
            && (bits > TypeInference.MAX_EXACT_IN_DOUBLE
                || bits < -TypeInference.MAX_EXACT_IN_DOUBLE)) {
          return false;
        }
      }
      case DECIMAL, BIG_NUMBER -> {
        value = declared ? Double.parseDouble(text(from, to)) : Double.NaN;
        if (!Double.isFinite(value)) {
          return false;
        }
      }
      case TEXT -> {
        String word = declared ? text(from + 1, to - 1) : "";
        if (!word.equals("NaN") && !word.equals("Infinity") && !word.equals("-Infinity")) {
          return false;
        }
        value = Double.parseDouble(word);
      }
      default -> {
        return false;
      }
    }
    if (type.kind() == LogicalType.Kind.FLOAT32) {
      float narrow = (float) value;
      if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
        return false;
      }
      value = narrow;
    }
    builder.append(value);
    return true;
  }

  private @Nullable BigInteger unscaled(ValueKind kind, int from, int to) {
    BigDecimal number;
    switch (kind) {
      case INT64, DOUBLE, DECIMAL -> number = DecimalShape.number(source, from, to);
      case TEXT -> {
        if (!declared || to - from > 64) {
          return null;
        }
        try {
          number = new BigDecimal(text(from + 1, to - 1));
        } catch (NumberFormatException e) {
          return null;
        }
        if (Math.abs((long) number.scale()) > 100) {
          return null;
        }
      }
      default -> {
        return null;
      }
    }
    return DecimalShape.of(type).covers(DecimalShape.of(number))
        ? number.setScale(type.scale()).unscaledValue()
        : null;
  }

  private boolean appendBytes(
      ValueKind kind, long bits, int from, int to, BytesVectorBuilder builder) {
    switch (type.kind()) {
      case TEXT -> {
        if (!isText(kind)) {
          return false;
        }
        if (kind == ValueKind.TEXT && bits != 0) {
          builder.append(JsonStrings.unescape(source, from + 1, to - 1));
        } else {
          builder.append(source, from + 1, to - from - 2);
        }
        return true;
      }
      case BINARY -> {
        if (kind != ValueKind.TEXT) {
          return false;
        }
        try {
          builder.append(Base64.getDecoder().decode(text(from + 1, to - 1).replace("\\/", "/")));
          return true;
        } catch (IllegalArgumentException notBase64) {
          return false;
        }
      }
      default -> {
        scratch.truncate(0);
        RawText.append(kind, source, from, to, scratch);
        builder.append(scratch.array(), 0, scratch.length());
        return true;
      }
    }
  }

  private boolean appendVector(ValueKind kind, int from, int to, FloatsVectorBuilder builder) {
    if (kind != ValueKind.NESTED) {
      return false;
    }
    String[] parts = text(from + 1, to - 1).split(",", -1);
    if (parts.length != type.precision()) {
      return false;
    }
    float[] values = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        values[i] = Float.parseFloat(parts[i].strip());
      } catch (NumberFormatException notANumber) {
        return false;
      }
      if (Float.isInfinite(values[i])) {
        return false;
      }
    }
    builder.append(values, 0);
    return true;
  }

  private String text(int from, int to) {
    return new String(source, from, to - from, StandardCharsets.UTF_8);
  }
}
