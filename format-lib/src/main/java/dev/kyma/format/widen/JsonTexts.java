package dev.kyma.format.widen;

import dev.kyma.format.json.JsonWriter;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.LogicalType.Kind;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.Flatten;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Base64;

/**
 * Values as JSON texts. Numbers become JSON numbers, truth values JSON's; dates, times and
 * timestamps ISO 8601 strings, timestamps in UTC; binary values Base64 strings; vectors arrays.
 * NULL stays NULL.
 */
final class JsonTexts {
  private JsonTexts() {}

  static ColumnVector of(ColumnVector vector) {
    ColumnVector flat = Flatten.of(vector);
    BytesVectorBuilder out = new BytesVectorBuilder(LogicalType.DYNAMIC, flat.size());
    JsonWriter json = new JsonWriter(out);
    for (int row = 0; row < flat.size(); row++) {
      if (flat.isNull(row)) {
        out.appendNull();
      } else {
        write(flat, row, json);
        json.endText();
      }
    }
    return out.build();
  }

  private static void write(ColumnVector vector, int row, JsonWriter json) {
    switch (vector) {
      case LongVector longs -> write(longs, row, json);
      case DoubleVector doubles -> writeDouble(doubles, row, json);
      case Int128Vector wide -> writeDecimal(wide, row, json);
      case BytesVector bytes -> writeBytes(bytes, row, json);
      case FloatsVector floats -> {
        json.beginArray();
        for (int i = 0; i < floats.dimension(); i++) {
          json.number(shortest(floats.values()[row * floats.dimension() + i]));
        }
        json.endArray();
      }
      case DictionaryVector _ -> throw new IllegalStateException("flattened before");
    }
  }

  private static void write(LongVector longs, int row, JsonWriter json) {
    long value = longs.values()[row];
    switch (longs.type().kind()) {
      case BOOL -> json.bool(value != 0);
      case INT16, INT32, INT64 -> json.number(value);
      case DATE -> json.text(LocalDate.ofEpochDay(value).toString());
      case TIME -> json.text(LocalTime.ofNanoOfDay(value).toString());
      case TIMESTAMP ->
          json.text(
              Instant.ofEpochSecond(
                      Math.floorDiv(value, 1_000_000_000L), Math.floorMod(value, 1_000_000_000L))
                  .toString());
      case DECIMAL -> writeDecimal(longs, row, json);
      case FLOAT32, FLOAT64, TEXT, BINARY, DYNAMIC, VECTOR ->
          throw new IllegalArgumentException(longs.type().id());
    }
  }

  private static void writeDecimal(ColumnVector vector, int row, JsonWriter json) {
    BigDecimal value = new BigDecimal(Widening.unscaled(vector, row), vector.type().scale());
    json.raw(value.toPlainString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void writeDouble(DoubleVector doubles, int row, JsonWriter json) {
    double value = doubles.values()[row];
    json.number(doubles.type().kind() == Kind.FLOAT32 ? shortest((float) value) : value);
  }

  /** The double whose shortest text is the float's shortest text. */
  private static double shortest(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  private static void writeBytes(BytesVector bytes, int row, JsonWriter json) {
    if (bytes.type().kind() == Kind.BINARY) {
      json.text(Base64.getEncoder().encodeToString(bytes.bytes(row)));
    } else {
      json.text(bytes.data(), bytes.offsets()[row], bytes.offsets()[row + 1]);
    }
  }
}
