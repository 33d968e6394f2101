package dev.kyma.format.json;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.AllNull;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.DoubleVectorBuilder;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.FloatsVectorBuilder;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.Int128VectorBuilder;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.Selection;
import dev.kyma.format.vector.VectorBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one path of a dynamic column as a column of its own, as {@link ColumnPath} defines it. What
 * this class answers is what the path means, everywhere.
 *
 * <ul>
 *   <li>The keys of the path are joined by dots. Each object is searched for the whole of it, then
 *       for ever shorter beginnings that end at a dot and whose value is an object in which the
 *       rest is found the same way; the first key that leads to a value wins. Where a key occurs
 *       twice in an object, the last one counts.
 *   <li>Absent values, JSON null, and anything in a text that is not JSON are NULL.
 *   <li>{@code DYNAMIC} is the JSON text as it stands; {@code TEXT} the content of a string and the
 *       JSON text of anything else.
 *   <li>{@code INT16/32/64} and {@code DECIMAL} are numbers that the type holds exactly, else NULL;
 *       however they are written ({@code 1.0} is the integer 1).
 *   <li>{@code FLOAT64} is the nearest double to a number, {@code FLOAT32} that rounded; NULL when
 *       it is infinite. The strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"},
 *       which stand for what JSON has no number for, are those values.
 *   <li>{@code BOOL} is {@code true} and {@code false}.
 * </ul>
 *
 * <p>Other types are not read from JSON; cast the text. Used by one thread.
 */
public final class PathExtractor {
  private final LogicalType type;
  private final @Nullable PathLookup lookup;
  private final JsonScanner scanner = new JsonScanner();
  private final JsonNumber number = new JsonNumber();

  private JsonToken token = JsonToken.END;
  private int start;
  private int end;

  /**
   * @param path the keys; empty for the whole value
   * @param type what to yield
   * @throws IllegalArgumentException if paths cannot be read as that type
   */
  public PathExtractor(List<String> path, LogicalType type) {
    if (!supports(type)) {
      throw new IllegalArgumentException("a path cannot be read as " + type);
    }
    this.type = type;
    this.lookup = path.isEmpty() ? null : new PathLookup(path);
  }

  /** Whether paths can be read as a type. */
  public static boolean supports(LogicalType type) {
    return switch (type.kind()) {
      case BOOL, INT16, INT32, INT64, FLOAT32, FLOAT64, DECIMAL, TEXT, DYNAMIC -> true;
      case DATE, TIME, TIMESTAMP, BINARY, VECTOR -> false;
    };
  }

  /** The path's value in every row. */
  public ColumnVector extract(ColumnVector source) {
    return extract(source, Selection.all(source.size()));
  }

  /**
   * The path's value in the chosen rows; the other rows are unspecified.
   *
   * @param source JSON texts
   */
  public ColumnVector extract(ColumnVector source, Selection selection) {
    return switch (source) {
      case BytesVector texts -> rows(texts, selection);
      case DictionaryVector coded -> coded(coded, selection);
      case LongVector _, DoubleVector _, Int128Vector _, FloatsVector _ ->
          throw new IllegalArgumentException(source.type() + " has no paths");
    };
  }

  private ColumnVector coded(DictionaryVector coded, Selection selection) {
    int size = coded.size();
    BytesVector entries = coded.dictionary();
    if (entries.size() == 0) {
      return AllNull.of(type, size);
    }
    int[] codes = new int[size];
    long[] used = new long[Bits.words(entries.size())];
    for (int row = 0; row < size; row++) {
      if (coded.isNull(row) || !selection.contains(row)) {
        codes[row] = -1;
      } else {
        codes[row] = coded.codes()[row];
        Bits.set(used, codes[row]);
      }
    }
    return Gather.rows(rows(entries, Selection.of(entries.size(), used)), codes, size);
  }

  private ColumnVector rows(BytesVector texts, Selection selection) {
    VectorBuilder builder = VectorBuilder.of(type, texts.size());
    for (int row = 0; row < texts.size(); row++) {
      if (texts.isNull(row) || !selection.contains(row) || !locate(texts, row)) {
        builder.appendNull();
      } else {
        append(texts.data(), builder);
      }
    }
    return builder.build();
  }

  private boolean locate(BytesVector texts, int row) {
    int from = texts.offsets()[row];
    int to = texts.offsets()[row + 1];
    JsonToken found;
    if (lookup == null) {
      try {
        scanner.reset(texts.data(), from, to);
        found = scanner.skipValue();
        start = scanner.start();
        end = scanner.end();
        scanner.next();
      } catch (MalformedJsonException e) {
        return false;
      }
    } else {
      found = lookup.find(texts.data(), from, to);
      start = lookup.start();
      end = lookup.end();
    }
    if (found == null || found == JsonToken.NULL) {
      return false;
    }
    token = found;
    return true;
  }

  private void append(byte[] data, VectorBuilder builder) {
    switch (builder) {
      case BytesVectorBuilder out -> appendBytes(data, out);
      case LongVectorBuilder out -> {
        if (isLong(data)) {
          out.append(number.longValue());
        } else if (isBool()) {
          out.append(token == JsonToken.TRUE ? 1 : 0);
        } else {
          out.appendNull();
        }
      }
      case DoubleVectorBuilder out -> appendDouble(data, out);
      case Int128VectorBuilder out -> {
        if (isNumber(data) && number.isScaled128(type.precision(), type.scale())) {
          out.append(number.highValue(), number.longValue());
        } else {
          out.appendNull();
        }
      }
      case FloatsVectorBuilder _ -> throw new AssertionError(type);
    }
  }

  private void appendBytes(byte[] data, BytesVectorBuilder out) {
    if (token == JsonToken.STRING && type.kind() == LogicalType.Kind.TEXT) {
      scanner.reset(data, start, end);
      scanner.next();
      scanner.putText(out);
      out.endValue();
    } else {
      out.append(data, start, end - start);
    }
  }

  private void appendDouble(byte[] data, DoubleVectorBuilder out) {
    double value;
    if (isNumber(data)) {
      double exact = number.doubleValue();
      value = type.kind() == LogicalType.Kind.FLOAT32 ? (float) exact : exact;
      if (Double.isInfinite(value)) {
        out.appendNull();
        return;
      }
    } else if (is(data, "\"NaN\"")) {
      value = Double.NaN;
    } else if (is(data, "\"Infinity\"")) {
      value = Double.POSITIVE_INFINITY;
    } else if (is(data, "\"-Infinity\"")) {
      value = Double.NEGATIVE_INFINITY;
    } else {
      out.appendNull();
      return;
    }
    out.append(value);
  }

  private boolean isBool() {
    return type.kind() == LogicalType.Kind.BOOL
        && (token == JsonToken.TRUE || token == JsonToken.FALSE);
  }

  private boolean isNumber(byte[] data) {
    if (token != JsonToken.NUMBER) {
      return false;
    }
    number.reset(data, start, end);
    return true;
  }

  private boolean isLong(byte[] data) {
    return switch (type.kind()) {
      case INT16 ->
          isNumber(data) && number.isLong() && number.longValue() == (short) number.longValue();
      case INT32 ->
          isNumber(data) && number.isLong() && number.longValue() == (int) number.longValue();
      case INT64 -> isNumber(data) && number.isLong();
      case DECIMAL ->
          isNumber(data)
              && number.isScaled(type.scale())
              && JsonNumber.digits(number.longValue()) <= type.precision();
      case BOOL, FLOAT32, FLOAT64, DATE, TIME, TIMESTAMP, TEXT, BINARY, DYNAMIC, VECTOR -> false;
    };
  }

  private boolean is(byte[] data, String text) {
    if (token != JsonToken.STRING || end - start != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (data[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
