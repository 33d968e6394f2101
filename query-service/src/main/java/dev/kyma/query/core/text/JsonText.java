package dev.kyma.query.core.text;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Values as JSON. Stateless.
 *
 * <p>Whole numbers and finite floats are numbers; decimals are strings, exact; NaN and infinities
 * are strings; timestamps are RFC 3339 with nine digits and {@code Z}; binary is base64; dynamic
 * values stand as the JSON they are; vectors are arrays.
 */
public final class JsonText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  private JsonText() {}

  /** Writes a value, NULL too. */
  public static void write(ColumnVector column, int row, ByteSink sink) {
    if (column.isNull(row)) {
      sink.put("null");
      return;
    }
    switch (column) {
      case LongVector vector -> write(vector.type(), vector.values()[row], sink);
      case DoubleVector vector -> write(vector.type(), vector.values()[row], sink);
      case Int128Vector vector -> {
        sink.put('"');
        SqlText.write(vector, row, sink);
        sink.put('"');
      }
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

  private static void write(LogicalType type, long value, ByteSink sink) {
    switch (type.kind()) {
      case DECIMAL, DATE, TIME -> {
        sink.put('"');
        SqlText.write(type, value, sink);
        sink.put('"');
      }
      case TIMESTAMP -> {
        sink.put('"');
        timestamp(value, sink);
        sink.put('"');
      }
      case BOOL, INT16, INT32, INT64, FLOAT32, FLOAT64, TEXT, BINARY, DYNAMIC, VECTOR ->
          SqlText.write(type, value, sink);
    }
  }

  /** Writes a time as RFC 3339 with nine digits and {@code Z}, without quotes. */
  public static void timestamp(long nanos, ByteSink sink) {
    SqlText.date(Math.floorDiv(nanos, NANOS_PER_DAY), sink);
    sink.put('T');
    SqlText.clock(Math.floorMod(nanos, NANOS_PER_DAY), sink);
    sink.put('.').padded(Math.floorMod(nanos, 1_000_000_000L), 9).put('Z');
  }

  private static void write(LogicalType type, double value, ByteSink sink) {
    boolean finite = Math.abs(value) <= Double.MAX_VALUE;
    if (!finite) {
      sink.put('"');
    }
    SqlText.write(type, value, sink);
    if (!finite) {
      sink.put('"');
    }
  }

  private static void write(BytesVector vector, int row, ByteSink sink) {
    int from = vector.offsets()[row];
    int to = vector.offsets()[row + 1];
    switch (vector.type().kind()) {
      case DYNAMIC -> sink.put(vector.data(), from, to);
      case BINARY -> sink.put('"').put(Base64.getEncoder().encode(vector.bytes(row))).put('"');
      case TEXT,
          BOOL,
          INT16,
          INT32,
          INT64,
          FLOAT32,
          FLOAT64,
          DECIMAL,
          DATE,
          TIME,
          TIMESTAMP,
          VECTOR ->
          string(vector.data(), from, to, sink);
    }
  }

  /** Writes UTF-8 text as a JSON string. */
  public static void string(byte[] data, int from, int to, ByteSink sink) {
    sink.put('"');
    int start = from;
    for (int i = from; i < to; i++) {
      int b = data[i];
      if (b >= ' ' && b != '"' && b != '\\' || b < 0) {
        continue;
      }
      sink.put(data, start, i);
      start = i + 1;
      sink.put('\\');
      switch (b) {
        case '"', '\\' -> sink.put(b);
        case '\n' -> sink.put('n');
        case '\r' -> sink.put('r');
        case '\t' -> sink.put('t');
        case '\b' -> sink.put('b');
        case '\f' -> sink.put('f');
        default -> sink.put("u00").put(HEX[b >> 4]).put(HEX[b & 15]);
      }
    }
    sink.put(data, start, to).put('"');
  }

  /** Writes text as a JSON string. */
  public static void string(String text, ByteSink sink) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    string(bytes, 0, bytes.length, sink);
  }
}
